using System;
using SharpProbe.Io;

namespace SharpProbe.Target.Cortex;

/// <summary>gdb's description of a Cortex-M's registers (gdb manual, "ARM Features"). Numbers are those of <see cref="CoreRegisters"/>.</summary>
static class RegisterDescription
{
    public static void Write(ref WindowWriter xml, CoreRegisters registers)
    {
        xml.Write("<?xml version=\"1.0\"?><!DOCTYPE target SYSTEM \"gdb-target.dtd\"><target><architecture>arm</architecture><feature name=\"org.gnu.gdb.arm.m-profile\">"u8);
        for (uint i = 0; i < CoreRegisters.Sp; i++)
        {
            xml.Write("<reg name=\"r"u8);
            xml.WriteDecimal(i);
            xml.Write("\" bitsize=\"32\"/>"u8);
        }
        xml.Write("<reg name=\"sp\" bitsize=\"32\" type=\"data_ptr\"/><reg name=\"lr\" bitsize=\"32\" type=\"code_ptr\"/><reg name=\"pc\" bitsize=\"32\" type=\"code_ptr\"/>"u8);
        Numbered(ref xml, "xpsr"u8, CoreRegisters.Xpsr, "32"u8, "int"u8);
        xml.Write("</feature><feature name=\"org.gnu.gdb.arm.m-system\">"u8);
        Numbered(ref xml, "msp"u8, CoreRegisters.Msp, "32"u8, "data_ptr"u8);
        Numbered(ref xml, "psp"u8, CoreRegisters.Psp, "32"u8, "data_ptr"u8);
        Numbered(ref xml, "primask"u8, CoreRegisters.Primask, "8"u8, "int8"u8);
        if (registers.HasBasepri)
        {
            Numbered(ref xml, "basepri"u8, CoreRegisters.Primask + 1, "8"u8, "int8"u8);
            Numbered(ref xml, "faultmask"u8, CoreRegisters.Primask + 2, "8"u8, "int8"u8);
        }
        Numbered(ref xml, "control"u8, CoreRegisters.Control, "8"u8, "int8"u8);
        xml.Write("</feature>"u8);
        if (registers.HasFpu) WriteFpu(ref xml);
        xml.Write("</target>"u8);
    }

    private static void WriteFpu(ref WindowWriter xml)
    {
        xml.Write("<feature name=\"org.gnu.gdb.arm.vfp\">"u8);
        for (uint i = 0; i < 16; i++)
        {
            xml.Write("<reg name=\"d"u8);
            xml.WriteDecimal(i);
            xml.Write("\" regnum=\""u8);
            xml.WriteDecimal(CoreRegisters.D0 + i);
            xml.Write("\" bitsize=\"64\" type=\"ieee_double\"/>"u8);
        }
        Numbered(ref xml, "fpscr"u8, CoreRegisters.Fpscr, "32"u8, "int"u8);
        xml.Write("</feature>"u8);
    }

    private static void Numbered(ref WindowWriter xml, ReadOnlySpan<byte> name, uint number, ReadOnlySpan<byte> bits, ReadOnlySpan<byte> type)
    {
        xml.Write("<reg name=\""u8);
        xml.Write(name);
        xml.Write("\" regnum=\""u8);
        xml.WriteDecimal(number);
        xml.Write("\" bitsize=\""u8);
        xml.Write(bits);
        xml.Write("\" type=\""u8);
        xml.Write(type);
        xml.Write("\"/>"u8);
    }
}

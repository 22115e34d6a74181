using System;
using SharpProbe.Io;

namespace SharpProbe.Adi;

/// <summary>Components by designer and part number (the technical reference manuals' chapters on the debug system).</summary>
static class PartNames
{
    public static void Write(ref ByteWriter text, uint designer, uint part, bool isTable)
    {
        Designers.Write(ref text, designer);
        text.Write((byte)' ');
        ReadOnlySpan<byte> name = designer == 0x23B ? OfArm(part) : default;
        if (!name.IsEmpty)
        {
            text.Write(name);
            return;
        }
        text.Write(isTable ? "ROM table, part 0x"u8 : "part 0x"u8);
        text.WriteHex(part, 3);
    }

    private static ReadOnlySpan<byte> OfArm(uint part)
    {
        Span<byte> digits = stackalloc byte[3];
        var number = new ByteWriter(digits);
        number.WriteHex(part, 3);
        for (int i = 0; ; i++)
        {
            ReadOnlySpan<byte> line = TextLines.Line(Arm, i);
            if (line.IsEmpty) return default;
            if (line.StartsWith(digits)) return line[4..];
        }
    }

    private static ReadOnlySpan<byte> Arm =>
        "000 Cortex-M3 SCS\n"u8 +
        "001 ITM\n"u8 +
        "002 DWT\n"u8 +
        "003 FPB\n"u8 +
        "008 Cortex-M0 SCS\n"u8 +
        "00A Cortex-M0 DWT\n"u8 +
        "00B Cortex-M0 BPU\n"u8 +
        "00C Cortex-M4 or M7 SCS\n"u8 +
        "00E Cortex-M7 FPB\n"u8 +
        "471 Cortex-M0 ROM table\n"u8 +
        "4C0 Cortex-M0+ ROM table\n"u8 +
        "4C3 Cortex-M3 ROM table\n"u8 +
        "4C4 Cortex-M4 ROM table\n"u8 +
        "4C7 Cortex-M7 private ROM table\n"u8 +
        "4C8 Cortex-M7 ROM table\n"u8 +
        "4C9 Cortex-M33 ROM table\n"u8 +
        "906 CTI\n"u8 +
        "907 ETB\n"u8 +
        "908 trace funnel\n"u8 +
        "912 TPIU\n"u8 +
        "923 Cortex-M3 TPIU\n"u8 +
        "924 Cortex-M3 ETM\n"u8 +
        "925 Cortex-M4 ETM\n"u8 +
        "932 MTB-M0+\n"u8 +
        "961 TMC\n"u8 +
        "975 Cortex-M7 ETM\n"u8 +
        "9A1 Cortex-M4 TPIU\n"u8 +
        "9A3 MTB-M0\n"u8 +
        "9A9 Cortex-M7 TPIU\n"u8 +
        "D20 Cortex-M23\n"u8 +
        "D21 Cortex-M33\n"u8;
}

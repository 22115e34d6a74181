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

    private static ReadOnlySpan<byte> OfArm(uint part) => part switch
    {
        0x000 => "Cortex-M3 SCS"u8,
        0x001 => "ITM"u8,
        0x002 => "DWT"u8,
        0x003 => "FPB"u8,
        0x008 => "Cortex-M0 SCS"u8,
        0x00A => "Cortex-M0 DWT"u8,
        0x00B => "Cortex-M0 BPU"u8,
        0x00C => "Cortex-M4 or M7 SCS"u8,
        0x00E => "Cortex-M7 FPB"u8,
        0x471 => "Cortex-M0 ROM table"u8,
        0x4C0 => "Cortex-M0+ ROM table"u8,
        0x4C3 => "Cortex-M3 ROM table"u8,
        0x4C4 => "Cortex-M4 ROM table"u8,
        0x4C7 => "Cortex-M7 private ROM table"u8,
        0x4C8 => "Cortex-M7 ROM table"u8,
        0x4C9 => "Cortex-M33 ROM table"u8,
        0x906 => "CTI"u8,
        0x907 => "ETB"u8,
        0x908 => "trace funnel"u8,
        0x912 => "TPIU"u8,
        0x923 => "Cortex-M3 TPIU"u8,
        0x924 => "Cortex-M3 ETM"u8,
        0x925 => "Cortex-M4 ETM"u8,
        0x932 => "MTB-M0+"u8,
        0x961 => "TMC"u8,
        0x975 => "Cortex-M7 ETM"u8,
        0x9A1 => "Cortex-M4 TPIU"u8,
        0x9A3 => "MTB-M0"u8,
        0x9A9 => "Cortex-M7 TPIU"u8,
        0xD20 => "Cortex-M23"u8,
        0xD21 => "Cortex-M33"u8,
        _ => default,
    };
}

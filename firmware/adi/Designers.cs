using System;
using SharpProbe.Io;

namespace SharpProbe.Adi;

/// <summary>Makers by their JEP106 code: continuation count in bits 10:7, code in bits 6:0.</summary>
static class Designers
{
    public static void Write(ref ByteWriter text, uint designer)
    {
        ReadOnlySpan<byte> name = Name(designer);
        text.Write(name);
        if (!name.IsEmpty) return;
        text.Write("designer 0x"u8);
        text.WriteHex(designer, 3);
    }

    private static ReadOnlySpan<byte> Name(uint designer) => designer switch
    {
        0x00E => "Freescale"u8,
        0x015 => "NXP"u8,
        0x017 => "Texas Instruments"u8,
        0x01F => "Microchip (Atmel)"u8,
        0x020 => "STMicroelectronics"u8,
        0x029 => "Microchip"u8,
        0x034 => "Cypress"u8,
        0x0C1 => "Infineon"u8,
        0x144 => "Nordic"u8,
        0x223 => "Renesas"u8,
        0x23B => "Arm"u8,
        0x373 => "Silicon Labs"u8,
        0x3D1 => "GigaDevice"u8,
        0x493 => "Raspberry Pi"u8,
        0x49B => "Ambiq"u8,
        0x555 => "Arm China"u8,
        _ => default,
    };
}

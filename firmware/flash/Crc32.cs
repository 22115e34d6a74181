using System;

namespace SharpProbe.Flashing;

/// <summary>The common CRC-32 (ISO-HDLC): polynomial 0x04C11DB7 reflected, all ones at the start, inverted at the end.</summary>
public static class Crc32
{
    public const uint Start = 0xFFFF_FFFF;

    /// <summary>Of half a byte each.</summary>
    private static readonly uint[] s_table =
    [
        0x0000_0000, 0x1DB7_1064, 0x3B6E_20C8, 0x26D9_30AC, 0x76DC_4190, 0x6B6B_51F4, 0x4DB2_6158, 0x5005_713C,
        0xEDB8_8320, 0xF00F_9344, 0xD6D6_A3E8, 0xCB61_B38C, 0x9B64_C2B0, 0x86D3_D2D4, 0xA00A_E278, 0xBDBD_F21C,
    ];

    public static uint Of(ReadOnlySpan<byte> data) => Finish(Add(Start, data));

    public static uint Add(uint crc, ReadOnlySpan<byte> data)
    {
        uint[] table = s_table;
        foreach (byte b in data)
        {
            crc ^= b;
            crc = crc >> 4 ^ table[crc & 15];
            crc = crc >> 4 ^ table[crc & 15];
        }
        return crc;
    }

    public static uint Finish(uint crc) => ~crc;
}

using System;
using System.Runtime.InteropServices;

namespace SharpProbe.Gdb;

/// <summary>Hexadecimal text, lower case, as gdb writes and reads it.</summary>
static class Hex
{
    /// <summary>Value of a digit, or -1.</summary>
    public static int Digit(byte character)
    {
        uint decimalDigit = character - (uint)'0';
        if (decimalDigit <= 9) return (int)decimalDigit;
        uint letter = (character | 0x20u) - 'a';
        return letter <= 5 ? (int)letter + 10 : -1;
    }

    public static byte Character(uint nibble) => (byte)(nibble + (nibble < 10 ? '0' : 'a' - 10u));

    /// <summary>
    /// Two digits a byte; <paramref name="digits"/> is twice as long. Two bytes a turn, their four digits computed in one word. Source and digits may overlap if the
    /// source ends where the digits end: it is read before it is overwritten.
    /// </summary>
    public static void Encode(ReadOnlySpan<byte> source, Span<byte> digits)
    {
        Span<uint> words = MemoryMarshal.Cast<byte, uint>(digits[..(source.Length * 2)]);
        for (int i = 0; i < words.Length; i++)
        {
            uint pair = source[i * 2] | (uint)source[i * 2 + 1] << 16;
            uint nibbles = pair >> 4 & 0x000F_000F | (pair & 0x000F_000F) << 8;
            uint letters = nibbles + 0x0606_0606 >> 4 & 0x0101_0101;          // 1 in each byte that is 10 or more
            words[i] = nibbles + 0x3030_3030 + letters * ('a' - '0' - 10);
        }
        if ((source.Length & 1) == 0) return;
        byte last = source[^1];
        digits[source.Length * 2 - 2] = Character((uint)last >> 4);
        digits[source.Length * 2 - 1] = Character(last & 15u);
    }

    /// <summary>Fills <paramref name="bytes"/> from twice as many digits; false when there are fewer or others.</summary>
    public static bool TryDecode(ReadOnlySpan<byte> digits, Span<byte> bytes)
    {
        if (digits.Length < bytes.Length * 2) return false;
        int wrong = 0;
        for (int i = 0; i < bytes.Length; i++)
        {
            int value = Digit(digits[i * 2]) << 4 | Digit(digits[i * 2 + 1]);  // negative if one of them is
            wrong |= value;
            bytes[i] = (byte)value;
        }
        return wrong >= 0;
    }
}

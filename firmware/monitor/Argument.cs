using System;
using SharpProbe.Io;

namespace SharpProbe.Monitoring;

/// <summary>Arguments of commands.</summary>
static class Argument
{
    /// <summary>Decimal, or hexadecimal with "0x".</summary>
    public static bool TryNumber(ReadOnlySpan<byte> text, out uint value)
    {
        if (text.StartsWith("0x"u8)) return TryHex(text[2..], out value);
        ulong sum = 0;
        foreach (byte b in text)
        {
            sum = sum * 10 + (uint)(b - '0');
            if (b is < (byte)'0' or > (byte)'9' || sum > uint.MaxValue)
            {
                value = 0;
                return false;
            }
        }
        value = (uint)sum;
        return text.Length != 0;
    }

    /// <summary>Hexadecimal, "0x" or not.</summary>
    public static bool TryHex(ReadOnlySpan<byte> text, out uint value)
    {
        if (text.StartsWith("0x"u8)) text = text[2..];
        value = 0;
        foreach (byte b in text)
        {
            int digit = Gdb.Hex.Digit(b);
            if (digit < 0 || value >> 28 != 0) return false;
            value = value << 4 | (uint)digit;
        }
        return text.Length != 0;
    }

    /// <summary>Hz: a number, with k or M behind it for thousands or millions.</summary>
    public static bool TryFrequency(ReadOnlySpan<byte> text, out uint hertz)
    {
        uint unit = text.Length == 0 ? 0u : text[^1] switch
        {
            (byte)'k' or (byte)'K' => 1_000,
            (byte)'m' or (byte)'M' => 1_000_000,
            _ => 1,
        };
        hertz = 0;
        if (unit == 0 || !TryNumber(unit == 1 ? text : text[..^1], out uint number) || number > uint.MaxValue / unit) return false;
        hertz = number * unit;
        return hertz != 0;
    }

    /// <summary>"enable" or "disable", or a prefix of one; an absent word leaves <paramref name="value"/>. False: it is neither.</summary>
    public static bool TrySwitch(ref Words words, ref bool value)
    {
        if (!words.TryTake(out ReadOnlySpan<byte> word)) return true;
        bool on = "enable"u8.StartsWith(word);
        if (!on && !"disable"u8.StartsWith(word)) return false;
        value = on;
        return true;
    }
}

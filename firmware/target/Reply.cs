using System;
using SharpProbe.Adi;
using SharpProbe.Io;

namespace SharpProbe.Target;

/// <summary>Arguments and answers of monitor commands.</summary>
static class Reply
{
    /// <summary>Says why; false, for the command to return.</summary>
    public static bool Fault(TextOutput text, DebugFault fault)
    {
        Span<byte> buffer = stackalloc byte[128];
        var writer = new ByteWriter(buffer);
        fault.Describe(ref writer);
        writer.Write((byte)'\n');
        text.Write(writer.Written);
        return false;
    }

    /// <summary>"enable" or "disable" or a beginning of it.</summary>
    public static bool TrySwitch(ReadOnlySpan<byte> word, out bool enable)
    {
        enable = "enable"u8.StartsWith(word);
        return !word.IsEmpty && (enable || "disable"u8.StartsWith(word));
    }

    /// <summary>Decimal, or hexadecimal after 0x.</summary>
    public static bool TryNumber(ref Words words, out uint value)
    {
        value = 0;
        if (!words.TryTake(out ReadOnlySpan<byte> word)) return false;
        bool hex = word.Length > 2 && word[0] == '0' && (word[1] | 0x20) == 'x';
        ReadOnlySpan<byte> digits = hex ? word[2..] : word;
        uint number = 0, radix = hex ? 16u : 10u;
        foreach (byte b in digits)
        {
            uint digit = b is >= (byte)'0' and <= (byte)'9' ? b - (uint)'0' : (b | 0x20u) - 'a' + 10;
            if (digit >= radix || number > (uint.MaxValue - digit) / radix) return false;
            number = number * radix + digit;
        }
        value = number;
        return true;
    }
}

using System;

namespace SharpProbe.Gdb;

/// <summary>File and arguments of vRun as one line, as semihosting's SYS_GET_CMDLINE gives it: separated by blanks, blanks and backslashes in them escaped.</summary>
static class CommandLineText
{
    /// <summary>Longest line, in bytes.</summary>
    public const int Limit = 80;

    /// <summary>";file;argument;argument…", each in hexadecimal. The file begins the line, as programs take its first word for their name; gdb sends an empty one where "set remote exec-file" is
    /// not used. What does not fit is cut off. Returns the line's length.</summary>
    public static int Decode(ref PacketReader request, scoped Span<byte> line)
    {
        request.TryTake(';');
        int length = 0;
        AddWord(request.TakeUntil(';'), line, ref length);
        if (length == 0)
        {
            "program"u8.CopyTo(line);
            length = "program"u8.Length;
        }
        while (!request.AtEnd)
        {
            Add(line, ref length, (byte)' ');
            AddWord(request.TakeUntil(';'), line, ref length);
        }
        return length;
    }

    private static void AddWord(ReadOnlySpan<byte> digits, scoped Span<byte> line, ref int length)
    {
        var word = new PacketReader(digits);
        byte character = 0;
        while (word.TryHexBytes(new Span<byte>(ref character)))
        {
            if (character is (byte)' ' or (byte)'\\') Add(line, ref length, (byte)'\\');
            Add(line, ref length, character);
        }
    }

    private static void Add(scoped Span<byte> line, ref int length, byte character)
    {
        if (length < line.Length) line[length++] = character;
    }
}

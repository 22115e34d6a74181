using System;

namespace SharpProbe.Gdb;

/// <summary>The arguments of vRun as one line, as semihosting's SYS_GET_CMDLINE gives it: separated by blanks, blanks and backslashes in them escaped.</summary>
static class CommandLineText
{
    /// <summary>Longest line, in bytes.</summary>
    public const int Limit = 80;

    /// <summary>";file;argument;argument…", each in hexadecimal; the file is no part of the line. What does not fit is cut off. Returns its length.</summary>
    public static int Decode(ref PacketReader request, scoped Span<byte> line)
    {
        request.TryTake(';');
        request.TakeUntil(';');
        int length = 0;
        while (!request.AtEnd)
        {
            if (length != 0) Add(line, ref length, (byte)' ');
            var argument = new PacketReader(request.TakeUntil(';'));
            byte character = 0;
            while (argument.TryHexBytes(new Span<byte>(ref character)))
            {
                if (character is (byte)' ' or (byte)'\\') Add(line, ref length, (byte)'\\');
                Add(line, ref length, character);
            }
        }
        return length;
    }

    private static void Add(scoped Span<byte> line, ref int length, byte character)
    {
        if (length < line.Length) line[length++] = character;
    }
}

using System;

namespace SharpProbe.Io;

/// <summary>Texts by number, each a line of one literal: a switch over them costs 14 bytes of code for each.</summary>
public static class TextLines
{
    /// <summary>A line from 0, without its end; empty where there is none.</summary>
    public static ReadOnlySpan<byte> Line(ReadOnlySpan<byte> text, int number)
    {
        while (true)
        {
            int end = text.IndexOf((byte)'\n');
            if (end < 0) return default;
            if (number-- == 0) return text[..end];
            text = text[(end + 1)..];
        }
    }
}

using System;
using SharpProbe.Io;

namespace SharpProbe.App;

/// <summary>Command output on a terminal: lines end with CR LF. What the line has no room for is lost.</summary>
public sealed class ConsoleText(ByteStream line) : TextOutput
{
    public override void Write(ReadOnlySpan<byte> text)
    {
        while (text.Length != 0)
        {
            int end = text.IndexOf((byte)'\n');
            if (end < 0)
            {
                line.Write(text);
                return;
            }
            line.Write(text[..end]);
            line.Write("\r\n"u8);
            text = text[(end + 1)..];
        }
    }
}

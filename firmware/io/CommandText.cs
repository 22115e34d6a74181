using System;

namespace SharpProbe.Io;

/// <summary>What a row of a table of commands says: "name arguments", and what it does on the next line.</summary>
/// <param name="text">A literal.</param>
public readonly struct CommandText(ReadOnlySpan<byte> text)
{
    private readonly Literal _text = new(text);

    public ReadOnlySpan<byte> Name
    {
        get
        {
            ReadOnlySpan<byte> usage = Usage;
            int end = usage.IndexOf((byte)' ');
            return end < 0 ? usage : usage[..end];
        }
    }

    /// <summary>Name and arguments.</summary>
    public ReadOnlySpan<byte> Usage
    {
        get
        {
            ReadOnlySpan<byte> text = _text.Text;
            return text[..text.IndexOf((byte)'\n')];
        }
    }

    public ReadOnlySpan<byte> Summary
    {
        get
        {
            ReadOnlySpan<byte> text = _text.Text;
            return text[(text.IndexOf((byte)'\n') + 1)..];
        }
    }

    /// <summary>Any prefix of the name will do.</summary>
    public bool IsMeantBy(ReadOnlySpan<byte> typed) => Name.StartsWith(typed);
}

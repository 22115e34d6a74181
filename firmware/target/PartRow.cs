using System;

namespace SharpProbe.Target;

/// <summary>A row of a <see cref="PartTable"/>.</summary>
public readonly ref struct PartRow(ReadOnlySpan<byte> text)
{
    private readonly ReadOnlySpan<byte> _text = text;

    /// <summary>A column from 0: decimal, hexadecimal behind an 'x', 0 for '-', or a letter's code.</summary>
    public uint this[int column]
    {
        get
        {
            ReadOnlySpan<byte> word = From(column);
            uint value = 0;
            bool hex = word.Length > 1 && word[0] == 'x';
            for (int i = hex ? 1 : 0; i < word.Length && word[i] != ' '; i++)
            {
                uint digit = word[i] - (uint)'0';
                if (digit > 9)
                {
                    digit = (word[i] | 0x20u) - 'a' + 10;
                    if (!hex || digit > 15) return word[i] == '-' ? 0u : word[i];
                }
                value = value * (hex ? 16u : 10u) + digit;
            }
            return value;
        }
    }

    /// <summary>From a column on to the row's end: a name.</summary>
    public ReadOnlySpan<byte> From(int column)
    {
        int at = 0;
        while (true)
        {
            while (at < _text.Length && _text[at] == ' ') at++;
            if (column-- == 0) return _text[at..];
            while (at < _text.Length && _text[at] != ' ') at++;
            if (at == _text.Length) return default;
        }
    }
}

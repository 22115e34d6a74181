using System;
using SharpProbe.Io;

namespace SharpProbe.Target;

/// <summary>Name of a target's part, put together when it is identified.</summary>
public sealed class PartName
{
    private readonly byte[] _text = new byte[64];
    private int _length;

    public ReadOnlySpan<byte> Text => _text.AsSpan()[.._length];

    public void Clear() => _length = 0;

    public void Add(ReadOnlySpan<byte> text)
    {
        var writer = new ByteWriter(_text.AsSpan()[_length..]);
        writer.Write(text);
        _length += writer.Written.Length;
    }

    /// <summary>ASCII only.</summary>
    public void Add(string text)
    {
        for (int i = 0; i < text.Length && _length < _text.Length; i++) _text[_length++] = (byte)text[i];
    }

    public void AddDecimal(uint value)
    {
        var writer = new ByteWriter(_text.AsSpan()[_length..]);
        writer.WriteDecimal(value);
        _length += writer.Written.Length;
    }

    /// <param name="bare">Without "0x".</param>
    public void AddHex(uint value, int digits, bool bare = false)
    {
        var writer = new ByteWriter(_text.AsSpan()[_length..]);
        if (!bare) writer.Write("0x"u8);
        writer.WriteHex(value, digits);
        _length += writer.Written.Length;
    }
}

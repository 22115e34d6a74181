using System;

namespace SharpProbe.App;

/// <summary>Collects typed bytes into a line. Backspace works; what does not fit is dropped.</summary>
public sealed class CommandLine
{
    private readonly byte[] _text = new byte[80];
    private int _length;

    public ReadOnlySpan<byte> Text => _text.AsSpan(0, _length);

    /// <summary>Takes a byte; true when a line is complete (carriage return or line feed after at least one character).</summary>
    public bool Accept(byte key)
    {
        if (key is (byte)'\r' or (byte)'\n') return _length != 0;
        if (key is 8 or 127) _length = Math.Max(_length - 1, 0);
        else if (key >= ' ' && _length < _text.Length) _text[_length++] = key;
        return false;
    }

    public void Clear() => _length = 0;
}

using System;

namespace SharpProbe.Io;

/// <summary>
/// Text of any length of which only a window is kept: a document is written from its start each time, and the bytes from <c>offset</c> on land in the buffer.
/// What gdb's qXfer asks for, without a buffer for the whole.
/// </summary>
public ref struct WindowWriter(Span<byte> buffer, uint offset)
{
    private readonly Span<byte> _buffer = buffer;
    private readonly uint _offset = offset;
    private uint _position = 0;
    private int _length = 0;

    /// <summary>The window's contents.</summary>
    public readonly ReadOnlySpan<byte> Written => _buffer[.._length];

    /// <summary>Bytes written in all; the document goes on after the window where this is more than offset + <see cref="Written"/>.</summary>
    public readonly uint Position => _position;

    public void Write(byte value)
    {
        if (_position++ >= _offset && _length < _buffer.Length) _buffer[_length++] = value;
    }

    public void Write(scoped ReadOnlySpan<byte> text)
    {
        foreach (byte b in text) Write(b);
    }

    /// <summary>Decimal without leading zeros.</summary>
    public void WriteDecimal(uint value)
    {
        Span<byte> digits = stackalloc byte[10];
        var writer = new ByteWriter(digits);
        writer.WriteDecimal(value);
        Write(writer.Written);
    }

    /// <summary>"0x" and eight hexadecimal digits.</summary>
    public void WriteAddress(uint value)
    {
        Span<byte> digits = stackalloc byte[10];
        var writer = new ByteWriter(digits);
        writer.WriteAddress(value);
        Write(writer.Written);
    }
}

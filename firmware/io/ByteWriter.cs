using System;
using System.Runtime.CompilerServices;

namespace SharpProbe.Io;

/// <summary>Text and numbers into a buffer, cut off at its end. Nothing is allocated.</summary>
public ref struct ByteWriter(Span<byte> buffer)
{
    private readonly Span<byte> _buffer = buffer;
    private int _length = 0;

    public readonly ReadOnlySpan<byte> Written => _buffer[.._length];

    [MethodImpl(MethodImplOptions.NoInlining)]
    public void Write(byte value)
    {
        if (_length < _buffer.Length) _buffer[_length++] = value;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    public void Write(scoped ReadOnlySpan<byte> text)
    {
        foreach (byte b in text) Write(b);
    }

    /// <summary>The low 16 bits, least significant byte first.</summary>
    public void Write16(int value)
    {
        Write((byte)value);
        Write((byte)(value >> 8));
    }

    /// <summary>Least significant byte first.</summary>
    public void Write32(uint value)
    {
        Write16((int)value);
        Write16((int)(value >> 16));
    }

    /// <summary>Writes 16 bits over what is there already.</summary>
    public readonly void Patch16(int at, int value)
    {
        if (at + 2 > _length) return;
        _buffer[at] = (byte)value;
        _buffer[at + 1] = (byte)(value >> 8);
    }

    /// <summary>Decimal without leading zeros.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public void WriteDecimal(uint value)
    {
        Span<byte> digits = stackalloc byte[10];
        int start = digits.Length;
        do
        {
            digits[--start] = (byte)('0' + value % 10);
            value /= 10;
        }
        while (value != 0);
        Write(digits[start..]);
    }

    /// <summary>Hexadecimal with so many digits.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public void WriteHex(uint value, int digits)
    {
        for (int i = digits - 1; i >= 0; i--) Write("0123456789ABCDEF"u8[(int)(value >> (i * 4) & 15)]);
    }

    /// <summary>"0x" and eight hexadecimal digits.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public void WriteAddress(uint value)
    {
        Write("0x"u8);
        WriteHex(value, 8);
    }
}

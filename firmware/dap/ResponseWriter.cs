using System;
using System.Buffers.Binary;

namespace SharpProbe.Dap;

/// <summary>A response, field by field, little endian. Who writes has asked for <see cref="Room"/> before; what does not fit is left out.</summary>
public ref struct ResponseWriter(Span<byte> buffer)
{
    private readonly Span<byte> _buffer = buffer;

    /// <summary>Bytes written.</summary>
    public int Length { get; private set; }

    public readonly int Size => _buffer.Length;

    public readonly int Room => _buffer.Length - Length;

    public void Byte(int value)
    {
        if (Room >= 1) _buffer[Length++] = (byte)value;
    }

    public void Short(int value)
    {
        if (Room < 2) return;
        BinaryPrimitives.WriteUInt16LittleEndian(_buffer[Length..], (ushort)value);
        Length += 2;
    }

    public void Word(uint value)
    {
        if (Room < 4) return;
        BinaryPrimitives.WriteUInt32LittleEndian(_buffer[Length..], value);
        Length += 4;
    }

    public void Bytes(ReadOnlySpan<byte> bytes)
    {
        if (Room < bytes.Length) return;
        bytes.CopyTo(_buffer[Length..]);
        Length += bytes.Length;
    }

    /// <summary>The next bytes, to be filled in by the caller.</summary>
    public Span<byte> Reserve(int count)
    {
        Span<byte> bytes = _buffer.Slice(Length, count);
        Length += count;
        return bytes;
    }

    /// <summary>A byte written before.</summary>
    public readonly void SetByte(int at, int value) => _buffer[at] = (byte)value;

    public readonly void SetShort(int at, int value) => BinaryPrimitives.WriteUInt16LittleEndian(_buffer[at..], (ushort)value);

    /// <summary>Takes back what comes after the first so many bytes.</summary>
    public void Cut(int length) => Length = length;
}

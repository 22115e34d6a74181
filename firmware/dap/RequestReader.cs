using System;
using System.Buffers.Binary;

namespace SharpProbe.Dap;

/// <summary>A request, field by field, little endian. Nothing is taken where less is left than asked for.</summary>
public ref struct RequestReader(ReadOnlySpan<byte> bytes)
{
    private ReadOnlySpan<byte> _left = bytes;

    public readonly int Left => _left.Length;

    public bool TryByte(out int value)
    {
        value = 0;
        if (_left.IsEmpty) return false;
        value = _left[0];
        _left = _left[1..];
        return true;
    }

    public bool TryShort(out int value)
    {
        value = 0;
        if (_left.Length < 2) return false;
        value = BinaryPrimitives.ReadUInt16LittleEndian(_left);
        _left = _left[2..];
        return true;
    }

    public bool TryWord(out uint value)
    {
        value = 0;
        if (_left.Length < 4) return false;
        value = BinaryPrimitives.ReadUInt32LittleEndian(_left);
        _left = _left[4..];
        return true;
    }

    public bool TryBytes(int count, out ReadOnlySpan<byte> bytes)
    {
        bytes = default;
        if (_left.Length < count) return false;
        bytes = _left[..count];
        _left = _left[count..];
        return true;
    }

    /// <summary>Drops so many bytes, or all there are.</summary>
    public void Skip(int count) => _left = _left[Math.Min(count, _left.Length)..];
}

using System;

namespace SharpProbe.Gdb;

/// <summary>A cursor over a packet's arguments. What is not there is refused, never read.</summary>
public ref struct PacketReader(ReadOnlySpan<byte> text)
{
    private ReadOnlySpan<byte> _rest = text;

    /// <summary>What has not been taken yet.</summary>
    public readonly ReadOnlySpan<byte> Rest => _rest;

    public readonly bool AtEnd => _rest.Length == 0;

    /// <summary>Takes this character, if it is the next.</summary>
    public bool TryTake(char character)
    {
        if (_rest.Length == 0 || _rest[0] != character) return false;
        _rest = _rest[1..];
        return true;
    }

    /// <summary>Takes this text, if it is next.</summary>
    public bool TryTake(scoped ReadOnlySpan<byte> text)
    {
        if (!_rest.StartsWith(text)) return false;
        _rest = _rest[text.Length..];
        return true;
    }

    /// <summary>Takes hexadecimal digits: at least one, and a value of at most 32 bits.</summary>
    public bool TryHex(out uint value)
    {
        value = 0;
        int i = 0;
        for (; i < _rest.Length; i++)
        {
            int digit = Hex.Digit(_rest[i]);
            if (digit < 0) break;
            if (value >> 28 != 0) return false;
            value = value << 4 | (uint)digit;
        }
        _rest = _rest[i..];
        return i != 0;
    }

    /// <summary>Takes "address,length".</summary>
    public bool TryRange(out uint address, out uint length)
    {
        length = 0;
        return TryHex(out address) && TryTake(',') && TryHex(out length);
    }

    /// <summary>Takes what lies before the separator, and the separator; all of the rest if there is none.</summary>
    public ReadOnlySpan<byte> TakeUntil(char separator)
    {
        int end = _rest.IndexOf((byte)separator);
        ReadOnlySpan<byte> part = end < 0 ? _rest : _rest[..end];
        _rest = end < 0 ? default : _rest[(end + 1)..];
        return part;
    }

    /// <summary>Takes two digits for each byte of <paramref name="bytes"/>.</summary>
    public bool TryHexBytes(scoped Span<byte> bytes)
    {
        if (!Hex.TryDecode(_rest, bytes)) return false;
        _rest = _rest[(bytes.Length * 2)..];
        return true;
    }
}

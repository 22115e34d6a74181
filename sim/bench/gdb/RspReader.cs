namespace SharpProbe.Sim.Gdb;

/// <summary>Walks through a packet's fields. Every read says whether what it wanted was there.</summary>
internal ref struct RspReader(ReadOnlySpan<byte> packet)
{
    private ReadOnlySpan<byte> _rest = packet;

    public readonly bool AtEnd => _rest.IsEmpty;
    public readonly ReadOnlySpan<byte> Rest => _rest;

    /// <summary>A number of 1 to 8 hexadecimal digits.</summary>
    public bool TryNumber(out uint value)
    {
        value = 0;
        int digits = 0;
        while (digits < _rest.Length && Hex.Digit(_rest[digits]) is >= 0 and var digit)
        {
            if (value >> 28 != 0) return false;
            value = value << 4 | (uint)digit;
            digits++;
        }
        _rest = _rest[digits..];
        return digits != 0;
    }

    public bool TryTake(char expected)
    {
        if (_rest.IsEmpty || _rest[0] != expected) return false;
        _rest = _rest[1..];
        return true;
    }

    public bool TryTake(ReadOnlySpan<byte> expected)
    {
        if (!_rest.StartsWith(expected)) return false;
        _rest = _rest[expected.Length..];
        return true;
    }

    /// <summary>Fills the buffer from pairs of digits.</summary>
    public bool TryBytes(scoped Span<byte> buffer)
    {
        if (_rest.Length < buffer.Length * 2) return false;
        for (int i = 0; i < buffer.Length; i++)
        {
            int high = Hex.Digit(_rest[2 * i]), low = Hex.Digit(_rest[2 * i + 1]);
            if (high < 0 || low < 0) return false;
            buffer[i] = (byte)(high << 4 | low);
        }
        _rest = _rest[(buffer.Length * 2)..];
        return true;
    }
}

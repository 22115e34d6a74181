using System;

namespace SharpProbe.Wire;

/// <summary>The instruction registers of a chain of TAPs. Number 0 is the one at TDO, as CMSIS-DAP and chain scans have it.</summary>
public sealed class TapChain
{
    public const int MaxTaps = 32, MaxIrLength = 32;

    private readonly byte[] _irLengths = new byte[MaxTaps];

    public int Count { get; private set; }

    public int IrLength(int tap) => _irLengths[tap];

    public void Clear() => Count = 0;

    /// <summary>Another TAP towards TDI; false: there is no room, or its length is none.</summary>
    public bool TryAdd(int irLength)
    {
        if (Count == MaxTaps || irLength is < 1 or > MaxIrLength) return false;
        _irLengths[Count++] = (byte)irLength;
        return true;
    }

    /// <summary>Sum of the lengths from one TAP up to another, which does not count.</summary>
    public int IrBits(int from, int to)
    {
        int bits = 0;
        for (int i = from; i < to; i++) bits += _irLengths[i];
        return bits;
    }

    public TapPlace Place(int tap) => new(_irLengths[tap], tap, Count - 1 - tap, IrBits(0, tap), IrBits(tap + 1, Count));
}

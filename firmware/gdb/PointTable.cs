using SharpProbe.Target;

namespace SharpProbe.Gdb;

/// <summary>Where gdb has put breakpoints, to tell one of them from a BKPT that is part of the program. Those that do not fit are only not told apart.</summary>
sealed class PointTable
{
    private readonly uint[] _addresses = new uint[64];
    private readonly PointKind[] _kinds = new PointKind[64];
    private int _count;

    /// <summary>There were more breakpoints than places.</summary>
    public bool Overflowed { get; private set; }

    public void Clear()
    {
        _count = 0;
        Overflowed = false;
    }

    public void Add(PointKind kind, uint address)
    {
        if (kind > PointKind.Hardware || Find(kind, address) >= 0) return;
        if (_count == _addresses.Length)
        {
            Overflowed = true;
            return;
        }
        _addresses[_count] = address;
        _kinds[_count++] = kind;
    }

    public void Remove(PointKind kind, uint address)
    {
        int i = Find(kind, address);
        if (i < 0) return;
        _count--;
        _addresses[i] = _addresses[_count];
        _kinds[i] = _kinds[_count];
        if (_count == 0) Overflowed = false;
    }

    /// <summary>True, and of what kind, if there is a breakpoint at this address.</summary>
    public bool TryFind(uint address, out PointKind kind)
    {
        for (int i = 0; i < _count; i++)
        {
            if (_addresses[i] != address) continue;
            kind = _kinds[i];
            return true;
        }
        kind = default;
        return false;
    }

    private int Find(PointKind kind, uint address)
    {
        for (int i = 0; i < _count; i++)
            if (_addresses[i] == address && _kinds[i] == kind) return i;
        return -1;
    }
}

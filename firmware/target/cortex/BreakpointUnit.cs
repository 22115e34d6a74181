using SharpProbe.Adi;

namespace SharpProbe.Target.Cortex;

/// <summary>
/// The flash patch and breakpoint unit, of which only the instruction comparators are used. Version 1 (DDI 0403E, C1.11; DDI 0419E, C1.9) compares words below 0x20000000
/// and says which half; version 2 (DDI 0553, FP_COMPn) compares any address.
/// </summary>
sealed class BreakpointUnit(CoreControl control, BreakpointComparator[] comparators)
{
    private const uint FP_CTRL = 0xE000_2000, FP_COMP0 = 0xE000_2008;
    private const uint ENABLE = 1 << 0, KEY = 1 << 1;
    private const uint LowerHalf = 1u << 30, UpperHalf = 2u << 30;

    /// <summary>End of what version 1 compares.</summary>
    private const uint CodeEnd = 0x2000_0000;

    private readonly BreakpointComparator[] _comparators = comparators;
    private int _count;
    private bool _version2;

    /// <summary>Comparators of the core, as far as they are used here.</summary>
    public int Count => _count;

    /// <summary>Counts the comparators, clears what somebody else left in them, and enables the unit.</summary>
    public DebugFault Take()
    {
        DebugFault fault = control.Bus.Read32(FP_CTRL, out uint ctrl);
        if (fault.Failed) return fault;
        _version2 = ctrl >> 28 != 0;
        uint count = ctrl >> 4 & 0xF | ctrl >> 8 & 0x70;                // NUM_CODE: bits 14:12 and 7:4
        _count = count < (uint)_comparators.Length ? (int)count : _comparators.Length;
        for (int i = 0; i < _comparators.Length; i++) _comparators[i] = default;
        return Rearm();
    }

    /// <summary>Writes all comparators again: after a reset that took them away.</summary>
    public DebugFault Rearm()
    {
        DebugFault fault = DebugFault.None;
        for (int i = 0; i < _count && fault.Ok; i++) fault = Write(i);
        return fault.Ok ? control.Bus.Write32(FP_CTRL, KEY | ENABLE) : fault;
    }

    /// <summary>Clears the comparators and disables the unit.</summary>
    public DebugFault Release()
    {
        DebugFault fault = DebugFault.None;
        for (int i = 0; i < _count && fault.Ok; i++)
        {
            _comparators[i] = default;
            fault = Write(i);
        }
        return fault.Ok ? control.Bus.Write32(FP_CTRL, KEY) : fault;
    }

    /// <summary>True: a comparator stops the core at this address.</summary>
    public bool Covers(uint address)
    {
        for (int i = 0; i < _count; i++)
            if (_comparators[i].Used && _comparators[i].Address == address) return true;
        return false;
    }

    /// <summary>False: the comparators do not compare addresses there.</summary>
    public bool Reaches(uint address) => _version2 || address < CodeEnd;

    /// <summary>Inserting again what is there changes nothing.</summary>
    public PointResult Insert(PointKind kind, uint address)
    {
        address &= ~1u;
        if (!Reaches(address)) return _count == 0 ? PointResult.Unsupported : PointResult.NoneFree;
        int free = -1;
        for (int i = _count - 1; i >= 0; i--)
        {
            if (!_comparators[i].Used) free = i;
            else if (_comparators[i].Is(kind, address)) return PointResult.Done;
        }
        if (free < 0) return PointResult.NoneFree;
        _comparators[free] = new BreakpointComparator(kind, address);
        if (Write(free).Ok) return PointResult.Done;
        _comparators[free] = default;
        return PointResult.Failed;
    }

    public PointResult Remove(PointKind kind, uint address)
    {
        address &= ~1u;
        for (int i = 0; i < _count; i++)
        {
            if (!_comparators[i].Is(kind, address)) continue;
            _comparators[i] = default;
            return Write(i).Ok ? PointResult.Done : PointResult.Failed;
        }
        return PointResult.Failed;
    }

    private DebugFault Write(int index)
    {
        BreakpointComparator comparator = _comparators[index];
        uint value = 0;
        if (comparator.Used)
        {
            if (_version2) value = comparator.Address | ENABLE;
            else value = comparator.Address & (CodeEnd - 4) | ((comparator.Address & 2) != 0 ? UpperHalf : LowerHalf) | ENABLE;
        }
        return control.Bus.Write32(FP_COMP0 + (uint)index * 4, value);
    }
}

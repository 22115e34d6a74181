using System.Numerics;
using SharpProbe.Adi;

namespace SharpProbe.Target.Cortex;

/// <summary>
/// Data address comparators of the DWT. v6-M and v7-M (DDI 0403E, C1.8; DDI 0419E, C1.8): a mask of ignored address bits; v8-M (DDI 0553, DWT_FUNCTIONn): an object of 1, 2 or 4 bytes.
/// A range that is no aligned power of two takes several comparators.
/// </summary>
sealed class WatchUnit(CoreControl control, WatchComparator[] comparators)
{
    private const uint DWT_CTRL = 0xE000_1000, DWT_COMP0 = 0xE000_1020;
    private const uint MASK = 4, FUNCTION = 8, Stride = 16;
    private const uint MATCHED = 1 << 24;

    /// <summary>v7-M FUNCTION by <see cref="PointKind"/> Write, Read, Access.</summary>
    private const uint OnRead = 5, OnWrite = 6, OnAccess = 7;

    /// <summary>v8-M: MATCH for a data address, and ACTION 1, a debug event.</summary>
    private const uint MatchAccess = 4, MatchWrite = 5, MatchRead = 6, ActionEvent = 1 << 4;

    private readonly WatchComparator[] _comparators = comparators;
    private int _count;
    private uint _largest;                                  // bytes that one comparator covers at most
    private bool _v8;

    public int Count => _count;

    /// <summary>Counts the comparators and clears what somebody else left in them. Wants DEMCR.TRCENA.</summary>
    public DebugFault Take(bool v8)
    {
        _v8 = v8;
        DebugFault fault = control.Bus.Read32(DWT_CTRL, out uint ctrl);
        if (fault.Failed) return fault;
        _count = (int)(ctrl >> 28);
        for (int i = 0; i < _comparators.Length; i++) _comparators[i] = default;
        _largest = 4;
        if (_count > 0 && !v8)
        {
            // MASK keeps as many of the ones written as it has bits (C1.8.8)
            fault = control.Bus.Write32(DWT_COMP0 + MASK, 31);
            uint mask = 0;
            if (fault.Ok) fault = control.Bus.Read32(DWT_COMP0 + MASK, out mask);
            if (fault.Failed) return fault;
            _largest = 1u << (int)(mask & 31);
        }
        return Rearm();
    }

    /// <summary>Writes all comparators again: after a reset that took them away.</summary>
    public DebugFault Rearm()
    {
        DebugFault fault = DebugFault.None;
        for (int i = 0; i < _count && fault.Ok; i++) fault = Write(i);
        return fault;
    }

    public DebugFault Release()
    {
        for (int i = 0; i < _comparators.Length; i++) _comparators[i] = default;
        return Rearm();
    }

    /// <summary>Inserting again what is there changes nothing.</summary>
    public PointResult Insert(PointKind kind, uint address, uint length)
    {
        if (_count == 0) return PointResult.Unsupported;
        if (length == 0) length = 1;
        int free = 0;
        for (int i = 0; i < _count; i++)
        {
            if (!_comparators[i].Used) free++;
            else if (_comparators[i].Is(kind, address, length)) return PointResult.Done;
        }
        if (Pieces(address, length, free) > free) return PointResult.NoneFree;
        uint at = address, left = length;
        for (int i = 0; i < _count && left > 0; i++)
        {
            if (_comparators[i].Used) continue;
            uint size = Piece(at, left);
            _comparators[i] = new WatchComparator(kind, address, length, at, size);
            if (Write(i).Failed)
            {
                Remove(kind, address, length);
                return PointResult.Failed;
            }
            at += size;
            left -= size;
        }
        return PointResult.Done;
    }

    public PointResult Remove(PointKind kind, uint address, uint length)
    {
        if (length == 0) length = 1;
        PointResult result = PointResult.Failed;
        bool failed = false;
        for (int i = 0; i < _count; i++)
        {
            if (!_comparators[i].Is(kind, address, length)) continue;
            _comparators[i] = default;
            failed |= Write(i).Failed;
            result = PointResult.Done;
        }
        return failed ? PointResult.Failed : result;
    }

    /// <summary>Which comparator stopped the core. Reading FUNCTION clears MATCHED, so all are read.</summary>
    public DebugFault TakeMatch(out bool matched, out PointKind kind, out uint address)
    {
        matched = false;
        kind = PointKind.Access;
        address = 0;
        for (int i = 0; i < _count; i++)
        {
            DebugFault fault = control.Bus.Read32(DWT_COMP0 + (uint)i * Stride + FUNCTION, out uint function);
            if (fault.Failed) return fault;
            if (matched || (function & MATCHED) == 0 || !_comparators[i].Used) continue;
            matched = true;
            kind = _comparators[i].Kind;
            address = _comparators[i].Point;
        }
        return DebugFault.None;
    }

    /// <summary>Largest aligned power of two at the start of a range.</summary>
    private uint Piece(uint address, uint length)
    {
        uint size = 1u << BitOperations.Log2(length);
        uint aligned = address & 0u - address;
        if (aligned != 0 && aligned < size) size = aligned;
        return size < _largest ? size : _largest;
    }

    /// <summary>Comparators that a range takes; counting stops above <paramref name="enough"/>.</summary>
    private int Pieces(uint address, uint length, int enough)
    {
        int pieces = 0;
        while (length > 0 && pieces <= enough)
        {
            uint size = Piece(address, length);
            address += size;
            length -= size;
            pieces++;
        }
        return pieces;
    }

    private DebugFault Write(int index)
    {
        WatchComparator point = _comparators[index];
        uint comparator = DWT_COMP0 + (uint)index * Stride;
        if (!point.Used) return control.Bus.Write32(comparator + FUNCTION, 0);
        uint log = (uint)BitOperations.Log2(point.Size);
        DebugFault fault = control.Bus.Write32(comparator, point.Address);
        if (fault.Ok && !_v8) fault = control.Bus.Write32(comparator + MASK, log);
        if (fault.Failed) return fault;
        uint function = _v8
            ? log << 10 | ActionEvent | (point.Kind switch { PointKind.Write => MatchWrite, PointKind.Read => MatchRead, _ => MatchAccess })
            : point.Kind switch { PointKind.Write => OnWrite, PointKind.Read => OnRead, _ => OnAccess };
        return control.Bus.Write32(comparator + FUNCTION, function);
    }
}

using System;
using SharpProbe.Adi;

namespace SharpProbe.Target.Cortex;

/// <summary>Breakpoints as BKPT instructions in RAM. Whoever reads memory sees the instructions that were there.</summary>
sealed class RamBreakpoints(CoreControl control, CoreCaches caches, RamBreakpoint[] points)
{
    private const ushort BKPT = 0xBE00;

    private readonly RamBreakpoint[] _points = points;

    /// <summary>False where there is none: nothing to hide in memory.</summary>
    public bool Any { get; private set; }

    /// <summary>Forgets all without touching the target.</summary>
    public void Forget()
    {
        _points.AsSpan().Clear();
        Any = false;
    }

    public bool Covers(uint address) => Find(address) >= 0;

    /// <summary><see cref="PointResult.Unsupported"/> where memory does not take the instruction: ROM.</summary>
    public PointResult Insert(uint address)
    {
        address &= ~1u;
        if (Find(address) >= 0) return PointResult.Done;
        int free = 0;
        while (free < _points.Length && _points[free].Used) free++;
        if (free == _points.Length) return PointResult.NoneFree;
        if (ReadHalfword(address, out ushort original).Failed) return PointResult.Failed;
        if (WriteHalfword(address, BKPT).Failed) return PointResult.Unsupported;
        if (ReadHalfword(address, out ushort now).Failed) return PointResult.Failed;
        if (now != BKPT) return PointResult.Unsupported;
        _points[free] = new RamBreakpoint(address, original);
        Any = true;
        return PointResult.Done;
    }

    public PointResult Remove(uint address)
    {
        int index = Find(address & ~1u);
        if (index < 0) return PointResult.Failed;
        RamBreakpoint point = _points[index];
        _points[index] = default;
        Any = false;
        foreach (RamBreakpoint other in _points) Any |= other.Used;
        return Restore(point).Ok ? PointResult.Done : PointResult.Failed;
    }

    /// <summary>Restores what was in memory and forgets all.</summary>
    public DebugFault Release()
    {
        DebugFault result = DebugFault.None;
        foreach (RamBreakpoint point in _points)
        {
            DebugFault fault = point.Used ? Restore(point) : DebugFault.None;
            if (result.Ok) result = fault;
        }
        Forget();
        return result;
    }

    /// <summary>Puts the original instructions into what was read. Where the program has overwritten a breakpoint, its own bytes stay.</summary>
    public void Hide(uint address, Span<byte> data)
    {
        if (!Any) return;
        foreach (RamBreakpoint point in _points)
        {
            if (!point.Used) continue;
            for (uint i = 0; i < 2; i++)
            {
                uint offset = point.Address + i - address;
                if (offset < (uint)data.Length && data[(int)offset] == (byte)(BKPT >> (int)(i * 8))) data[(int)offset] = (byte)(point.Original >> (int)(i * 8));
            }
        }
    }

    /// <summary>After a write: what came is the new original, and the breakpoint goes over it again.</summary>
    public DebugFault Overlay(uint address, ReadOnlySpan<byte> data)
    {
        if (!Any) return DebugFault.None;
        for (int n = 0; n < _points.Length; n++)
        {
            RamBreakpoint point = _points[n];
            if (!point.Used) continue;
            ushort original = point.Original;
            bool touched = false;
            for (uint i = 0; i < 2; i++)
            {
                uint offset = point.Address + i - address;
                if (offset >= (uint)data.Length) continue;
                int shift = (int)(i * 8);
                original = (ushort)(original & ~(0xFF << shift) | data[(int)offset] << shift);
                touched = true;
            }
            if (!touched) continue;
            _points[n] = new RamBreakpoint(point.Address, original);
            DebugFault fault = WriteHalfword(point.Address, BKPT);
            if (fault.Failed) return fault;
        }
        return DebugFault.None;
    }

    private int Find(uint address)
    {
        for (int i = 0; i < _points.Length; i++)
            if (_points[i].Used && _points[i].Address == address) return i;
        return -1;
    }

    private DebugFault Restore(RamBreakpoint point)
    {
        DebugFault fault = ReadHalfword(point.Address, out ushort now);
        return fault.Ok && now == BKPT ? WriteHalfword(point.Address, point.Original) : fault;
    }

    private DebugFault ReadHalfword(uint address, out ushort value)
    {
        Span<byte> bytes = stackalloc byte[2];
        bytes.Clear();
        DebugFault fault = caches.Clean(address, bytes.Length);
        if (fault.Ok) fault = control.Bus.Read(address, bytes);
        value = (ushort)(bytes[0] | bytes[1] << 8);
        return fault;
    }

    private DebugFault WriteHalfword(uint address, ushort value)
    {
        Span<byte> bytes = [(byte)value, (byte)(value >> 8)];
        DebugFault fault = caches.CleanAndInvalidate(address, bytes.Length);
        if (fault.Ok) fault = control.Bus.WriteHalfwords(address, bytes);
        return fault.Ok ? control.Bus.Flush() : fault;
    }
}

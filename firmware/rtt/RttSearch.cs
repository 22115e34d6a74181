using System;
using System.Buffers.Binary;
using SharpProbe.Adi;
using SharpProbe.Target;

namespace SharpProbe.Rtt;

/// <summary>Looks for a control block, a piece of memory at a time, in what is known to be RAM: an access to anything else may stop a chip.</summary>
sealed class RttSearch(RttSettings settings)
{
    private int _region;
    private uint _at;

    /// <summary>Something of the memory is still to be looked at, in this pass.</summary>
    public bool UnderWay => _region != 0 || _at != 0;

    /// <summary>From the beginning.</summary>
    public void Restart() => (_region, _at) = (0, 0);

    /// <summary>One look. True: there is one.</summary>
    /// <param name="work">As much is looked at; control blocks are aligned to words.</param>
    public bool TryFind(DebugTarget target, Span<byte> work, out uint address)
    {
        address = settings.Address;
        if (address != 0) return HasIdent(target, address);
        if (!TryRange(target, out uint start, out uint end))
        {
            Restart();
            return false;
        }
        if (_at < start || _at >= end) _at = start;
        Span<byte> piece = work[..(int)Math.Min((uint)work.Length, end - _at)];
        bool read = target.ReadMemory(_at, piece).Ok;
        for (int i = 0; read && i + settings.Ident.Length <= piece.Length; i += 4)
        {
            if (!piece[i..].StartsWith(settings.Ident)) continue;
            address = _at + (uint)i;
            return true;
        }
        // The next piece begins where an ident may have been cut.
        if (!read || end - _at <= (uint)work.Length) (_region, _at) = (_region + 1, 0);
        else _at += (uint)work.Length - 16;
        return false;
    }

    /// <summary>All of these bytes are RAM.</summary>
    public bool IsRam(DebugTarget target, uint address, uint length)
    {
        for (int i = 0; TryRange(target, i, out uint start, out uint end); i++)
            if (address >= start && address <= end && length <= end - address) return true;
        return false;
    }

    public bool HasIdent(DebugTarget target, uint address)
    {
        Span<byte> ident = stackalloc byte[16];
        return target.ReadMemory(address, ident).Ok && ident.SequenceEqual(settings.Ident);
    }

    private bool TryRange(DebugTarget target, out uint start, out uint end) => TryRange(target, _region, out start, out end);

    private bool TryRange(DebugTarget target, int index, out uint start, out uint end)
    {
        (start, end) = (settings.RamStart, settings.RamEnd);
        if (end != 0) return index == 0;
        foreach (ref readonly MemoryRegion region in target.Memories)
        {
            if (region.IsFlash || index-- != 0) continue;
            (start, end) = (region.Start, region.End);
            return true;
        }
        return false;
    }
}

using System;
using SharpProbe.Io;

namespace SharpProbe.Target;

/// <summary>What is known of a target's memories, in rising order. What lies between is told to gdb as RAM, so that peripherals and unknown memories can be reached.</summary>
public sealed class MemoryMap
{
    /// <summary>Gaps are cut here, so that none is longer than 32 bits say.</summary>
    private const uint Middle = 0x8000_0000;

    private readonly MemoryRegion[] _regions = new MemoryRegion[12];
    private int _count;

    public ReadOnlySpan<MemoryRegion> Regions => _regions.AsSpan()[.._count];

    public void Clear() => _count = 0;

    /// <summary>Keeps the order. Regions do not overlap; one too many is dropped, which gdb then sees as RAM.</summary>
    public void Add(MemoryRegion region)
    {
        if (region.Length == 0 || _count == _regions.Length) return;
        int at = _count++;
        while (at > 0 && _regions[at - 1].Start > region.Start)
        {
            _regions[at] = _regions[at - 1];
            at--;
        }
        _regions[at] = region;
    }

    public bool TryFindFlash(uint address, out MemoryRegion region)
    {
        for (int i = 0; i < _count; i++)
        {
            region = _regions[i];
            if (region.IsFlash && region.Contains(address)) return true;
        }
        region = default;
        return false;
    }

    /// <summary>RAM for code of ours: from 0x20000000 on where there is some, as core-coupled memory below may not run code.</summary>
    public bool TryFindRam(uint length, out MemoryRegion ram)
    {
        const uint Sram = 0x2000_0000;
        bool found = false;
        ram = default;
        for (int i = 0; i < _count; i++)
        {
            if (_regions[i].IsFlash || _regions[i].Length < length) continue;
            if (!found || ram.Start < Sram && _regions[i].Start >= Sram) ram = _regions[i];
            found = true;
        }
        return found;
    }

    /// <summary>gdb's document (gdb manual, "Memory Map Format").</summary>
    public void Write(ref WindowWriter xml)
    {
        xml.Write("<?xml version=\"1.0\"?><!DOCTYPE memory-map PUBLIC \"+//IDN gnu.org//DTD GDB Memory Map V1.0//EN\" \"http://sourceware.org/gdb/gdb-memory-map.dtd\"><memory-map>"u8);
        uint at = 0;
        foreach (MemoryRegion region in Regions)
        {
            if (region.Start != at) WriteGap(ref xml, at, region.Start);      // a region at 0 has no gap before it, which from 0 to 0 would be everything
            WriteRegion(ref xml, region);
            at = region.End;
        }
        if (_count == 0 || at != 0) WriteGap(ref xml, at, 0);
        xml.Write("</memory-map>"u8);
    }

    /// <summary>From one address up to another; 0 as the end is the end of the address space.</summary>
    private static void WriteGap(ref WindowWriter xml, uint from, uint to)
    {
        if (from == to && from != 0) return;
        if (from == 0 && to == 0 || from < Middle && (to == 0 || to > Middle))
        {
            WriteRegion(ref xml, new MemoryRegion(from, Middle - from, 0));
            from = Middle;
        }
        if (from != to) WriteRegion(ref xml, new MemoryRegion(from, to - from, 0));
    }

    private static void WriteRegion(ref WindowWriter xml, MemoryRegion region)
    {
        xml.Write(region.IsFlash ? "<memory type=\"flash\" start=\""u8 : "<memory type=\"ram\" start=\""u8);
        xml.WriteAddress(region.Start);
        xml.Write("\" length=\""u8);
        xml.WriteAddress(region.Length);
        if (region.IsFlash)
        {
            xml.Write("\"><property name=\"blocksize\">"u8);
            xml.WriteAddress(region.Block);
            xml.Write("</property></memory>"u8);
        }
        else xml.Write("\"/>"u8);
    }
}

namespace SharpProbe.Sim.Cpu;

/// <summary>The long way of a data access: alignment, protection, private peripheral bus, devices, bus errors.</summary>
public sealed unsafe partial class Core
{
    private uint ReadSlow(uint address, int width, Alignment alignment) => ReadData(address, width, alignment, Privileged);

    private void WriteSlow(uint address, uint value, int width, Alignment alignment) => WriteData(address, value, width, alignment, Privileged);

    /// <summary>A load of 1, 2 or 4 bytes; <paramref name="privileged"/> false for LDRT.</summary>
    internal uint ReadData(uint address, int width, Alignment alignment, bool privileged)
    {
        if ((address & (uint)(width - 1)) != 0)
        {
            RefuseUnaligned(address, alignment);
            uint value = 0;
            for (int i = 0; i < width; i++) value |= ReadData(address + (uint)i, 1, Alignment.Any, privileged) << 8 * i;
            return value;
        }
        if (address >> 20 == 0xE00) return ReadPrivateBus(address, width, privileged);
        CheckAccess(address, AccessKind.Read, privileged);
        if (Bus.Find(address) is not { } mapping)
        {
            if (BitBandTarget(address) is { } target) return ReadBit(target, address);
            throw new CoreFault(FaultKind.PreciseBus, address);
        }
        if (mapping.Region is not null) TakeReadPointer(address, mapping);
        else Stall(DeviceReadCycles(address));
        uint data = mapping.Read(address, width);
        if (!mapping.Reads(address)) throw new CoreFault(FaultKind.PreciseBus, address);
        WatchAccess(address, width, AccessKind.Read, data);
        return data;
    }

    /// <summary>A store of 1, 2 or 4 bytes; <paramref name="privileged"/> false for STRT.</summary>
    internal void WriteData(uint address, uint value, int width, Alignment alignment, bool privileged)
    {
        if ((address & (uint)(width - 1)) != 0)
        {
            RefuseUnaligned(address, alignment);
            for (int i = 0; i < width; i++) WriteData(address + (uint)i, value >> 8 * i & 0xFF, 1, Alignment.Any, privileged);
            return;
        }
        if (address >> 20 == 0xE00)
        {
            WritePrivateBus(address, value, width, privileged);
            return;
        }
        CheckAccess(address, AccessKind.Write, privileged);
        if (Bus.Find(address) is not { } mapping)
        {
            if (BitBandTarget(address) is { } target) WriteBit(target, address, value);
            else RaiseImpreciseBusFault(address);
            return;
        }
        if (mapping.Region is not null) TakeWritePointer(address, mapping);
        else DeviceStore(address);
        mapping.Write(address, value, width);
        if (mapping.Region is not null) ForgetCode(mapping, address, width);
        WatchAccess(address, width, AccessKind.Write, value);
    }

    private void RefuseUnaligned(uint address, Alignment alignment)
    {
        // Device memory takes no unaligned access either (DDI0403 A3.2.1); by the default map that is 0x40000000 and 0xA0000000 upwards.
        bool device = address >> 29 is 2 or 5 or 6 or 7;
        if (alignment == Alignment.Required || IsV6M || TrapsUnaligned || device)
            throw new CoreFault(FaultKind.Unaligned, address);
    }

    private uint ReadPrivateBus(uint address, int width, bool privileged)
    {
        CheckAccess(address, AccessKind.Read, privileged);
        RefuseUnprivileged(address, privileged);
        uint value = 0;
        ReadPrivate(address, width, ref value);
        return value;
    }

    private void WritePrivateBus(uint address, uint value, int width, bool privileged)
    {
        CheckAccess(address, AccessKind.Write, privileged);
        RefuseUnprivileged(address, privileged);
        WritePrivate(address, value, width);
    }

    /// <summary>LDRT and STRT in privileged code; unprivileged code itself is the private bus's business. The ITM's page has rules of its own (DDI0403 B3.1.1).</summary>
    private void RefuseUnprivileged(uint address, bool privileged)
    {
        if (!privileged && Privileged && address >> 12 != 0xE0000) throw new CoreFault(FaultKind.PreciseBus, address);
    }

    private void TakeReadPointer(uint address, BusMapping mapping)
    {
        uint number = address >> Page.Bits;
        var region = mapping.Region!;
        uint extra = MemoryReadExtra(region);
        if (extra != 0) DataFetch(address, extra);
        if (region.OnRead is not null || !Covers(mapping, number) || HasHoles(mapping, number)) return;
        bool read = true, write = true, fetch = true;
        PageRights(number << Page.Bits, ref read, ref write, ref fetch);
        if (!read) return;
        Touch(number);
        _pages[number].Read = region.Bytes - mapping.Address;
        _pages[number].ReadExtra = extra;
    }

    private void TakeWritePointer(uint address, BusMapping mapping)
    {
        uint number = address >> Page.Bits;
        var region = mapping.Region!;
        if (region.OnWrite is not null || !Covers(mapping, number) || HoldsCode(mapping, number)) return;
        bool read = true, write = true, fetch = true;
        PageRights(number << Page.Bits, ref read, ref write, ref fetch);
        if (!write) return;
        Touch(number);
        _pages[number].Write = region.Bytes - mapping.Address;
    }

    private static bool Covers(BusMapping mapping, uint page)
    {
        uint first = page << Page.Bits;
        return mapping.Contains(first) && mapping.Contains(first + Page.Mask);
    }

    private static bool HasHoles(BusMapping mapping, uint page) => mapping.Region!.Holes is { } holes && holes.Any((page << Page.Bits) - mapping.Address, Page.Mask + 1);

    /// <summary>Decoded instructions exist for the page at any address of its memory.</summary>
    private bool HoldsCode(BusMapping mapping, uint page)
    {
        if (_code.Count == 0) return false;
        uint offset = (page << Page.Bits) - mapping.Address;
        foreach (var alias in Bus.Mappings)
            if (alias.Region == mapping.Region && _code.ContainsKey(alias.Address + offset >> Page.Bits)) return true;
        return false;
    }

    private void ForgetCode(BusMapping mapping, uint address, int width)
    {
        if (_code.Count == 0) return;
        uint offset = address - mapping.Address;
        foreach (var alias in Bus.Mappings)
        {
            if (alias.Region != mapping.Region) continue;
            uint at = alias.Address + offset;
            if (_code.TryGetValue(at >> Page.Bits, out var code)) code.Forget(at & Page.Mask, (uint)width);
            // A 32-bit instruction may begin in the last halfword of the page before.
            if ((at & Page.Mask) < 2 && _code.TryGetValue((at >> Page.Bits) - 1, out code)) code.Forget(Page.Mask - 1, 2);
        }
    }

    private void ForgetWritten(uint address, int width)
    {
        if (_code.Count != 0 && Bus.Find(address) is { } mapping) ForgetCode(mapping, address, width);
    }

    /// <summary>Bit-band alias of Cortex-M3 and M4 (DDI0337 3.7): the word behind an address of 0x22000000 or 0x42000000 upwards.</summary>
    private uint? BitBandTarget(uint address)
    {
        if (Kind is not (CoreKind.CortexM3 or CoreKind.CortexM4) || (address & 0xDE00_0000) != 0x0200_0000 && (address & 0xDE00_0000) != 0x4200_0000) return null;
        if (address >> 28 is not (2 or 4)) return null;
        return address & 0xF000_0000 | (address & 0x01FF_FFFF) >> 5 & ~3u;
    }

    private uint ReadBit(uint target, uint alias) => ReadData(target, 4, Alignment.Required, Privileged) >> (int)(alias >> 2 & 31) & 1;

    private void WriteBit(uint target, uint alias, uint value)
    {
        uint bit = 1u << (int)(alias >> 2 & 31);
        uint word = ReadData(target, 4, Alignment.Required, Privileged);
        WriteData(target, (value & 1) != 0 ? word | bit : word & ~bit, 4, Alignment.Required, Privileged);
    }
}

namespace SharpProbe.Sim;

/// <summary>
/// The address map of one system: memories and devices. The core has pointers into memories of its own; this is the way of everybody else
/// (DMA, debugger, loader) and the core's way to devices. Nothing mapped at an address means a bus error.
/// </summary>
public sealed class Bus
{
    private readonly List<BusMapping> _mappings = [];
    private BusMapping? _last;

    /// <summary>Raised after a write by <see cref="Write"/> or <see cref="TryWrite"/> into memory (address, width): decoded instructions may be void.</summary>
    internal event Action<uint, int>? MemoryWritten;

    /// <summary>Raised when the map grew, with the new mapping.</summary>
    internal event Action<BusMapping>? Mapped;

    /// <summary>Everything mapped, in address order.</summary>
    public IReadOnlyList<BusMapping> Mappings => _mappings;

    public void Map(MemoryRegion region) => Add(new(region.Address, region.Size, region, null));

    /// <summary>A second address for a memory, e.g. flash on the ITCM bus or the boot area at 0.</summary>
    public void Alias(uint address, MemoryRegion region) => Add(new(address, region.Size, region, null));

    public void Map(uint address, uint size, IBusDevice device) => Add(new(address, size, null, device));

    /// <summary>Takes away what <see cref="Map(MemoryRegion)"/> or <see cref="Alias"/> put at exactly this address (boot remapping).</summary>
    public void Unmap(uint address)
    {
        var mapping = _mappings.Find(m => m.Address == address) ?? throw new ArgumentException($"nothing mapped at 0x{address:X8}");
        _mappings.Remove(mapping);
        _last = null;
        Mapped?.Invoke(mapping);
    }

    /// <summary>What answers at an address, or null.</summary>
    public BusMapping? Find(uint address)
    {
        if (_last is { } last && last.Contains(address)) return last;
        int low = 0, high = _mappings.Count - 1;
        while (low <= high)
        {
            int middle = (low + high) / 2;
            var m = _mappings[middle];
            if (m.Contains(address)) return _last = m;
            if (address < m.Address) high = middle - 1; else low = middle + 1;
        }
        return null;
    }

    /// <summary>Read by a bus master other than the core. Width 1, 2 or 4 bytes, naturally aligned. False: bus error.</summary>
    public bool TryRead(uint address, int width, out uint value)
    {
        value = 0;
        if (Find(address) is not { } m || !m.Contains(address + (uint)width - 1)) return false;
        value = m.Read(address, width);
        return m.Reads(address);
    }

    /// <summary>Write by a bus master other than the core. False: bus error.</summary>
    public bool TryWrite(uint address, uint value, int width)
    {
        if (Find(address) is not { } m || !m.Contains(address + (uint)width - 1)) return false;
        m.Write(address, value, width);
        if (m.Region is not null) MemoryWritten?.Invoke(address, width);
        return true;
    }

    /// <summary>As <see cref="TryRead"/> where an unmapped address is a mistake.</summary>
    public uint Read(uint address, int width) => TryRead(address, width, out uint value)
        ? value
        : throw new BenchStop($"bus master reads 0x{address:X8}, where nothing is mapped");

    /// <summary>As <see cref="TryWrite"/> where an unmapped address is a mistake.</summary>
    public void Write(uint address, uint value, int width)
    {
        if (!TryWrite(address, value, width)) throw new BenchStop($"bus master writes 0x{address:X8}, where nothing is mapped");
    }

    private void Add(BusMapping mapping)
    {
        if (mapping.Size == 0) throw new ArgumentException("empty mapping");
        foreach (var m in _mappings)
            if (mapping.Address <= m.Last && m.Address <= mapping.Last)
                throw new ArgumentException($"0x{mapping.Address:X8}: {mapping.Name} overlaps {m.Name} at 0x{m.Address:X8}");
        _mappings.Add(mapping);
        _mappings.Sort((a, b) => a.Address.CompareTo(b.Address));
        Mapped?.Invoke(mapping);
    }
}

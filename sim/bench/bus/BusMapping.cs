using System.Runtime.CompilerServices;

namespace SharpProbe.Sim;

/// <summary>A memory or a device at an address.</summary>
public sealed unsafe class BusMapping(uint address, uint size, MemoryRegion? region, IBusDevice? device)
{
    public uint Address { get; } = address;
    public uint Size { get; } = size;
    public uint Last { get; } = address + size - 1;
    public MemoryRegion? Region { get; } = region;
    public IBusDevice? Device { get; } = device;
    public string Name => Region?.Name ?? Device!.Name;

    public bool Contains(uint at) => at - Address < Size;

    /// <summary>Memory that can be read there. False: a bus error.</summary>
    public bool Reads(uint at) => Region?.Holes?.Reads(at - Address) ?? true;

    /// <summary>Reads without any check of alignment or end; memory asks its read gate first.</summary>
    public uint Read(uint at, int width)
    {
        uint offset = at - Address;
        if (Region is not { } region) return Device!.Read(offset, width);
        region.OnRead?.Invoke(offset);
        byte* p = region.Bytes + offset;
        return width switch
        {
            4 => Unsafe.ReadUnaligned<uint>(p),
            2 => Unsafe.ReadUnaligned<ushort>(p),
            _ => *p,
        };
    }

    /// <summary>Writes without any check of alignment or end.</summary>
    public void Write(uint at, uint value, int width)
    {
        uint offset = at - Address;
        if (Region is not { } region) Device!.Write(offset, value, width);
        else if (region.OnWrite is { } write) write(offset, value, width);
        else
        {
            byte* p = region.Bytes + offset;
            if (width == 4) Unsafe.WriteUnaligned(p, value);
            else if (width == 2) Unsafe.WriteUnaligned(p, (ushort)value);
            else *p = (byte)value;
        }
    }
}

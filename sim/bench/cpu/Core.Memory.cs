using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace SharpProbe.Sim.Cpu;

/// <summary>Data accesses: a direct pointer where the page has one, else the long way (Core.SlowMemory.cs).</summary>
public sealed unsafe partial class Core
{
    private const int PageCount = 1 << 32 - Page.Bits;

    private Page* _pages;
    // Pages with any direct pointer.
    private readonly HashSet<uint> _touched = [];

    /// <summary>Clock ratios of the buses; the RCC model sets them.</summary>
    public BusTiming BusTiming { get; } = new();

    ~Core()
    {
        foreach (var code in _code.Values) code.Free();
        FreeRetired();
        NativeMemory.Free(_pages);
    }

    private void InitializeMemory()
    {
        _pages = (Page*)NativeMemory.AllocZeroed(PageCount, (nuint)sizeof(Page));
        Bus.MemoryWritten += ForgetWritten;
        Bus.Mapped += _ => { FlushAccess(); InvalidateCode(); Watch(); };
        BusTiming.Changed += FlushAccess;
        Watch();
        InitializeTiming();
    }

    // Memories tell when cached pointers and decodings are void.
    private readonly HashSet<MemoryRegion> _watched = [];

    private void Watch()
    {
        foreach (var m in Bus.Mappings)
            if (m.Region is { } region && _watched.Add(region)) region.Changed += () => RegionChanged(region);
    }

    private void RegionChanged(MemoryRegion region)
    {
        FlushAccess();
        foreach (var m in Bus.Mappings)
            if (m.Region == region) InvalidateCode(m.Address, m.Size);
    }

    /// <summary>Drops every direct pointer: MPU, privilege, watchpoints or timing changed. Decoded instructions stay.</summary>
    public void FlushAccess()
    {
        foreach (uint page in _touched) _pages[page] = default;
        _touched.Clear();
    }

    private void Touch(uint page) => _touched.Add(page);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal uint Read32(uint address)
    {
        ref Page p = ref _pages[address >> Page.Bits];
        if (p.Read == null || (address & 3) != 0) return ReadSlow(address, 4, Alignment.Any);
        if (p.ReadExtra != 0) DataFetch(address, p.ReadExtra);
        return *(uint*)(p.Read + address);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal uint Read16(uint address)
    {
        ref Page p = ref _pages[address >> Page.Bits];
        if (p.Read == null || (address & 1) != 0) return ReadSlow(address, 2, Alignment.Any);
        if (p.ReadExtra != 0) DataFetch(address, p.ReadExtra);
        return *(ushort*)(p.Read + address);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal uint Read8(uint address)
    {
        ref Page p = ref _pages[address >> Page.Bits];
        if (p.Read == null) return ReadSlow(address, 1, Alignment.Any);
        if (p.ReadExtra != 0) DataFetch(address, p.ReadExtra);
        return p.Read[address];
    }

    /// <summary>As <see cref="Read32"/> for instructions that always fault on an unaligned address (LDM, LDRD, LDREX, VLDR).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal uint ReadAligned(uint address)
    {
        ref Page p = ref _pages[address >> Page.Bits];
        if (p.Read == null || (address & 3) != 0) return ReadSlow(address, 4, Alignment.Required);
        if (p.ReadExtra != 0) DataFetch(address, p.ReadExtra);
        return *(uint*)(p.Read + address);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void Write32(uint address, uint value)
    {
        ref Page p = ref _pages[address >> Page.Bits];
        if (p.Write == null || (address & 3) != 0) WriteSlow(address, value, 4, Alignment.Any);
        else *(uint*)(p.Write + address) = value;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void Write16(uint address, uint value)
    {
        ref Page p = ref _pages[address >> Page.Bits];
        if (p.Write == null || (address & 1) != 0) WriteSlow(address, (ushort)value, 2, Alignment.Any);
        else *(ushort*)(p.Write + address) = (ushort)value;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void Write8(uint address, uint value)
    {
        ref Page p = ref _pages[address >> Page.Bits];
        if (p.Write == null) WriteSlow(address, (byte)value, 1, Alignment.Any);
        else p.Write[address] = (byte)value;
    }

    /// <summary>As <see cref="Write32"/> for instructions that always fault on an unaligned address (STM, STRD, STREX, VSTR).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void WriteAligned(uint address, uint value)
    {
        ref Page p = ref _pages[address >> Page.Bits];
        if (p.Write == null || (address & 3) != 0) WriteSlow(address, value, 4, Alignment.Required);
        else *(uint*)(p.Write + address) = value;
    }
}

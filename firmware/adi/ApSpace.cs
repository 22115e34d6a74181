using System;
using System.Runtime.InteropServices;

namespace SharpProbe.Adi;

/// <summary>What an ADIv6 debug port addresses by SELECT: ROM tables, access ports, CoreSight components (IHI 0074, "About the DP").</summary>
sealed class ApSpace(DebugPort first) : AddressSpace
{
    public DebugPort Port { get; set; } = first;

    /// <summary>Whole words.</summary>
    public override DebugFault Read(uint address, Span<byte> data)
    {
        DebugFault fault = DebugFault.None;
        Span<uint> words = MemoryMarshal.Cast<byte, uint>(data);
        for (int i = 0; i < words.Length && fault.Ok; i++) fault = Read32(address + (uint)i * 4, out words[i]);
        return fault;
    }

    public override DebugFault Read32(uint address, out uint value) => Port.ReadAp(address & ~0xFFu, address & 0xFF, out value);
}

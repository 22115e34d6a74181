using System;
using System.Buffers.Binary;

namespace SharpProbe.Adi;

/// <summary>What an ADIv6 debug port addresses by SELECT: ROM tables, access ports, CoreSight components (IHI 0074, "About the DP").</summary>
sealed class ApSpace(DebugPort first) : AddressSpace
{
    public DebugPort Port { get; set; } = first;

    /// <summary>Whole words.</summary>
    public override DebugFault Read(uint address, Span<byte> data)
    {
        DebugFault fault = DebugFault.None;
        for (int i = 0; i + 4 <= data.Length && fault.Ok; i += 4)
        {
            fault = Read32(address + (uint)i, out uint value);
            BinaryPrimitives.WriteUInt32LittleEndian(data[i..], value);
        }
        return fault;
    }

    public override DebugFault Read32(uint address, out uint value) => Port.ReadAp(address & ~0xFFu, address & 0xFF, out value);
}

using System;

namespace SharpProbe.Adi;

/// <summary>What can be read by address: a target's memory, or the access ports and components of an ADIv6 debug port.</summary>
public abstract class AddressSpace
{
    public abstract DebugFault Read(uint address, Span<byte> data);

    /// <summary>One 32-bit access; <paramref name="address"/> is a multiple of 4.</summary>
    public abstract DebugFault Read32(uint address, out uint value);
}

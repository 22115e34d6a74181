using System;

namespace SharpProbe.Hal;

/// <summary>The chip's 96-bit serial number: 12 bytes at an address of the family's (RM0431 section 41.1, RM0433 section 63.1).</summary>
public static unsafe class UniqueId
{
    public const uint AddressF7 = 0x1FF0_7A10, AddressH7 = 0x1FF1_E800;

    public static ReadOnlySpan<byte> At(uint address) => new((void*)address, 12);
}

namespace SharpProbe.Target;

/// <summary>A piece of a target's address space: RAM, or flash that is erased in blocks of one size.</summary>
/// <param name="start">First address.</param>
/// <param name="length">Bytes.</param>
/// <param name="block">Bytes erased at once; 0: RAM.</param>
public readonly struct MemoryRegion(uint start, uint length, uint block)
{
    public uint Start { get; } = start;
    public uint Length { get; } = length;
    public uint Block { get; } = block;

    public bool IsFlash => Block != 0;

    /// <summary>First address behind it; 0 at the end of the address space.</summary>
    public uint End => Start + Length;

    public bool Contains(uint address) => address - Start < Length;

    /// <summary>Start of the block that holds the address.</summary>
    public uint BlockOf(uint address) => address - (address - Start) % Block;
}

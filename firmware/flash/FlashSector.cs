namespace SharpProbe.Flashing;

/// <summary>What is erased at once.</summary>
/// <param name="address">First byte.</param>
/// <param name="size">Bytes.</param>
/// <param name="eraseMilliseconds">The longest time an erase may take, from the datasheet.</param>
public readonly struct FlashSector(uint address, uint size, uint eraseMilliseconds)
{
    public uint Address { get; } = address;
    public uint Size { get; } = size;
    public uint EraseMilliseconds { get; } = eraseMilliseconds;
    public uint End => Address + Size;
}

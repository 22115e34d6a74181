namespace SharpProbe.Target.Flash;

/// <summary>A range to erase, or a range whose data follow in the ring.</summary>
struct FlashEntry(bool erase, uint address, uint length)
{
    public readonly bool Erase = erase;
    public uint Address = address;
    public uint Length = length;
}

namespace SharpProbe.Sim.Chips.Rp2350;

/// <summary>Where writes maintain the cache (RP2350 datasheet 4.4.1.1), which is not modelled: what is read is always what the flash holds. Pinning stops the bench.</summary>
public sealed class XipMaintenance : IBusDevice
{
    public const uint Size = 0x0400_0000;

    public string Name => "XIP_MAINTENANCE";

    /// <summary>Lines made invalid so far.</summary>
    public int Invalidated { get; private set; }

    public uint Read(uint offset, int width) => 0;

    public void Write(uint offset, uint value, int width)
    {
        if ((offset & 7) == 7) throw new BenchStop("XIP cache: a line is pinned, which is not modelled");
        if ((offset & 7) is 0 or 2) Invalidated++;
    }
}

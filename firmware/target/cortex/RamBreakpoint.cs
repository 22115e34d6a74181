namespace SharpProbe.Target.Cortex;

/// <summary>A BKPT that the probe wrote, and the half-word that was there.</summary>
readonly struct RamBreakpoint(uint address, ushort original)
{
    public bool Used { get; } = true;
    public uint Address { get; } = address;
    public ushort Original { get; } = original;
}

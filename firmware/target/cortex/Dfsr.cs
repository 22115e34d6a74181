namespace SharpProbe.Target.Cortex;

/// <summary>Bits of DFSR, each cleared by writing 1 (DDI 0403E, C1.6.1).</summary>
static class Dfsr
{
    public const uint HALTED = 1 << 0;
    public const uint BKPT = 1 << 1;
    public const uint DWTTRAP = 1 << 2;
    public const uint VCATCH = 1 << 3;
    public const uint EXTERNAL = 1 << 4;
    public const uint All = 31;
}

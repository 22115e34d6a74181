namespace SharpProbe.Sim.Cpu;

public sealed unsafe partial class Core
{
    /// <summary>Clock ratios of the buses; the RCC model sets them.</summary>
    public BusTiming BusTiming { get; } = new();

    private void InitializeMemory() { }

    /// <summary>Drops every direct pointer: MPU, privilege or watchpoints changed.</summary>
    public void FlushAccess() { }

    /// <summary>Drops decoded instructions of a range: FPB changes, or bytes changed behind the core's back.</summary>
    public void InvalidateCode(uint address, uint size) { }
}

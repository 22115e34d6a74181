namespace SharpProbe.Sim.Cpu;

/// <summary>What an access is for.</summary>
public enum AccessKind
{
    Read,
    Write,
    Fetch,
}

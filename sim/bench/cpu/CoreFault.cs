namespace SharpProbe.Sim.Cpu;

/// <summary>Leaves an instruction half way; the run loop catches it and hands it to the exception model.</summary>
internal sealed class CoreFault(FaultKind kind, uint address) : Exception
{
    public FaultKind Kind { get; } = kind;
    public uint Address { get; } = address;
}

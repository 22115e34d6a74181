namespace SharpProbe.Sim.Cpu.Execute;

/// <summary>Whether an instruction sets the flags, as a type, so that each combination is compiled on its own.</summary>
internal interface IFlagMode
{
    static abstract bool Sets { get; }
}

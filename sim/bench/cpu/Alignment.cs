namespace SharpProbe.Sim.Cpu;

/// <summary>What an instruction says about the alignment of its address.</summary>
internal enum Alignment
{
    /// <summary>Unaligned is split into bytes, unless CCR.UNALIGN_TRP is set or the architecture is ARMv6-M.</summary>
    Any,
    /// <summary>Unaligned always faults.</summary>
    Required,
}

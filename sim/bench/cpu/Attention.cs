namespace SharpProbe.Sim.Cpu;

/// <summary>Reasons for the run loop to leave its fast path at the next instruction boundary.</summary>
[Flags]
internal enum Attention : uint
{
    None = 0,
    /// <summary>An exception may have to be taken: the loop calls TakeException.</summary>
    Exception = 1,
    /// <summary>Inside an IT block.</summary>
    It = 2,
    /// <summary>WFI or WFE sleeps; time jumps from event to event.</summary>
    Sleep = 4,
    /// <summary>Halted by a debugger or locked up: no instruction runs, time goes on.</summary>
    Halt = 8,
    /// <summary>The loop calls StepHook after each instruction (debug single step, instruction trace).</summary>
    Step = 16,
    /// <summary>EPSR.T is clear: the next instruction raises InvalidState.</summary>
    NotThumb = 32,
}

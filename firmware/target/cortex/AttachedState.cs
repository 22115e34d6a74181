namespace SharpProbe.Target.Cortex;

/// <summary>What is kept for a core only while it is attached: the points that it has, its registers. One core is attached at a time, so all have the same.</summary>
sealed class AttachedState
{
    public RamBreakpoint[] RamBreakpoints { get; } = new RamBreakpoint[32];

    public BreakpointComparator[] Breakpoints { get; } = new BreakpointComparator[16];

    public WatchComparator[] Watches { get; } = new WatchComparator[16];

    /// <summary>Registers while code of ours runs.</summary>
    public uint[] Kept { get; } = new uint[20];

    /// <summary>Registers by <see cref="CoreRegisters"/>' numbers, and which of them are known.</summary>
    public uint[] Registers { get; } = new uint[CoreRegisters.Selects];

    public bool[] Known { get; } = new bool[CoreRegisters.Selects];

    /// <summary>Whose registers they are.</summary>
    public CoreControl? Owner { get; set; }
}

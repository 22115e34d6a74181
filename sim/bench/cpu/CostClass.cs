namespace SharpProbe.Sim.Cpu;

/// <summary>Instructions that cost the same: the rows of <see cref="CycleCosts"/>.</summary>
internal enum CostClass : byte
{
    Alu,
    /// <summary>Saturating and parallel arithmetic.</summary>
    Dsp,
    Multiply,
    MultiplyAccumulate,
    LongMultiply,
    Divide,
    Load,
    LoadDouble,
    LoadMultiple,
    Store,
    StoreDouble,
    StoreMultiple,
    Branch,
    BranchConditional,
    BranchLink,
    BranchIndirect,
    TableBranch,
    It,
    Nop,
    Barrier,
    System,
    FloatMove,
    FloatAdd,
    FloatMultiply,
    FloatMultiplyAdd,
    FloatDivide,
    DoubleAdd,
    DoubleMultiply,
    DoubleMultiplyAdd,
    DoubleDivide,
    Breakpoint,
    Count,
}

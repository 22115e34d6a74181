namespace SharpProbe.Sim.Cpu;

/// <summary>
/// The cycle cost table. Cortex-M0+, M3 and M4: cycles an instruction (DDI0484 table 3-1, DDI0337 table 18-1, DDI0439 table 3-1), memory without
/// wait states. Cortex-M7: latencies, since ARM publishes no table; set so that the loops of DESIGN.md "Timing truth" come out.
/// </summary>
internal static class CycleCosts
{
    /// <summary>Cycles to refill the pipeline after a taken branch: M3 and M4 1 to 3 (2 taken here), M0+ 1.</summary>
    public static uint TakenBranch(CoreKind kind) => kind == CoreKind.CortexM0Plus ? 1u : 2;

    /// <summary>Cortex-M7: cycles lost when a branch was predicted wrongly (six stages between fetch and the late ALU).</summary>
    public const uint Mispredicted = 7;

    /// <summary>Cortex-M7: a direct branch that the branch target cache does not know is redirected after decoding.</summary>
    public const uint UnknownBranch = 2;

    /// <summary>
    /// Cortex-M7: a store to Device memory may not be speculative, so it waits until everything before it can no longer fault or be
    /// mispredicted; the pipeline loses this (DDI0489 5.2 on Device accesses; the number makes the clock loop on the F7 come out).
    /// </summary>
    public const uint DeviceStoreIssue = 2;

    /// <summary>Cortex-M7: cycles that a floating-point division or square root blocks (as DDI0439 table 7-1 has it for single precision).</summary>
    public const uint SingleDivide = 14, DoubleDivide = 27;

    /// <summary>Cycles of a peripheral load and store where no <see cref="BusWindow"/> says otherwise.</summary>
    public static uint DeviceRead(CoreKind kind) => kind >= CoreKind.CortexM7 ? 6u : 0;
    public static uint DeviceWrite(CoreKind kind) => kind >= CoreKind.CortexM7 ? 4u : 0;

    /// <summary>Cortex-M7: without I-cache, 32 bytes of code are fetched in two bursts of 16 (DDI0489 5.3, AXIM interface).</summary>
    public const uint UncachedFetches = 2;

    /// <summary>
    /// Cortex-M7: core cycles for a line of memory behind AXI or AHB. Two AHB cycles for the matrix, four beats of 64 bits, and for flash its wait
    /// states (FLASH_ACR.LATENCY are cycles of the bus clock). An estimate: no measurement anchors it.
    /// </summary>
    public static uint MemoryExtra(MemoryTiming memory, BusTiming bus) => memory switch
    {
        MemoryTiming.Tcm => 0,
        MemoryTiming.Flash => 6 * bus.AhbRatio + bus.FlashWaitStates,
        _ => 6 * bus.AhbRatio,
    };

    public static uint[] Table(CoreKind kind)
    {
        var costs = new uint[(int)CostClass.Count];
        foreach (var (c, m0, m3, m4) in Rows)
            costs[(int)c] = kind switch { CoreKind.CortexM0Plus => m0, CoreKind.CortexM3 => m3, _ => m4 };
        return costs;
    }

    //   class                         M0+ M3 M4. Count of registers (multiple transfers), taken branches and divisions add to it.
    private static readonly (CostClass Class, uint M0, uint M3, uint M4)[] Rows =
    [
        (CostClass.Alu,                 1, 1, 1),
        (CostClass.Dsp,                 1, 1, 1),
        (CostClass.Multiply,            1, 1, 1),
        (CostClass.MultiplyAccumulate,  1, 2, 1),
        (CostClass.LongMultiply,        1, 4, 1),
        (CostClass.Divide,              1, 2, 2),
        (CostClass.Load,                2, 2, 2),
        (CostClass.LoadDouble,          2, 3, 3),
        (CostClass.LoadMultiple,        1, 1, 1),
        (CostClass.Store,               2, 2, 2),
        (CostClass.StoreDouble,         2, 3, 3),
        (CostClass.StoreMultiple,       1, 1, 1),
        (CostClass.Branch,              1, 1, 1),
        (CostClass.BranchConditional,   1, 1, 1),
        (CostClass.BranchLink,          2, 1, 1),
        (CostClass.BranchIndirect,      1, 1, 1),
        (CostClass.TableBranch,         2, 2, 2),
        (CostClass.It,                  1, 1, 1),
        (CostClass.Nop,                 1, 1, 1),
        (CostClass.Barrier,             3, 3, 3),
        (CostClass.System,              3, 2, 2),
        (CostClass.Breakpoint,          1, 1, 1),
        (CostClass.FloatMove,           1, 1, 1),
        (CostClass.FloatAdd,            1, 1, 1),
        (CostClass.FloatMultiply,       1, 1, 1),
        (CostClass.FloatMultiplyAdd,    1, 3, 3),
        (CostClass.FloatDivide,         1, 14, 14),
        (CostClass.DoubleAdd,           1, 1, 1),
        (CostClass.DoubleMultiply,      1, 1, 1),
        (CostClass.DoubleMultiplyAdd,   1, 1, 1),
        (CostClass.DoubleDivide,        1, 1, 1),
    ];

    /// <summary>Issue slots of the Cortex-M7: what an instruction needs free, and what it takes for the rest of the cycle.</summary>
    public static (byte Needs, byte Blocks) Slots(CostClass cost) => M7Slots[(int)cost];

    private static readonly (byte Needs, byte Blocks)[] M7Slots = BuildSlots();

    private static (byte, byte)[] BuildSlots()
    {
        const byte Any = M7Pipeline.SlotAny, Second = M7Pipeline.SecondSlot, All = M7Pipeline.All;
        var slots = new (byte, byte)[(int)CostClass.Count];
        for (int i = 0; i < slots.Length; i++)
        {
            byte unit = (CostClass)i switch
            {
                CostClass.Load or CostClass.LoadDouble or CostClass.Store or CostClass.StoreDouble => M7Pipeline.LoadStore,
                CostClass.Multiply or CostClass.MultiplyAccumulate or CostClass.LongMultiply or CostClass.Dsp => M7Pipeline.MultiplyUnit,
                CostClass.Branch or CostClass.BranchConditional or CostClass.BranchLink or CostClass.BranchIndirect => M7Pipeline.BranchUnit,
                >= CostClass.FloatMove and <= CostClass.DoubleDivide => M7Pipeline.FloatUnit,
                CostClass.Alu or CostClass.Nop or CostClass.It => Any,
                _ => All,
            };
            slots[i] = unit == All ? (All, All) : ((byte)(unit | Any), (byte)(unit & ~Any | Second));
        }
        return slots;
    }

    public static M7Latency[] Latencies()
    {
        var table = new M7Latency[(int)CostClass.Count];
        Array.Fill(table, new M7Latency(1, 1));
        foreach (var (c, late, early) in M7Rows) table[(int)c] = new(late, early);
        return table;
    }

    //   class                          result usable after: in an execute stage, for an address
    private static readonly (CostClass Class, int Late, int Early)[] M7Rows =
    [
        (CostClass.Alu,                 1, 1),
        (CostClass.Dsp,                 2, 2),
        (CostClass.Multiply,            2, 2),
        (CostClass.MultiplyAccumulate,  2, 3),
        (CostClass.LongMultiply,        2, 3),
        (CostClass.Divide,              2, 2),
        // Loaded data meet the late ALU one cycle after issue; address generation is two stages before it.
        (CostClass.Load,                1, 3),
        (CostClass.LoadDouble,          1, 3),
        (CostClass.LoadMultiple,        1, 3),
        (CostClass.BranchLink,          1, 1),
    ];
}

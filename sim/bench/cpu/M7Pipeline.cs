using System.Runtime.CompilerServices;

namespace SharpProbe.Sim.Cpu;

/// <summary>
/// In-order dual issue of the Cortex-M7 (DDI0489, "superscalar pipeline with two load/store pipes and two ALUs"). Two instructions share a cycle when the second needs
/// nothing that the first produces in that cycle and no unit that the first has taken. Results that come later are kept as masks of registers that are
/// not ready, one 16-bit lane for each of the next four cycles: one set for consumers in the execute stages, one for address generation, which is earlier.
/// </summary>
internal readonly unsafe struct M7Pipeline : IPipeline
{
    /// <summary>Bits of <see cref="Op.Needs"/> and <see cref="Op.Blocks"/>.</summary>
    public const byte SlotAny = 1, LoadStore = 2, MultiplyUnit = 4, BranchUnit = 8, FloatUnit = 16, Alone = 32, SecondSlot = 128, All = 0xFF;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Issue(Core c, Op* op)
    {
        if (c.InstructionAddress >> CacheTags.LineBits != c._line) c.FetchLine(c.InstructionAddress >> CacheTags.LineBits);
        uint conflict = (uint)c._late & op->Reads | (uint)c._early & op->AddressReads | (uint)c._taken & op->Needs;
        if (conflict != 0) Advance(c, op);
        c._taken = (byte)(c._taken == 0 ? op->Blocks : All);
        ref readonly var latency = ref c._latencies[(int)op->Cost];
        c._late |= op->Writes * latency.Late;
        c._early |= op->Writes * latency.Early;
    }

    private static void Advance(Core c, Op* op)
    {
        do
        {
            c.Time.Cycles++;
            c._late >>= 16;
            c._early >>= 16;
            c._taken = 0;
        }
        while (((uint)c._late & op->Reads | (uint)c._early & op->AddressReads) != 0);
    }
}

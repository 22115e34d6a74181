using System.Runtime.CompilerServices;

namespace SharpProbe.Sim.Cpu;

/// <summary>One instruction after the other: Cortex-M0+, M3 and M4. Base cost from the table; branches, divisions and devices add their own.</summary>
internal readonly unsafe struct SimplePipeline : IPipeline
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Issue(Core c, Op* op) => c.Time.Cycles += c._costs[(int)op->Cost] + op->Count;
}

namespace SharpProbe.Sim.Cpu;

/// <summary>
/// When a result can be used, as factors that spread the mask of written registers over the lanes of "not ready" masks:
/// lane n set means not in the n-th cycle after issue.
/// </summary>
internal readonly struct M7Latency(int late, int early)
{
    private static readonly ulong[] Lanes = [0, 0x1, 0x1_0001, 0x1_0001_0001, 0x1_0001_0001_0001];

    /// <summary>For consumers in the execute stages.</summary>
    public readonly ulong Late = Lanes[late];

    /// <summary>For address generation.</summary>
    public readonly ulong Early = Lanes[early];
}

namespace SharpProbe.Sim.Qemu;

/// <summary>A difference that is QEMU's, with the section of the manual that says so.</summary>
/// <param name="Instruction">Start of the disassembly it concerns.</param>
/// <param name="Detail">Part of the detail line it concerns.</param>
/// <param name="Reason">What the manual says and where.</param>
public sealed record ExplainedDifference(string Instruction, string Detail, string Reason)
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<ExplainedDifference> All { get; } = [];

    public static string? Find(IReadOnlyList<TestLine> lines, IReadOnlyList<string> details)
    {
        foreach (var known in All)
            if (details.All(d => d.Contains(known.Detail)) && lines.Any(l => l.ToString().Contains(known.Instruction))) return known.Reason;
        return null;
    }
}

namespace SharpProbe.Sim.Qemu;

/// <summary>What a comparison found.</summary>
/// <param name="Instructions">Instructions under test that both machines ran.</param>
/// <param name="Counts">The same, by group.</param>
/// <param name="Differences">Up to a limit.</param>
/// <param name="Elapsed">Wall time.</param>
public sealed record ComparisonResult(long Instructions, IReadOnlyDictionary<string, long> Counts, IReadOnlyList<Difference> Differences, TimeSpan Elapsed);

namespace SharpProbe.Sim.Qemu;

/// <summary>A compiled program's run on both machines.</summary>
/// <param name="Expected">Console output under QEMU.</param>
/// <param name="Actual">Console output on the bench.</param>
/// <param name="ExpectedExit">Exit code under QEMU.</param>
/// <param name="ActualExit">Exit code on the bench; null if it did not end.</param>
/// <param name="MemoryDifferences">The first differing byte of each writable section, as text.</param>
public sealed record CompiledResult(string Expected, string Actual, int ExpectedExit, int? ActualExit, IReadOnlyList<string> MemoryDifferences)
{
    public bool Same => Expected == Actual && ExpectedExit == ActualExit && MemoryDifferences.Count == 0;
}

namespace SharpProbe.Sim.Qemu;

/// <summary>A generated program: its code, the contents of the window, and where its snapshots are.</summary>
public sealed record TestBlock(byte[] Code, byte[] Window, List<TestLine> Lines, List<Snapshot> Snapshots, uint LogBottom, Dictionary<string, int> Counts, int Instructions);

namespace SharpProbe.Sim.Qemu;

/// <summary>Two machines disagree after the same instruction.</summary>
/// <param name="Seed">Seed of the block, for <see cref="BlockGenerator.Generate"/>.</param>
/// <param name="Lines">The instructions since the last snapshot that was equal.</param>
/// <param name="Details">One register or memory word a line: name, QEMU's value, the bench's.</param>
public sealed record Difference(ulong Seed, IReadOnlyList<TestLine> Lines, IReadOnlyList<string> Details)
{
    public override string ToString() =>
        $"seed {Seed}\n" + string.Join("\n", Lines.Select(l => "  " + l).Concat(Details.Select(d => "    " + d)));
}

namespace SharpProbe.Sim.Elf;

/// <summary>Code from <paramref name="Address"/> up to <paramref name="End"/> (not included) belongs to one line.</summary>
internal readonly record struct LineRow(uint Address, uint End, string Path, int Line);

namespace SharpProbe.Sim.Elf;

/// <summary>A place in a source file.</summary>
public readonly record struct SourceLine(string Path, int Line)
{
    /// <summary>File name without its folders.</summary>
    public string File => Path[(Path.LastIndexOfAny(['/', '\\']) + 1)..];

    public override string ToString() => $"{File}:{Line}";
}

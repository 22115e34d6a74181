namespace SharpProbe.Sim.Elf;

/// <summary>A function: its name for people, its first symbol, and its code.</summary>
public sealed record CodeRange(string Name, string Symbol, uint Address, uint Size)
{
    public bool Contains(uint pc) => pc - Address < Size;
}

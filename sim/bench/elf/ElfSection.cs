namespace SharpProbe.Sim.Elf;

/// <summary>A section header and the bytes it stands for (empty for NOBITS).</summary>
public sealed record ElfSection(string Name, uint Type, uint Flags, uint Address, uint Size, uint Link, ReadOnlyMemory<byte> Data)
{
    /// <summary>SHF_ALLOC: part of the program in memory.</summary>
    public bool Allocated => (Flags & 2) != 0;
    /// <summary>SHF_EXECINSTR.</summary>
    public bool Executable => (Flags & 4) != 0;
}

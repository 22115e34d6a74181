namespace SharpProbe.Build.Elf;

/// <summary>A section of an object file with its relocations (ELF for the Arm Architecture; System V ABI, chapter 4).</summary>
sealed class ElfSection(string name)
{
    public const uint ProgBits = 1, SymTab = 2, StrTab = 3, NoBits = 8, Rel = 9;

    public string Name { get; } = name;

    public uint Type { get; set; } = ProgBits;

    public uint Flags { get; set; }

    public uint Address { get; set; }

    public uint Alignment { get; set; } = 1;

    public uint EntrySize { get; set; }

    /// <summary>sh_link and sh_info of sections that are neither symbols nor relocations.</summary>
    public ElfSection? Link { get; set; }

    public uint Info { get; set; }

    public byte[] Data { get; set; } = [];

    /// <summary>Size in bytes; differs from the data's length for .bss only.</summary>
    public uint Size { get; set; }

    public List<ElfRelocation> Relocations { get; set; } = [];
}

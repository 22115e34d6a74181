namespace SharpProbe.Sim.Elf;

/// <summary>The debug sections of one ELF file; those that are missing are empty.</summary>
internal sealed class DwarfSections(ElfFile elf)
{
    private readonly ReadOnlyMemory<byte> _strings = elf.Section(".debug_str"), _lineStrings = elf.Section(".debug_line_str");

    public ReadOnlyMemory<byte> Info { get; } = elf.Section(".debug_info");
    public ReadOnlyMemory<byte> Abbreviations { get; } = elf.Section(".debug_abbrev");
    public ReadOnlyMemory<byte> Lines { get; } = elf.Section(".debug_line");

    public string String(uint offset) => new DwarfCursor(_strings.Span, Checked(offset)).Text();

    public string LineString(uint offset) => new DwarfCursor(_lineStrings.Span, Checked(offset)).Text();

    private static int Checked(uint offset) =>
        offset <= int.MaxValue ? (int)offset : throw new InvalidDataException("DWARF string offset outside its section");
}

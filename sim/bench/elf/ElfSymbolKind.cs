namespace SharpProbe.Sim.Elf;

/// <summary>STT_ values of a symbol (ELF specification, "Symbol Types").</summary>
public enum ElfSymbolKind
{
    NoType,
    Object,
    Function,
    Section,
    File,
}

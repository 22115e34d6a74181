namespace SharpProbe.Sim.Elf;

/// <summary>An entry of .symtab. Bit 0 of a Thumb function's address is set in the file (ELF for the Arm Architecture, 5.5.3) and is taken off here.</summary>
public sealed record ElfSymbol(string Name, uint Address, uint Size, ElfSymbolKind Kind, bool Global, int Section);

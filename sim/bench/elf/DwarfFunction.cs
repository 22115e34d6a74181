namespace SharpProbe.Sim.Elf;

/// <summary>A DW_TAG_subprogram that has code: where it is, what it and the type around it are called.</summary>
internal readonly record struct DwarfFunction(uint Address, uint Size, string Name, string? Type, string? LinkageName);

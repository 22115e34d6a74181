namespace SharpProbe.Sim.Elf;

/// <summary>An attribute's value: a number, address, offset or reference; or a text.</summary>
internal readonly record struct DwarfValue(ulong Number, string? Text = null);

namespace SharpProbe.Build.Registers;

/// <summary>A register: byte offset in its peripheral, width in bits, value after reset.</summary>
sealed record SvdRegister(string Name, uint Offset, int Width, uint Reset, IReadOnlyList<SvdField> Fields);

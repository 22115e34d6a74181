namespace SharpProbe.Build.Registers;

/// <summary>A bit field: lowest bit and width in bits.</summary>
sealed record SvdField(string Name, int Low, int Bits);

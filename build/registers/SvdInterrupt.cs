namespace SharpProbe.Build.Registers;

/// <summary>An interrupt's name and number (exception number minus 16).</summary>
sealed record SvdInterrupt(string Name, int Number);

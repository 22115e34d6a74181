namespace SharpProbe.Build.Registers;

/// <summary>A peripheral instance with its registers (its own, or those of the peripheral that it is derived from).</summary>
sealed record SvdPeripheral(string Name, string Layout, uint Address, IReadOnlyList<SvdRegister> Registers, IReadOnlyList<SvdInterrupt> Interrupts);

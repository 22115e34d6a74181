namespace SharpProbe.Sim.Chips;

/// <summary>A bit or field of a register with the manual's name for it.</summary>
public readonly record struct BitName(string Name, uint Mask);

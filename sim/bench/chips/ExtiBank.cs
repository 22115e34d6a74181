namespace SharpProbe.Sim.Chips;

/// <summary>One set of 32 EXTI lines: masks of the lines that exist, by kind.</summary>
public readonly record struct ExtiBank(uint Configurable, uint Implemented, uint ImrReset);

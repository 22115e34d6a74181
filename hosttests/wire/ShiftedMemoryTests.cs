namespace SharpProbe.Tests.Wire;

/// <summary>Memory is the same where words come through a shifter.</summary>
public class ShiftedMemoryTests() : MemoryTests(27_000_000);

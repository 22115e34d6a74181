namespace SharpProbe.Tests.Wire;

/// <summary>What goes wrong is the same where words come through a shifter.</summary>
public class ShiftedFailureTests() : FailureTests(27_000_000);

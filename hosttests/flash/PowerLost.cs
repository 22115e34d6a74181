namespace SharpProbe.Tests.Flashing;

/// <summary>What the fake's caller never gets to see on silicon: nothing runs after it.</summary>
public sealed class PowerLost() : Exception("power lost");

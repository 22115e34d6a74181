namespace SharpProbe.Sim;

/// <summary>How long the bus to a range of peripherals is busy.</summary>
/// <param name="Address">First address.</param>
/// <param name="Size">Bytes.</param>
/// <param name="ReadCycles">Core cycles from the issue of a load to its data.</param>
/// <param name="WriteCycles">Core cycles that one store occupies the bus; the store buffer hides it until it is full.</param>
public sealed record BusWindow(uint Address, uint Size, uint ReadCycles, uint WriteCycles);

namespace SharpProbe.Sim.Pins;

/// <summary>A wire's new level. <paramref name="Time"/> in femtoseconds; never goes back within one bench.</summary>
public readonly record struct NetChange(Net Net, Level Before, Level After, ulong Time);

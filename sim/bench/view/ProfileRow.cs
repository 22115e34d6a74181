namespace SharpProbe.Sim.View;

/// <summary>A line of the profile: a function, apart for thread mode and for each exception that it runs in.</summary>
public sealed record ProfileRow(string Context, string Function, ulong Cycles, ulong TotalCycles, ulong Instructions, ulong Calls);

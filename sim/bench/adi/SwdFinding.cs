namespace SharpProbe.Sim.Adi;

/// <summary>Something a host did on the wire that silicon does not promise to bear, e.g. SWDIO that changes at the clock's edge.</summary>
/// <param name="Time">Femtoseconds.</param>
public readonly record struct SwdFinding(ulong Time, string Text);

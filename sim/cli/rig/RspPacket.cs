namespace SharpProbe.Sim.Cli.Rig;

/// <summary>A packet of the remote serial protocol. Times in femtoseconds, of the first and the last byte.</summary>
/// <param name="ToProbe">From gdb.</param>
/// <param name="Text">Its beginning, unprintable bytes as dots.</param>
/// <param name="Length">Bytes between $ and #.</param>
public sealed record RspPacket(bool ToProbe, string Text, int Length, ulong Start, ulong End);

namespace SharpProbe.Sim.Gdb;

/// <summary>The Z packets' numbers for watchpoints (gdb manual, "Packets").</summary>
public enum WatchKind
{
    Write = 2,
    Read = 3,
    Access = 4,
}

namespace SharpProbe.Sim.Gdb;

/// <summary>Why the program stands still, in gdb's signal numbers where it has one, and in words when they help.</summary>
public sealed record StopReason(int Signal, string? Message = null, (Watchpoint Point, uint Address)? Watch = null, int? ExitCode = null)
{
    public const int Interrupt = 2, Trap = 5, Abort = 6, Fault = 11;
}

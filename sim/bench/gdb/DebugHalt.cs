namespace SharpProbe.Sim.Gdb;

/// <summary>Ends a run at an instruction boundary because a debugger wants to look. Never reaches a user.</summary>
public sealed class DebugHalt : Exception;

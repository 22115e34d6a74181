using SharpProbe.Sim.Boards;

namespace SharpProbe.Sim.Targets;

/// <summary>A chip that the bench can put on a probe's wires.</summary>
/// <param name="Name">As the command line has it.</param>
/// <param name="Family">The maker's name of the family: "STM32F1".</param>
/// <param name="Words">What it is, for people.</param>
/// <param name="Build">A new one beside a probe, not connected yet.</param>
public sealed record TargetEntry(string Name, string Family, string Words, Func<Machine, SimTarget> Build);

namespace SharpProbe.Sim;

/// <summary>
/// The bench refuses to go on: the firmware did something that the model does not know or that silicon would punish.
/// The message names the register, pin or rule; the machine adds program counter, C# function and cycle.
/// </summary>
public sealed class BenchStop(string message) : Exception(message);

namespace SharpProbe.Sim.Boards;

/// <summary>Why and where a machine stopped.</summary>
/// <param name="Message">Names the register, pin or rule.</param>
/// <param name="Pc">Address of the instruction.</param>
/// <param name="Cycle">Core cycles since power-on.</param>
/// <param name="Time">Femtoseconds since power-on.</param>
public sealed record MachineStop(string Message, uint Pc, ulong Cycle, ulong Time)
{
    public override string ToString() => $"pc 0x{Pc:X8}, cycle {Cycle}: {Message}";
}

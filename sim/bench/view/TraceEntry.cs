namespace SharpProbe.Sim.View;

/// <summary>One executed instruction. <paramref name="Changed"/> has bit n set when entry n of <paramref name="Registers"/> has a new value.</summary>
public readonly record struct TraceEntry(ulong Cycle, uint Address, uint Opcode, uint Changed, RegisterSnapshot Registers);

namespace SharpProbe.Sim.Fpu;

/// <summary>What an operand is after unpacking (FPType of the ARMv7-M ARM's pseudocode; denormals are finite here).</summary>
internal enum FloatKind { Zero, Finite, Infinity, QuietNaN, SignallingNaN }

namespace SharpProbe.Sim.Cpu.Decoding;

/// <summary>The architecture that an encoding came with.</summary>
internal enum Requires
{
    V6M,
    V7M,
    /// <summary>ARMv7E-M.</summary>
    Dsp,
}

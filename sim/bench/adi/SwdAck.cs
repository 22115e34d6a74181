namespace SharpProbe.Sim.Adi;

/// <summary>The three acknowledge bits, first on the wire in bit 0 (IHI 0031E, chapter B4).</summary>
public enum SwdAck : byte
{
    Ok = 0b001,
    Wait = 0b010,
    Fault = 0b100,
    /// <summary>Nobody drives the line.</summary>
    None = 0b111,
}

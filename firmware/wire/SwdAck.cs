namespace SharpProbe.Wire;

/// <summary>How a transaction ended: the three bits of the acknowledge, first bit lowest (IHI 0031, "Serial Wire Debug protocol"), or what was wrong with the data.</summary>
public enum SwdAck : byte
{
    Ok = 1,
    Wait = 2,
    Fault = 4,

    /// <summary>Nobody drives the line: the board or the target pulls it up.</summary>
    NoAnswer = 7,

    /// <summary>OK, but the parity of the data is wrong, also when they were asked for again.</summary>
    Parity = 8,
}

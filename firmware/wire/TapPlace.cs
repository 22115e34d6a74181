namespace SharpProbe.Wire;

/// <summary>Where one TAP is in a chain. "Before" is what lies between it and TDO: those bits come and go first.</summary>
/// <param name="irLength">Bits of its instruction register.</param>
/// <param name="before">TAPs between it and TDO; each is one bit while bypassed.</param>
/// <param name="after">TAPs between TDI and it.</param>
/// <param name="irBefore">Bits of the instruction registers of those before.</param>
public readonly struct TapPlace(int irLength, int before, int after, int irBefore, int irAfter)
{
    public int IrLength { get; } = irLength;
    public int Before { get; } = before;
    public int After { get; } = after;
    public int IrBefore { get; } = irBefore;
    public int IrAfter { get; } = irAfter;

    public bool Is(TapPlace other) => Before == other.Before && After == other.After && IrBefore == other.IrBefore && IrAfter == other.IrAfter && IrLength == other.IrLength;
}

namespace SharpProbe.Sim.Chips.Efm32;

/// <summary>The bus clock switches in the CMU of the EFR32xG22 (reference manual, "CMU"): kept; the MSC's counts. Everything else of it reads as zero.</summary>
public sealed class CmuS2 : Peripheral
{
    private const int MscBit = 17;

    private readonly Register _enables;

    public CmuS2() : base("CMU")
    {
        Add(new() { Name = "CLKEN0", Offset = 0x64 });
        _enables = Add(new() { Name = "CLKEN1", Offset = 0x68 });
    }

    public bool MscOn => _enables[MscBit];
}

namespace SharpProbe.Sim.Chips;

/// <summary>What the converters share (RM0431 15.13.16): the prescaler is modelled.</summary>
public sealed class AdcCommon : Peripheral
{
    private readonly Register _ccr;

    public AdcCommon() : base("C_ADC") => _ccr = Add(new()
    {
        Name = "CCR", Offset = 0x04, ReadMask = 0x00C3_EF1F, WriteMask = 0x00C3_EF1F,
        Unmodelled = [new("MULTI", 0x1F), new("DELAY, DDS or DMA", 0xEF00), new("VBATE or TSVREFE", 0x00C0_0000)],
    });

    /// <summary>PCLK2 cycles to one of ADCCLK: 2, 4, 6 or 8.</summary>
    public uint Divider => 2 * (_ccr.Field(16, 2) + 1);
}

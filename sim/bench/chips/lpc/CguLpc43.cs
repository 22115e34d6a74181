namespace SharpProbe.Sim.Chips.Lpc;

/// <summary>Clock generation of the LPC43xx (UM10503 13, SVD), of which the core's source alone matters: the internal oscillator of 12 MHz.</summary>
public sealed class CguLpc43 : Peripheral
{
    private const uint Internal = 1;

    public CguLpc43() : base("CGU") => Add(new()
    {
        Name = "BASE_M4_CLK", Offset = 0x6C, Reset = Internal << 24, WriteMask = 0x1F00_0801, Widths = 7,
        OnWrite = (_, value) =>
        {
            if (value >> 24 != Internal || (value & 1) != 0) throw new BenchStop($"CGU.BASE_M4_CLK: 0x{value:X8} written; anything but the internal oscillator is not modelled");
        },
    });
}

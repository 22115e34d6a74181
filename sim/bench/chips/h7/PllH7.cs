using SharpProbe.Sim.Chips.Clocks;

namespace SharpProbe.Sim.Chips.H7;

/// <summary>One of the three PLLs (RM0433 8.5.5): ranges are checked when it is turned on.</summary>
public sealed class PllH7(int number, Oscillator oscillator)
{
    private const ulong Mega = 1_000_000;

    /// <summary>Input range in MHz that PLLxRGE declares.</summary>
    private static readonly (ulong Min, ulong Max)[] InputRanges = [(1, 2), (2, 4), (4, 8), (8, 16)];

    public int Number { get; } = number;
    public Oscillator Oscillator { get; } = oscillator;
    public ulong Vco { get; private set; }
    private uint P { get; set; }
    private uint Q { get; set; }
    private uint R { get; set; }

    /// <summary>Output P, Q or R in Hz; 0 while the PLL is not locked or the output is off.</summary>
    public ulong OutputP => Oscillator.Ready && P != 0 ? Vco / P : 0;
    public ulong OutputQ => Oscillator.Ready && Q != 0 ? Vco / Q : 0;
    public ulong OutputR => Oscillator.Ready && R != 0 ? Vco / R : 0;

    /// <summary>Takes the settings and checks them.</summary>
    /// <param name="input">Hz before DIVM.</param>
    /// <param name="divm">PLLCKSELR.DIVMx.</param>
    /// <param name="configuration">PLLCFGR, shifted: FRACEN 0, VCOSEL 1, RGE 2 and 3.</param>
    /// <param name="outputs">DIVPxEN, DIVQxEN, DIVRxEN in bits 0 to 2.</param>
    /// <param name="divr">PLLxDIVR.</param>
    /// <param name="fraction">FRACN.</param>
    public void Configure(ulong input, uint divm, uint configuration, uint outputs, uint divr, uint fraction)
    {
        string name = $"PLL{Number}";
        if (divm == 0) throw new BenchStop($"RCC: {name} turned on with DIVM{Number} = 0, which stops its input");
        ulong reference = input / divm;
        var (min, max) = InputRanges[configuration >> 2 & 3];
        if (reference < min * Mega || reference > max * Mega)
            throw new BenchStop($"RCC: {name} input {reference} Hz is outside {min} to {max} MHz, which PLL{Number}RGE declares");
        uint n = (divr & 0x1FF) + 1;
        if (n < 4) throw new BenchStop($"RCC: DIVN{Number} = {n} is not allowed (4 to 512)");
        Vco = reference * n + ((configuration & 1) != 0 ? reference * fraction / 8192 : 0);
        bool medium = (configuration & 2) != 0;
        if (medium && reference > 2 * Mega) throw new BenchStop($"RCC: {name} with VCOSEL = 1 takes an input of 1 to 2 MHz, not {reference} Hz");
        if (!medium && reference < 2 * Mega) throw new BenchStop($"RCC: {name} with VCOSEL = 0 takes an input of 2 to 16 MHz, not {reference} Hz");
        var (low, high) = medium ? (150ul, 420ul) : (192, 836);
        if (Vco < low * Mega || Vco > high * Mega) throw new BenchStop($"RCC: {name} VCO at {Vco} Hz is outside {low} to {high} MHz (VCOSEL = {(medium ? 1 : 0)})");
        uint p = (divr >> 9 & 0x7F) + 1;
        if (Number == 1 && p % 2 != 0) throw new BenchStop($"RCC: DIVP1 = {p}: PLL1 divides by even numbers only");
        P = (outputs & 1) != 0 ? p : 0;
        Q = (outputs & 2) != 0 ? (divr >> 16 & 0x7F) + 1 : 0;
        R = (outputs & 4) != 0 ? (divr >> 24 & 0x7F) + 1 : 0;
    }
}

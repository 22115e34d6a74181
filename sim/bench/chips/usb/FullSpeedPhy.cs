namespace SharpProbe.Sim.Chips.Usb;

/// <summary>The full-speed transceiver inside the chip (RM0431 and RM0433, "OTG functional description": it runs on the 48 MHz clock).</summary>
/// <param name="pins">Data lines.</param>
/// <param name="clock">Hz of the 48 MHz clock, and what chooses it.</param>
/// <param name="supply">Why the transceiver has no supply, or null.</param>
public sealed class FullSpeedPhy(OtgPins pins, Func<(ulong Hertz, string Source)> clock, Func<string?> supply) : OtgPhy
{
    /// <summary>USB 2.0, 7.1.11: 12 Mbit/s within 0.25 %.</summary>
    private const ulong Nominal = 48_000_000, Tolerance = Nominal / 400;

    public override bool HighSpeed => false;
    public override BitName Power => new("PWRDWN", 1 << 16);

    public override string? NoClock(bool fullSpeedSelected, bool powered)
    {
        if (!fullSpeedSelected) return "GUSBCFG.PHYSEL = 0 chooses a ULPI transceiver, and the board has none";
        var (hertz, source) = clock();
        if (hertz == 0) return $"the 48 MHz clock is off ({source})";
        return hertz is >= Nominal - Tolerance and <= Nominal + Tolerance ? null : $"the 48 MHz clock runs at {hertz} Hz ({source})";
    }

    public override string? NoLine => pins.Missing ?? supply();
}

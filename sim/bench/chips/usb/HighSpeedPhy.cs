namespace SharpProbe.Sim.Chips.Usb;

/// <summary>The high-speed transceiver inside the STM32F723, clocked by its own controller (RM0431 chapter "USB PHY controller").</summary>
/// <param name="pins">Data lines.</param>
/// <param name="controller">USBPHYC.</param>
/// <param name="ulpiClock">RCC_AHB1ENR.OTGHSULPIEN: the clock from transceiver to core passes this gate.</param>
public sealed class HighSpeedPhy(OtgPins pins, Usbphyc controller, Func<bool> ulpiClock) : OtgPhy
{
    public override bool HighSpeed => true;
    public override BitName Power => new("PHYHSEN", 1 << 23);

    public override string? NoClock(bool fullSpeedSelected, bool powered)
    {
        if (fullSpeedSelected) return "GUSBCFG.PHYSEL = 1 chooses a full-speed transceiver, and the high-speed one is inside";
        if (!ulpiClock()) return "RCC_AHB1ENR.OTGHSULPIEN = 0";
        if (!powered) return "GCCFG.PHYHSEN = 0";
        return controller.NoClock;
    }

    public override string? NoLine => pins.Missing;
}

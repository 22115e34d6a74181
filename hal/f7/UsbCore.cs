using static SharpProbe.Hal.F7.Chip;

namespace SharpProbe.Hal.F7;

/// <summary>The OTG_HS core of the STM32F72x with one of its two transceivers.</summary>
public static unsafe class UsbCore
{
    private const uint OtgHs = 0x4004_0000;
    private const int Interrupt = 77, Endpoints = OtgCores.EndpointsF7, FifoWords = OtgCores.FifoWordsF7;

    private static Pin Minus => new(GPIOB, 14);
    private static Pin Plus => new(GPIOB, 15);

    /// <summary>With the high-speed transceiver of the STM32F723.</summary>
    public static OtgController HighSpeed => new(OtgHs, OtgPhy.HighSpeed, Interrupt, Endpoints, FifoWords, &PrepareHighSpeed);

    /// <summary>With the full-speed transceiver on PB14 and PB15: more endpoints than OTG_FS has.</summary>
    public static OtgController FullSpeed => new(OtgHs, OtgPhy.FullSpeed, Interrupt, Endpoints, FifoWords, &PrepareFullSpeed);

    /// <summary>
    /// The transceiver's controller USBPHYC (RM0431 chapter 33) makes the clock from a 25 MHz HSE; the order and the settling time matter:
    /// cold starts fail without them.
    /// </summary>
    private static void PrepareHighSpeed()
    {
        const uint phyControllerEnable = 1u << 31;                 // RCC_APB2ENR.OTGPHYCEN, which the vendor's data leave out
        const uint pll = 0x00, tune = 0x0C, ldo = 0x18;
        RCC->AHB1ENR |= RCC_AHB1ENR.OTGHSEN | RCC_AHB1ENR.OTGHSULPIEN;
        RCC->APB2ENR |= phyControllerEnable;
        _ = RCC->APB2ENR;
        Plus.Alternate(12, speed: PinSpeed.VeryHigh);
        Minus.Alternate(12, speed: PinSpeed.VeryHigh);
        var phy = new OtgBlock(0x4001_7C00);
        phy[ldo] |= 1 << 2;                                        // regulator on
        while ((phy[ldo] & 2) == 0) { }
        phy[pll] = 5 << 1;                                         // 25 MHz
        phy[pll] |= 1;
        phy[tune] |= 0x0F13;                                       // currents, compensation, trim: ST's values
        Settle();
        var core = new OtgBlock(OtgHs);
        core[OtgBlock.GCCFG] |= 1u << 23;                          // PHYHSEN
    }

    private static void PrepareFullSpeed()
    {
        RCC->AHB1ENR |= RCC_AHB1ENR.OTGHSEN;
        RCC->AHB1LPENR &= ~RCC_AHB1LPENR.OTGHSULPILPEN;            // in sleep the core would wait for a ULPI clock that nobody gives
        _ = RCC->AHB1ENR;
        Plus.Alternate(12, speed: PinSpeed.VeryHigh);
        Minus.Alternate(12, speed: PinSpeed.VeryHigh);
        var core = new OtgBlock(OtgHs);
        core[OtgBlock.GUSBCFG] |= 1 << 6;                          // PHYSEL
        core[OtgBlock.GCCFG] |= 1 << 16;                           // PWRDWN: transceiver on
    }

    /// <summary>2 ms for the transceiver's PLL.</summary>
    private static void Settle()
    {
        uint start = CycleCounter.Now;
        while (CycleCounter.Now - start < Clocks.CoreHertz / 1000 * 2 + Clocks.CoreHertz / 10_000) { }
    }
}

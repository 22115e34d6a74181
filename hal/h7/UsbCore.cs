using static SharpProbe.Hal.H7.Chip;

namespace SharpProbe.Hal.H7;

/// <summary>The OTG2_HS core of the STM32H74x with its full-speed transceiver on PA11 and PA12 ("OTG_FS" in the vector table).</summary>
public static unsafe class UsbCore
{
    private const uint Otg2 = 0x4008_0000;
    private const int Interrupt = 101, Endpoints = OtgCores.EndpointsH7, FifoWords = OtgCores.FifoWordsH7;

    public static OtgController FullSpeed => new(Otg2, OtgPhy.FullSpeed, Interrupt, Endpoints, FifoWords, &Prepare);

    private static void Prepare()
    {
        PWR->CR3 |= PWR_CR3.USB33DEN;
        while ((PWR->CR3 & PWR_CR3.USB33RDY) == 0) { }
        RCC->D2CCIP2R = RCC->D2CCIP2R & ~RCC_D2CCIP2R.USBSEL_Mask | RCC_D2CCIP2R.USBSEL(2);    // PLL3 Q, 48 MHz
        RCC->AHB1ENR |= RCC_AHB1ENR.USB2OTGHSEN;
        RCC->AHB1LPENR &= ~RCC_AHB1LPENR.USB2OTGHSULPILPEN;        // in sleep the core would wait for a ULPI clock that nobody gives
        _ = RCC->AHB1ENR;
        new Pin(GPIOA, 11).Alternate(10, speed: PinSpeed.VeryHigh);
        new Pin(GPIOA, 12).Alternate(10, speed: PinSpeed.VeryHigh);
        var core = new OtgBlock(Otg2);
        core[OtgBlock.GUSBCFG] |= 1 << 6;                          // PHYSEL
        core[OtgBlock.GCCFG] |= 1 << 16;                           // PWRDWN: transceiver on
    }
}

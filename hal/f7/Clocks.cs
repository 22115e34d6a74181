using static SharpProbe.Hal.F7.Chip;

namespace SharpProbe.Hal.F7;

/// <summary>
/// STM32F72x clock tree: PLL to 216 MHz with over-drive, AHB 216, APB1 54, APB2 108, 48 MHz for USB (RM0431 4.1.4 and 5.2; data sheet DS11853, table 17).
/// </summary>
public static unsafe class Clocks
{
    public const uint CoreHertz = 216_000_000, Apb1Hertz = 54_000_000, Apb2Hertz = 108_000_000;

    private const uint VcoMegahertz = 432, HsiMegahertz = 16;

    /// <summary>HSERDY is polled this often: 20 ms at 16 MHz, ten times a crystal's typical start-up.</summary>
    private const int StartupPolls = 40_000;

    /// <summary>Starts from reset state; tries the board's kind of oscillator first, then the other, then HSI.</summary>
    public static ClockSource Start(ClockSource preferred, uint hseHertz)
    {
        RCC->APB1ENR |= RCC_APB1ENR.PWREN;
        ClockSource source = ExternalOscillator.Start((uint*)RCC, preferred, StartupPolls);
        bool internalOscillator = source == ClockSource.Hsi;
        const uint fields = RCC_PLLCFGR.PLLM_Mask | RCC_PLLCFGR.PLLN_Mask | RCC_PLLCFGR.PLLP_Mask | RCC_PLLCFGR.PLLQ_Mask | RCC_PLLCFGR.PLLSRC;
        RCC->PLLCFGR = RCC->PLLCFGR & ~fields | RCC_PLLCFGR.PLLM(internalOscillator ? HsiMegahertz : hseHertz / 1_000_000) | RCC_PLLCFGR.PLLN(VcoMegahertz) |
            RCC_PLLCFGR.PLLP(0) | RCC_PLLCFGR.PLLQ(9) | (internalOscillator ? 0 : RCC_PLLCFGR.PLLSRC);
        RCC->CR |= RCC_CR.PLLON;
        PWR->CR1 |= PWR_CR1.ODEN;
        while ((PWR->CSR1 & PWR_CSR1.ODRDY) == 0) { }
        PWR->CR1 |= PWR_CR1.ODSWEN;
        while ((PWR->CSR1 & PWR_CSR1.ODSWRDY) == 0) { }

        const uint latency = 7;                                    // 210 to 216 MHz at 2.7 to 3.6 V (RM0431 table 6)
        FLASH->ACR = FLASH_ACR.LATENCY(latency) | FLASH_ACR.PRFTEN | FLASH_ACR.ARTEN;
        while ((FLASH->ACR & FLASH_ACR.LATENCY_Mask) != latency) { }
        RCC->CFGR = RCC_CFGR.PPRE1(5) | RCC_CFGR.PPRE2(4);         // AHB / 4, AHB / 2
        while ((RCC->CR & RCC_CR.PLLRDY) == 0) { }
        RCC->CFGR |= RCC_CFGR.SW(2);
        while ((RCC->CFGR & RCC_CFGR.SWS_Mask) != RCC_CFGR.SWS(2)) { }
        return source;
    }
}

using static SharpProbe.Hal.H7.Chip;

namespace SharpProbe.Hal.H7;

/// <summary>
/// STM32H743/H750 clock tree: core 216 MHz, AXI and AHB 108, APBs 54, PLL3 Q 48 MHz for USB (RM0433 6.8.4 and 8.5).
/// 216 MHz from 25 MHz with PLL1's input in the range that its wide VCO demands (2 to 16 MHz) needs the fractional divider: 5 MHz x (86 + 3277/8192) / 2, 0.3 ppm high.
/// </summary>
public static unsafe class Clocks
{
    public const uint CoreHertz = 216_000_000, ApbHertz = 54_000_000;

    /// <summary>HSERDY is polled this often: some 20 ms at 64 MHz.</summary>
    private const int StartupPolls = 150_000;

    /// <summary>Input divider, multiplier and fraction (1/8192) of PLL1, input divider of PLL3; VCOs run at 432 and 240 MHz.</summary>
    private readonly struct Dividers(uint m1, uint n1, uint fraction1, uint m3, uint n3)
    {
        public readonly uint M1 = m1, N1 = n1, Fraction1 = fraction1, M3 = m3, N3 = n3;
    }

    /// <summary>Starts from reset state; tries the board's kind of oscillator first, then the other, then HSI. An HSE other than 25 MHz is not planned for.</summary>
    public static ClockSource Start(ClockSource preferred)
    {
        PWR->CR3 = PWR->CR3 & ~PWR_CR3.SCUEN | PWR_CR3.LDOEN;      // the supply must be confirmed once before voltage scaling (RM0433 6.4.1)
        while ((PWR->CSR1 & PWR_CSR1.ACTVOSRDY) == 0) { }
        PWR->D3CR |= PWR_D3CR.VOS(3);                              // scale 1
        while ((PWR->D3CR & PWR_D3CR.VOSRDY) == 0) { }

        ClockSource source = ExternalOscillator.Start((uint*)RCC, preferred, StartupPolls);
        bool internalOscillator = source == ClockSource.Hsi;
        Dividers d = internalOscillator ? new(16, 108, 0, 16, 60) : new(5, 86, 3277, 5, 48);   // inputs of 4 or 5 MHz
        RCC->PLLCKSELR = RCC_PLLCKSELR.PLLSRC(internalOscillator ? 0u : 2u) | RCC_PLLCKSELR.DIVM1(d.M1) | RCC_PLLCKSELR.DIVM3(d.M3);
        RCC->PLLCFGR = RCC_PLLCFGR.PLL1RGE(2) | RCC_PLLCFGR.PLL3RGE(2) | RCC_PLLCFGR.DIVP1EN | RCC_PLLCFGR.DIVQ3EN;
        RCC->PLL1DIVR = RCC_PLL1DIVR.DIVN1(d.N1 - 1) | RCC_PLL1DIVR.DIVP1(2 - 1) | RCC_PLL1DIVR.DIVQ1(9 - 1) | RCC_PLL1DIVR.DIVR1(2 - 1);
        RCC->PLL1FRACR = RCC_PLL1FRACR.FRACN1(d.Fraction1);
        RCC->PLLCFGR |= RCC_PLLCFGR.PLL1FRACEN;
        RCC->PLL3DIVR = RCC_PLL3DIVR.DIVN3(d.N3 - 1) | RCC_PLL3DIVR.DIVP3(5 - 1) | RCC_PLL3DIVR.DIVQ3(5 - 1) | RCC_PLL3DIVR.DIVR3(2 - 1);
        RCC->CR |= RCC_CR.PLL1ON | RCC_CR.PLL3ON;

        const uint latency = 1;                                    // AXI at 108 MHz, scale 1 (RM0433 table 17); programming delay 1 likewise
        FLASH->ACR = FLASH_ACR.LATENCY(latency) | FLASH_ACR.WRHIGHFREQ(1);
        while ((FLASH->ACR & FLASH_ACR.LATENCY_Mask) != latency) { }
        RCC->D1CFGR = RCC_D1CFGR.HPRE(8) | RCC_D1CFGR.D1PPRE(4);   // AXI = core / 2; each APB = AHB / 2
        RCC->D2CFGR = RCC_D2CFGR.D2PPRE1(4) | RCC_D2CFGR.D2PPRE2(4);
        RCC->D3CFGR = RCC_D3CFGR.D3PPRE(4);
        while ((RCC->CR & (RCC_CR.PLL1RDY | RCC_CR.PLL3RDY)) != (RCC_CR.PLL1RDY | RCC_CR.PLL3RDY)) { }
        RCC->CFGR |= RCC_CFGR.SW(3);
        while ((RCC->CFGR & RCC_CFGR.SWS_Mask) != RCC_CFGR.SWS(3)) { }
        return source;
    }
}

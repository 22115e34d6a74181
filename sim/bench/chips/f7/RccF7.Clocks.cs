using SharpProbe.Sim.Chips.Clocks;

namespace SharpProbe.Sim.Chips.F7;

/// <summary>Clock tree arithmetic (RM0431 figure "Clock tree").</summary>
public sealed partial class RccF7
{
    /// <summary>Input and output range of all three VCOs: RM0431 RCC_PLLCFGR, DS11853 "Main PLL characteristics".</summary>
    private const ulong VcoInMin = 950_000, VcoInMax = 2_100_000, VcoOutMin = 100_000_000, VcoOutMax = 432_000_000, PllOutMax = 216_000_000;

    private ulong _vco;

    private Oscillator SystemSource => _source switch { 0 => Hsi, 1 => Hse, _ => Pll };

    public ulong Sysclk => SystemSource.Hertz;
    /// <summary>AHB and core clock, Hz.</summary>
    public ulong Hclk => Sysclk / AhbDivider(_cfgr.Field(4, 4));
    public ulong Pclk1 => Hclk / ApbDivider(_cfgr.Field(10, 3));
    public ulong Pclk2 => Hclk / ApbDivider(_cfgr.Field(13, 3));

    /// <summary>Clock for USB FS, RNG and SDMMC: DCKCFGR2.CK48MSEL. 0: off.</summary>
    public ulong Clock48 => _dckcfgr2[27] ? (PllSai.Ready ? PllSai.Hertz / PllDivider(_pllsaicfgr.Field(16, 2)) : 0) : Pll.Ready ? _vco / _pllcfgr.Field(24, 4) : 0;

    /// <summary>Kernel clock of a USART or UART, 1 to 8: DCKCFGR2.UARTxSEL.</summary>
    public ulong Uart(int number) => _dckcfgr2.Field((number - 1) * 2, 2) switch
    {
        0 => number is 1 or 6 ? Pclk2 : Pclk1,
        1 => Sysclk,
        2 => Hsi.Hertz,
        _ => Lse.Hertz,
    };

    /// <summary>Input clock of all PLLs after M.</summary>
    private ulong VcoIn(string pll)
    {
        var input = _pllcfgr[22] ? Hse : Hsi;
        if (!input.Ready) throw new BenchStop($"RCC: {pll} turned on while its input {input.Name} is not ready");
        uint m = _pllcfgr.Field(0, 6);
        if (m < 2) throw new BenchStop($"RCC.PLLCFGR: PLLM = {m} is not allowed (2 to 63)");
        ulong hertz = input.Hertz / m;
        if (hertz is < VcoInMin or > VcoInMax) throw new BenchStop($"RCC: {pll} input {hertz} Hz is outside 1 to 2 MHz ({input.Name} {input.Hertz} Hz, PLLM = {m})");
        return hertz;
    }

    private ulong Vco(string pll, uint n)
    {
        if (n is < 50 or > 432) throw new BenchStop($"RCC: {pll} N = {n} is not allowed (50 to 432)");
        ulong hertz = VcoIn(pll) * n;
        if (hertz is < VcoOutMin or > VcoOutMax) throw new BenchStop($"RCC: {pll} VCO at {hertz} Hz is outside 100 to 432 MHz");
        return hertz;
    }

    private ulong PllHertz()
    {
        _vco = Vco("PLL", _pllcfgr.Field(6, 9));
        uint q = _pllcfgr.Field(24, 4), p = PllDivider(_pllcfgr.Field(16, 2));
        if (q < 2) throw new BenchStop($"RCC.PLLCFGR: PLLQ = {q} is not allowed (2 to 15)");
        if (_vco / p > PllOutMax) throw new BenchStop($"RCC: PLL output {_vco / p} Hz is above 216 MHz");
        return _vco / p;
    }

    /// <summary>PLLI2S and PLLSAI: their VCO frequency.</summary>
    private ulong SecondaryHertz(Register configuration, string name) => Vco(name, configuration.Field(6, 9));

    private static uint PllDivider(uint field) => 2 * (field + 1);

    private static uint AhbDivider(uint field) => field switch { < 8 => 1, < 12 => 2u << (int)(field - 8), _ => 4u << (int)(field - 8) };

    private static uint ApbDivider(uint field) => field < 4 ? 1 : 2u << (int)(field - 4);

    /// <summary>The switch happens when the source chosen by SW is ready (RM0431 5.2.6).</summary>
    private void Switch()
    {
        uint wanted = _cfgr.Field(0, 2);
        if (wanted == 3) throw new BenchStop("RCC.CFGR: SW = 3 is not allowed");
        var target = wanted switch { 0 => Hsi, 1 => Hse, _ => Pll };
        if (target.Ready) _source = (int)wanted;
        Changed?.Invoke();
    }
}

using SharpProbe.Sim.Chips.Clocks;

namespace SharpProbe.Sim.Chips.H7;

/// <summary>Sources, PLL settings and clock tree arithmetic (RM0433 figure "Top-level clock tree").</summary>
public sealed partial class RccH7
{
    private ulong HsiHertz => HsiFull >> (int)_cr.Field(3, 2);

    public ulong Sysclk => SourceHertz(_source);

    /// <summary>Core clock, Hz.</summary>
    public ulong CpuHertz => Sysclk / Prescaler(_d1cfgr.Field(8, 4));
    /// <summary>AXI and AHB clock, Hz.</summary>
    public ulong Hclk => CpuHertz / Prescaler(_d1cfgr.Field(0, 4));
    public ulong Pclk1 => Hclk / ApbPrescaler(_d2cfgr.Field(4, 3));
    public ulong Pclk2 => Hclk / ApbPrescaler(_d2cfgr.Field(8, 3));
    public ulong Pclk3 => Hclk / ApbPrescaler(_d1cfgr.Field(4, 3));
    public ulong Pclk4 => Hclk / ApbPrescaler(_d3cfgr.Field(4, 3));

    /// <summary>Kernel clock of a USART or UART, 1 to 8: D2CCIP2R.USART16SEL and USART234578SEL. 0: off.</summary>
    public ulong Uart(int number) => (number is 1 or 6 ? _d2ccip2r.Field(3, 3) : _d2ccip2r.Field(0, 3)) switch
    {
        0 => number is 1 or 6 ? Pclk2 : Pclk1,
        1 => Plls[1].OutputQ,
        2 => Plls[2].OutputQ,
        3 => Hsi.Ready ? HsiHertz : 0,
        4 => Csi.Hertz,
        5 => Lse.Hertz,
        _ => 0,
    };

    /// <summary>Clock of the USB cores: D2CCIP2R.USBSEL. 0: off.</summary>
    public ulong Usb => _d2ccip2r.Field(20, 2) switch { 1 => Plls[0].OutputQ, 2 => Plls[2].OutputQ, 3 => Hsi48.Hertz, _ => 0 };

    /// <summary>per_ck: D1CCIPR.CKPERSEL.</summary>
    public ulong Per => _d1ccipr.Field(28, 2) switch { 0 => Hsi.Ready ? HsiHertz : 0, 1 => Csi.Hertz, 2 => Hse.Hertz, _ => 0 };

    private static uint Prescaler(uint field) => field switch { < 8 => 1, < 12 => 2u << (int)(field - 8), _ => 4u << (int)(field - 8) };

    private static uint ApbPrescaler(uint field) => field < 4 ? 1 : 2u << (int)(field - 4);

    private ulong SourceHertz(int source) => source switch { 0 => Hsi.Ready ? HsiHertz : 0, 1 => Csi.Hertz, 2 => Hse.Hertz, _ => Plls[0].OutputP };

    private Oscillator SourceOf(int source) => source switch { 0 => Hsi, 1 => Csi, 2 => Hse, _ => Plls[0].Oscillator };

    private Oscillator? PllInput => (_pllckselr.Value & 3) switch { 0 => Hsi, 1 => Csi, 2 => Hse, _ => null };

    private uint ReadCr()
    {
        uint value = _cr.Value | (Hsi.Ready ? 1u << 5 : 0) | 3u << 14;      // HSIDIVF, D1CKRDY, D2CKRDY
        foreach (var (_, ready, source) in _inCr)
            if (source.Ready) value |= 1u << ready;
        return value;
    }

    private void WriteCr(uint old)
    {
        if (((old ^ _cr.Value) & 0x18) != 0 && PllInput == Hsi && Plls.Any(p => p.Oscillator.On)) throw new BenchStop("RCC.CR: HSIDIV changed while a PLL runs on HSI");
        foreach (var (bit, _, source) in _inCr)
        {
            bool on = _cr[bit];
            if (on == ((old >> bit & 1) != 0)) continue;
            if (on) Start(source);
            else
            {
                RefuseIfUsed(source);
                source.Stop();
            }
        }
        Changed?.Invoke();
    }

    private void Start(Oscillator source)
    {
        if (source == Hsi) source.Start(HsiFull, HsiStart);
        else if (source == Csi) source.Start(CsiHertz, CsiStart);
        else if (source == Hsi48) source.Start(Hsi48Hertz, Hsi48Start);
        else if (source == Hse) _external.StartHse(Hse, bypass: _cr[18]);
        else StartPll(Array.Find(Plls, p => p.Oscillator == source)!);
    }

    private void StartPll(PllH7 pll)
    {
        int i = pll.Number - 1;
        var input = PllInput ?? throw new BenchStop($"RCC: PLL{pll.Number} turned on with PLLSRC = 3, no clock");
        if (!input.Ready) throw new BenchStop($"RCC: PLL{pll.Number} turned on while its input {input.Name} is not ready");
        ulong hertz = input == Hsi ? HsiHertz : input.Hertz;
        pll.Configure(hertz, _pllckselr.Field(4 + 8 * i, 6), _pllcfgr.Field(4 * i, 4), _pllcfgr.Field(16 + 3 * i, 3), _divr[i].Value, _fracr[i].Field(3, 13));
        pll.Oscillator.Start(pll.Vco, PllLock);
    }

    private void RefuseIfUsed(Oscillator source)
    {
        if (source == SourceOf(_source)) throw new BenchStop($"RCC.CR: {source.Name} turned off while it is the system clock");
        if (source == PllInput && Plls.Any(p => p.Oscillator.On)) throw new BenchStop($"RCC.CR: {source.Name} turned off while a PLL runs on it");
    }

    private void CheckDivm(uint old)
    {
        for (int i = 0; i < 3; i++)
            if (((old ^ _pllckselr.Value) >> 4 + 8 * i & 0x3F) != 0 && Plls[i].Oscillator.On) throw new BenchStop($"RCC.PLLCKSELR: DIVM{i + 1} changed while PLL{i + 1}ON = 1");
    }

    private void CheckPllcfgr(uint old)
    {
        uint changed = old ^ _pllcfgr.Value;
        for (int i = 0; i < 3; i++)
            if (((changed >> 4 * i & 0xE) != 0 || (changed >> 16 + 3 * i & 7) != 0) && Plls[i].Oscillator.On)
                throw new BenchStop($"RCC.PLLCFGR: settings of PLL{i + 1} changed while PLL{i + 1}ON = 1");
    }

    private static readonly string[] FlagOrder = ["LSI", "LSE", "HSI", "HSE", "CSI", "HSI48", "PLL1", "PLL2", "PLL3"];

    private void Ready(Oscillator source)
    {
        _cifr[Array.IndexOf(FlagOrder, source.Name)] = true;
        UpdateInterrupt();
        Switch();
    }

    /// <summary>The switch happens when the source chosen by SW is ready.</summary>
    private void Switch()
    {
        uint wanted = _cfgr.Field(0, 3);
        if (wanted > 3) throw new BenchStop($"RCC.CFGR: SW = {wanted} is reserved");
        if (SourceOf((int)wanted).Ready)
        {
            if (SourceHertz((int)wanted) == 0) throw new BenchStop("RCC.CFGR: SW chooses PLL1 while DIVP1EN = 0");
            _source = (int)wanted;
        }
        Changed?.Invoke();
    }
}

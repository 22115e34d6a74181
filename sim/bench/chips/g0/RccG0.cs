using SharpProbe.Sim.Chips.Clocks;

namespace SharpProbe.Sim.Chips.G0;

/// <summary>
/// Reset and clock control of the STM32G07x and G08x (RM0444 5): HSI16 with its divider, HSE, PLL, LSI, prescalers, enable and reset bits, USART 1's kernel clock. LSE, clock outputs and clock security
/// are kept as bits. A PLL out of its limits stops the target.
/// </summary>
public sealed class RccG0 : StClocks
{
    private const ulong Lsi = 32_000, Hsi = 16_000_000, Microsecond = TimeBase.Second / 1_000_000;
    /// <summary>DS12232: HSI16 0.8 us, HSE 2 ms, PLL 15 us, LSI 80 us; typical.</summary>
    private const ulong HsiStart = 8 * Microsecond / 10, HseStart = 2000 * Microsecond, PllLock = 15 * Microsecond, LsiStart = 80 * Microsecond;

    private readonly ulong _crystal;
    private readonly Register _cr, _cfgr, _pllcfgr, _ccipr, _csr;
    private readonly Oscillator _hsi, _hse, _pll, _lsi;
    private uint _source, _flags;

    /// <param name="die">The chip.</param>
    /// <param name="crystal">Hz.</param>
    public RccG0(Die die, ulong crystal) : base(die)
    {
        _crystal = crystal;
        _hsi = Source("HSI16", 8, 10, () => (Hsi, HsiStart));
        _hse = Source("HSE", 16, 17, () => (_crystal, _cr![18] ? 0 : HseStart));
        _pll = Source("PLL", 24, 25, () => (PllHertz(), PllLock));
        _lsi = new(die.Time, "LSI");
        _lsi.BecameReady += _ => Update();
        _cr = Add(new() { Name = "CR", Offset = 0x00, Reset = 0x500, ReadMask = 0x030F_3F00, WriteMask = 0x010D_3B00, Widths = 7, OnRead = () => _cr!.Value & ~0x0202_0400u | ReadyBits, OnWrite = (old, _) => Switch(_cr!, old, InUse) });
        Add(new() { Name = "ICSCR", Offset = 0x04, Reset = 0x4000, ReadMask = 0x7FFF, WriteMask = 0x7F00, Widths = 7 });
        _cfgr = Add(new() { Name = "CFGR", Offset = 0x08, ReadMask = 0x7700_7F3F, WriteMask = 0x7700_7F07, Widths = 7, OnRead = () => _cfgr!.Value & ~0x38u | _source << 3, OnWrite = (_, _) => Update() });
        _pllcfgr = Add(new() { Name = "PLLSYSCFGR", Offset = 0x0C, Reset = 0x1000, ReadMask = 0xFF3F_7F73, WriteMask = 0xFF3F_7F73, Widths = 7, OnWrite = (old, _) => WritePll(old) });
        Add(new() { Name = "CIER", Offset = 0x18, ReadMask = 0x3B, WriteMask = 0x3B, Widths = 7, Unmodelled = [new("clock ready interrupts", 0x3B)] });
        Add(new() { Name = "CIFR", Offset = 0x1C, ReadMask = 0x33B, WriteMask = 0, Widths = 7, OnWrite = (_, _) => { } });
        Add(new() { Name = "CICR", Offset = 0x20, ReadMask = 0, WriteMask = 0, Widths = 7, OnWrite = (_, _) => { } });
        Gates = new(RccRowsG0.All, Add);
        _ccipr = Add(new() { Name = "CCIPR", Offset = 0x54, ReadMask = 0xFD7C_FC4F, WriteMask = 0xFD7C_FC4F, Widths = 7, OnWrite = (_, _) => RaiseChanged() });
        Add(new() { Name = "BDCR", Offset = 0x5C, ReadMask = 0x0301_837F, WriteMask = 0x0301_833D, Widths = 7, Unmodelled = [new("LSEON, RTCEN", 0x8001)] });
        _csr = Add(new() { Name = "CSR", Offset = 0x60, ReadMask = 0xFE80_0003, WriteMask = 0x0080_0001, Widths = 7, OnRead = () => _csr!.Value & 1 | (_lsi.Ready ? 2u : 0) | _flags, OnWrite = (_, _) => WriteCsr() });
    }

    public override ulong Hclk => AfterAhb(Sysclk, _cfgr.Field(8, 4));
    public override ulong Pclk1 => AfterApb(Hclk, _cfgr.Field(12, 3));
    public override ulong Pclk2 => Pclk1;
    public override ulong LsiHertz => _lsi.Hertz;

    /// <summary>Kernel clock of USART 1 and 2 in Hz: CCIPR. LSE is not modelled.</summary>
    public ulong Uart(int number) => _ccipr.Field((number - 1) * 2, 2) switch { 0 => Pclk1, 1 => Sysclk, 2 => _hsi.Hertz, _ => 0 };

    private ulong Sysclk => _source == 0 ? _hsi.Hertz >> (int)_cr.Field(11, 3) : Selected(_source).Hertz;

    public override void Reset(ResetCause cause)
    {
        ResetRegisters();
        StopAll();
        _lsi.Stop();
        _hsi.StartReady(Hsi);
        _source = 0;
        const uint Obl = 1 << 25, Pin = 1 << 26, Power = 1 << 27, Sft = 1 << 28, Iwdg = 1 << 29;
        _flags = cause == ResetCause.PowerOn ? Power | Pin : _flags | Pin | cause switch { ResetCause.Software => Sft, ResetCause.IndependentWatchdog => Iwdg, ResetCause.OptionBytes => Obl, _ => 0u };
        RaiseChanged();
    }

    private Oscillator Selected(uint source) => source switch { 0 => _hsi, 1 => _hse, 2 => _pll, 3 => _lsi, _ => throw new BenchStop($"RCC.CFGR: SW = {source}: the LSE is not modelled") };

    private uint InUse => _source switch { 0 => 1u << 8, 1 => 1u << 16, 2 => 1u << 24 | (_pllcfgr.Field(0, 2) == 3 ? 1u << 16 : 1u << 8), _ => 0 };

    /// <summary>Only the outputs' enable bits may change while the PLL is on (RM0444 5.4.4).</summary>
    private void WritePll(uint old)
    {
        const uint Outputs = 1 << 28 | 1 << 24 | 1 << 16;
        if (_pll.On) _pllcfgr.Value = old & ~Outputs | _pllcfgr.Value & Outputs;
    }

    private ulong PllHertz()
    {
        var input = _pllcfgr.Field(0, 2) switch { 2 => _hsi, 3 => _hse, _ => throw new BenchStop("RCC: PLL turned on without an input (PLLCFGR.PLLSRC)") };
        if (!input.Ready) throw new BenchStop($"RCC: PLL turned on while its input {input.Name} is not ready");
        ulong vcoIn = input.Hertz / (_pllcfgr.Field(4, 3) + 1), vco = vcoIn * _pllcfgr.Field(8, 7);
        if (vcoIn is < 2_660_000 or > 16_000_000) throw new BenchStop($"RCC: PLL input {vcoIn} Hz is outside 2.66 to 16 MHz");
        if (vco is < 64_000_000 or > 344_000_000) throw new BenchStop($"RCC: PLL VCO at {vco} Hz is outside 64 to 344 MHz");
        return vco / (_pllcfgr.Field(29, 3) + 1);
    }

    private void WriteCsr()
    {
        if (_csr[23]) _flags = 0;
        _csr.Value &= 1;
        if (_csr[0]) _lsi.Start(Lsi, LsiStart);
        else _lsi.Stop();
    }

    protected override void Update()
    {
        uint wanted = _cfgr.Field(0, 3);
        if (wanted == 2 && _pll.Ready && !_pllcfgr[28]) throw new BenchStop("RCC.CFGR: the PLL is chosen while its output is off (PLLCFGR.PLLREN = 0)");
        if (Selected(wanted).Ready) _source = wanted;
        RaiseChanged();
    }
}

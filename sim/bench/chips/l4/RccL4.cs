using SharpProbe.Sim.Chips.Clocks;

namespace SharpProbe.Sim.Chips.L4;

/// <summary>
/// Reset and clock control of the STM32L47x (RM0351 6): MSI with its ranges, HSI16, HSE, main PLL, prescalers, enable and reset bits, kernel clocks of USARTs. The two audio PLLs, LSE, clock outputs and
/// clock security are kept as bits. A PLL out of its limits stops the target.
/// </summary>
public sealed class RccL4 : StClocks
{
    private const ulong Lsi = 32_000, Hsi = 16_000_000, Microsecond = TimeBase.Second / 1_000_000;
    /// <summary>DS10969: MSI 10 us at the slowest but few at 4 MHz and above, HSI 0.8 us, HSE 2 ms, PLL 15 us, LSI 80 us; typical.</summary>
    private const ulong MsiStart = 2 * Microsecond, HsiStart = 8 * Microsecond / 10, HseStart = 2000 * Microsecond, PllLock = 15 * Microsecond, LsiStart = 80 * Microsecond;
    private const uint MsiRangeSelect = 1 << 3, FactoryFlags = 0x0C00_0000;

    /// <summary>RM0351 6.4.1, MSIRANGE.</summary>
    private static readonly ulong[] MsiHertz = [100_000, 200_000, 400_000, 800_000, 1_000_000, 2_000_000, 4_000_000, 8_000_000, 16_000_000, 24_000_000, 32_000_000, 48_000_000];

    private readonly ulong _crystal;
    private readonly Register _cr, _cfgr, _pllcfgr, _ccipr, _csr;
    private readonly Oscillator _msi, _hsi, _hse, _pll, _lsi;
    private uint _source, _flags;

    /// <param name="die">The chip.</param>
    /// <param name="crystal">Hz.</param>
    public RccL4(Die die, ulong crystal) : base(die)
    {
        _crystal = crystal;
        _msi = Source("MSI", 0, 1, () => (Range(), MsiStart));
        _hsi = Source("HSI16", 8, 10, () => (Hsi, HsiStart));
        _hse = Source("HSE", 16, 17, () => (_crystal, _cr![18] ? 0 : HseStart));
        _pll = Source("PLL", 24, 25, () => (PllHertz(), PllLock));
        _lsi = new(die.Time, "LSI");
        _cr = Add(new() { Name = "CR", Offset = 0x00, Reset = 0x63, ReadMask = 0x3F0F_0FFF, WriteMask = 0x150D_0BFD, Widths = 7, OnRead = () => _cr!.Value & ~0x2A02_0402u | ReadyBits, OnWrite = WriteCr });
        Add(new() { Name = "ICSCR", Offset = 0x04, Reset = 0x1000_0000, ReadMask = 0x7FFF_FFFF, WriteMask = 0x7F00_FF00, Widths = 7 });
        _cfgr = Add(new() { Name = "CFGR", Offset = 0x08, ReadMask = 0x7700_BFFF, WriteMask = 0x7700_BFF3, Widths = 7, OnRead = () => _cfgr!.Value & ~0xCu | _source << 2, OnWrite = (_, _) => Update() });
        _pllcfgr = Add(new() { Name = "PLLCFGR", Offset = 0x0C, Reset = 0x1000, ReadMask = 0xFF73_7F73, WriteMask = 0xFF73_7F73, Widths = 7, OnWrite = (old, _) => WritePll(old) });
        Add(new() { Name = "PLLSAI1CFGR", Offset = 0x10, Reset = 0x1000, ReadMask = 0xFF73_7F00, WriteMask = 0xFF73_7F00, Widths = 7 });
        Add(new() { Name = "PLLSAI2CFGR", Offset = 0x14, Reset = 0x1000, ReadMask = 0xFF03_7F00, WriteMask = 0xFF03_7F00, Widths = 7 });
        Add(new() { Name = "CIER", Offset = 0x18, ReadMask = 0x6FF, WriteMask = 0x6FF, Widths = 7, Unmodelled = [new("clock ready interrupts", 0x6FF)] });
        Add(new() { Name = "CIFR", Offset = 0x1C, ReadMask = 0x7FF, WriteMask = 0, Widths = 7, OnWrite = (_, _) => { } });
        Add(new() { Name = "CICR", Offset = 0x20, ReadMask = 0, WriteMask = 0, Widths = 7, OnWrite = (_, _) => { } });
        Gates = new(RccRowsL4.All, Add);
        _ccipr = Add(new() { Name = "CCIPR", Offset = 0x88, Widths = 7, OnWrite = (_, _) => RaiseChanged() });
        Add(new() { Name = "BDCR", Offset = 0x90, ReadMask = 0x0301_837F, WriteMask = 0x0301_837D, Widths = 7, Unmodelled = [new("LSEON, RTCEN", 0x8001)] });
        _csr = Add(new() { Name = "CSR", Offset = 0x94, Reset = 0x600, ReadMask = 0xFF80_0F03, WriteMask = 0x0080_0F01, Widths = 7, OnRead = () => _csr!.Value & ~2u | (_lsi.Ready ? 2u : 0) | _flags, OnWrite = (_, _) => WriteCsr() });
    }

    public override ulong Hclk => AfterAhb(Selected(_source).Hertz, _cfgr.Field(4, 4));
    public override ulong Pclk1 => AfterApb(Hclk, _cfgr.Field(8, 3));
    public override ulong Pclk2 => AfterApb(Hclk, _cfgr.Field(11, 3));
    public override ulong LsiHertz => _lsi.Hertz;

    /// <summary>Kernel clock of USART 1 to 3, UART 4 and 5 in Hz: CCIPR. LSE is not modelled.</summary>
    public ulong Uart(int number) => _ccipr.Field((number - 1) * 2, 2) switch
    {
        0 => number == 1 ? Pclk2 : Pclk1,
        1 => Selected(_source).Hertz,
        2 => _hsi.Hertz,
        _ => 0,
    };

    public override void Reset(ResetCause cause)
    {
        ResetRegisters();
        StopAll();
        _lsi.Stop();
        _msi.StartReady(MsiHertz[6]);
        _source = 0;
        const uint Obl = 1 << 25, Pin = 1 << 26, Sft = 1 << 28, Iwdg = 1 << 29;
        _flags = cause == ResetCause.PowerOn ? FactoryFlags : _flags | Pin | cause switch { ResetCause.Software => Sft, ResetCause.IndependentWatchdog => Iwdg, ResetCause.OptionBytes => Obl, _ => 0u };
        RaiseChanged();
    }

    private Oscillator Selected(uint source) => source switch { 0 => _msi, 1 => _hsi, 2 => _hse, _ => _pll };

    private uint PllInput => _pllcfgr.Field(0, 2) switch { 1 => 1u, 2 => 1u << 8, 3 => 1u << 16, _ => 0 };

    private uint InUse => _source switch { 0 => 1u, 1 => 1u << 8, 2 => 1u << 16, _ => 1u << 24 | PllInput };

    /// <summary>MSIRANGE counts once MSIRGSEL is set; until then it is the range of after Standby, 4 MHz (RM0351 6.4.1).</summary>
    private ulong Range()
    {
        uint range = (_cr.Value & MsiRangeSelect) != 0 ? _cr.Field(4, 4) : _csr.Field(8, 4);
        return range < MsiHertz.Length ? MsiHertz[range] : throw new BenchStop($"RCC: MSI range {range} is not allowed");
    }

    private void WriteCr(uint old, uint written)
    {
        _cr.Value |= old & MsiRangeSelect;      // a reset alone clears it
        if (_msi.Ready && _cr[0] && Range() is var hertz && hertz != _msi.Hertz) _msi.StartReady(hertz);
        Switch(_cr, old, InUse);
    }

    /// <summary>Only PLLREN and its like may change while the PLL is on (RM0351 6.4.4).</summary>
    private void WritePll(uint old)
    {
        const uint Outputs = 1 << 24 | 1 << 20 | 1 << 16;
        if (_pll.On) _pllcfgr.Value = old & ~Outputs | _pllcfgr.Value & Outputs;
    }

    private ulong PllHertz()
    {
        var input = _pllcfgr.Field(0, 2) switch { 1 => _msi, 2 => _hsi, 3 => _hse, _ => throw new BenchStop("RCC: PLL turned on without an input (PLLCFGR.PLLSRC = 0)") };
        if (!input.Ready) throw new BenchStop($"RCC: PLL turned on while its input {input.Name} is not ready");
        ulong vcoIn = input.Hertz / (_pllcfgr.Field(4, 3) + 1), vco = vcoIn * _pllcfgr.Field(8, 7);
        if (vcoIn is < 4_000_000 or > 16_000_000) throw new BenchStop($"RCC: PLL input {vcoIn} Hz is outside 4 to 16 MHz");
        if (vco is < 64_000_000 or > 344_000_000) throw new BenchStop($"RCC: PLL VCO at {vco} Hz is outside 64 to 344 MHz");
        return vco / (2 * (_pllcfgr.Field(25, 2) + 1));
    }

    private void WriteCsr()
    {
        if (_csr[23]) _flags = 0;
        _csr[23] = false;
        if (_csr[0]) _lsi.Start(Lsi, LsiStart);
        else _lsi.Stop();
    }

    protected override void Update()
    {
        uint wanted = _cfgr.Field(0, 2);
        if (wanted == 3 && _pll.Ready && !_pllcfgr[24]) throw new BenchStop("RCC.CFGR: the PLL is chosen while its output is off (PLLCFGR.PLLREN = 0)");
        if (Selected(wanted).Ready) _source = wanted;
        RaiseChanged();
    }
}

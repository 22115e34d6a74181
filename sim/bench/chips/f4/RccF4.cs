using SharpProbe.Sim.Chips.Clocks;

namespace SharpProbe.Sim.Chips.F4;

/// <summary>
/// Reset and clock control of the STM32F40x and F412 (RM0090 7, RM0402 6): HSI, HSE, main PLL, prescalers, enable and reset bits. The second PLL, LSE, clock outputs, clock security and
/// spread spectrum are kept as bits. A PLL out of its limits stops the target.
/// </summary>
public sealed class RccF4 : StClocks
{
    public const ulong HsiHertz = 16_000_000;
    private const ulong Lsi = 32_000, Microsecond = TimeBase.Second / 1_000_000;
    /// <summary>DS8626: HSI 2.2 us, HSE 2 ms, PLL 75 to 300 us, LSI 15 us; typical.</summary>
    private const ulong HsiStart = 22 * Microsecond / 10, HseStart = 2000 * Microsecond, PllLock = 100 * Microsecond, LsiStart = 15 * Microsecond;

    private readonly ulong _hseHertz;
    private readonly Register _cr, _pllcfgr, _cfgr, _csr;
    private readonly Oscillator _hsi, _hse, _pll, _lsi;
    private uint _source, _flags;

    /// <param name="die">The chip.</param>
    /// <param name="crystal">Hz.</param>
    public RccF4(Die die, ulong crystal) : base(die)
    {
        _hseHertz = crystal;
        _hsi = Source("HSI", 0, 1, () => (HsiHertz, HsiStart));
        _hse = Source("HSE", 16, 17, () => (_hseHertz, _cr![18] ? 0 : HseStart));
        _pll = Source("PLL", 24, 25, () => (PllHertz(), PllLock));
        _lsi = new(die.Time, "LSI");
        _cr = Add(new() { Name = "CR", Offset = 0x00, Reset = 0x83, ReadMask = 0x0F0F_FFFB, WriteMask = 0x050D_00F9, Widths = 7, OnRead = () => _cr!.Value & ~0x0A02_0002u | ReadyBits, OnWrite = (old, _) => Switch(_cr!, old, InUse) });
        _pllcfgr = Add(new() { Name = "PLLCFGR", Offset = 0x04, Reset = 0x2400_3010, ReadMask = 0x2F43_7FFF, WriteMask = 0x0F43_7FFF, Widths = 7, OnWrite = (old, _) => { if (_pll.On) _pllcfgr!.Value = old; } });
        _cfgr = Add(new() { Name = "CFGR", Offset = 0x08, ReadMask = 0xFFFF_FCFF, WriteMask = 0xFFFF_FCF3, Widths = 7, OnRead = () => _cfgr!.Value & ~0xCu | _source << 2, OnWrite = (_, _) => Update() });
        Add(new() { Name = "CIR", Offset = 0x0C, ReadMask = 0x3FBF, WriteMask = 0x3F00, Widths = 7, Unmodelled = [new("clock ready interrupts", 0x3F00)], OnWrite = (_, _) => { } });
        Gates = new(RccRowsF4.All, Add);
        Add(new() { Name = "BDCR", Offset = 0x70, ReadMask = 0x1_8307, WriteMask = 0x1_8305, Widths = 7, Unmodelled = [new("LSEON, RTCEN", 0x8001)] });
        _csr = Add(new() { Name = "CSR", Offset = 0x74, Reset = 0x0E00_0000, ReadMask = 0xFF00_0003, WriteMask = 0x0100_0001, Widths = 7, OnRead = () => _csr!.Value & 1 | (_lsi.Ready ? 2u : 0) | _flags, OnWrite = (_, _) => WriteCsr() });
        Add(new() { Name = "SSCGR", Offset = 0x80, ReadMask = 0xCFFF_FFFF, WriteMask = 0xCFFF_FFFF, Widths = 7, Unmodelled = [new("SSCGEN", 1u << 31)] });
        Add(new() { Name = "PLLI2SCFGR", Offset = 0x84, Reset = 0x2000_3000, ReadMask = 0x7000_7FC0, WriteMask = 0x7000_7FC0, Widths = 7 });
    }

    public override ulong Hclk => AfterAhb(Selected(_source).Hertz, _cfgr.Field(4, 4));
    public override ulong Pclk1 => AfterApb(Hclk, _cfgr.Field(10, 3));
    public override ulong Pclk2 => AfterApb(Hclk, _cfgr.Field(13, 3));
    public override ulong LsiHertz => _lsi.Hertz;

    public override void Reset(ResetCause cause)
    {
        ResetRegisters();
        StopAll();
        _lsi.Stop();
        _hsi.StartReady(HsiHertz);
        _source = 0;
        const uint Bor = 1 << 25, Pin = 1 << 26, Por = 1 << 27, Sft = 1 << 28, Iwdg = 1 << 29;
        _flags = cause == ResetCause.PowerOn ? Por | Bor | Pin : _flags | Pin | (cause == ResetCause.Software ? Sft : cause == ResetCause.IndependentWatchdog ? Iwdg : 0);
        RaiseChanged();
    }

    private Oscillator Selected(uint source) => source switch { 0 => _hsi, 1 => _hse, _ => _pll };

    private uint InUse => _source switch { 0 => 1u, 1 => 1u << 16, _ => 1u << 24 | (_pllcfgr[22] ? 1u << 16 : 1) };

    private ulong PllHertz()
    {
        var input = _pllcfgr[22] ? _hse : _hsi;
        if (!input.Ready) throw new BenchStop($"RCC: PLL turned on while its input {input.Name} is not ready");
        uint m = _pllcfgr.Field(0, 6), n = _pllcfgr.Field(6, 9), p = 2 * (_pllcfgr.Field(16, 2) + 1), q = _pllcfgr.Field(24, 4);
        if (m < 2 || n is < 50 or > 432 || q < 2) throw new BenchStop($"RCC.PLLCFGR: M = {m}, N = {n}, Q = {q} is not allowed (RM0090 7.3.2)");
        ulong vcoIn = input.Hertz / m, vco = vcoIn * n;
        if (vcoIn is < 950_000 or > 2_100_000) throw new BenchStop($"RCC: PLL input {vcoIn} Hz is outside 1 to 2 MHz");
        if (vco is < 100_000_000 or > 432_000_000) throw new BenchStop($"RCC: PLL VCO at {vco} Hz is outside 100 to 432 MHz");
        return vco / p;
    }

    private void WriteCsr()
    {
        if (_csr[24]) _flags = 0;
        _csr.Value &= 1;
        if (_csr[0]) _lsi.Start(Lsi, LsiStart);
        else _lsi.Stop();
    }

    protected override void Update()
    {
        uint wanted = _cfgr.Field(0, 2);
        if (wanted == 3) throw new BenchStop("RCC.CFGR: SW = 3 is not allowed");
        if (Selected(wanted).Ready) _source = wanted;
        RaiseChanged();
    }
}

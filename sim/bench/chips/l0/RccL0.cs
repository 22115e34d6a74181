using SharpProbe.Sim.Chips.Clocks;

namespace SharpProbe.Sim.Chips.L0;

/// <summary>
/// Reset and clock control of STM32L0 and L1 (RM0376 7.3, RM0038 6.3): MSI at its reset range and HSI16, which one runs the chip, enable and reset bits. HSE, PLL, prescalers and outputs stop the
/// target.
/// </summary>
public sealed class RccL0 : StClocks
{
    private const ulong Msi = 2_097_000, Hsi = 16_000_000, Lsi = 37_000, Microsecond = TimeBase.Second / 1_000_000;
    /// <summary>DS10152, DS6876: MSI at range 5, HSI16; typical.</summary>
    private const ulong MsiStart = 4 * Microsecond, HsiStart = 37 * Microsecond / 10;

    private const int HsiBit = 0, MsiBit = 8;

    private readonly Register _cr, _cfgr;
    private readonly Oscillator _msi, _hsi;
    private uint _source;

    public RccL0(Die die, bool isL0, IReadOnlyList<GateRow> rows) : base(die)
    {
        _hsi = Source("HSI16", HsiBit, isL0 ? 2 : 1, () => (Hsi, HsiStart));
        _msi = Source("MSI", MsiBit, 9, () => (Msi, MsiStart));
        uint others = isL0 ? 0x013D_002Au : 0x711D_0000;
        _cr = Add(new()
        {
            Name = "CR", Offset = 0x00, Reset = 1 << MsiBit, ReadMask = others | 0x307, WriteMask = others | 1 << HsiBit | 1 << MsiBit, Widths = 7,
            OnRead = () => _cr!.Value | ReadyBits, OnWrite = (old, _) => Switch(_cr!, old, InUse), Unmodelled = [new("HSE, PLL, HSI16's outputs and divider", others)],
        });
        uint fields = isL0 ? 0x7FFD_BFF0u : 0x77FD_3FF0;
        _cfgr = Add(new()
        {
            Name = "CFGR", Offset = isL0 ? 0x0Cu : 0x08, ReadMask = fields | 0xF, WriteMask = fields | 3, Widths = 7,
            OnRead = () => _cfgr!.Value | _source << 2, OnWrite = (_, _) => Update(), Unmodelled = [new("prescalers, PLL, clock output", fields)],
        });
        Gates = new(rows, Add);
    }

    public override ulong Hclk => Selected(_source).Hertz;
    public override ulong Pclk1 => Hclk;
    public override ulong Pclk2 => Hclk;
    public override ulong LsiHertz => Lsi;

    public override void Reset(ResetCause cause)
    {
        ResetRegisters();
        StopAll();
        _msi.StartReady(Msi);
        _source = 0;
        RaiseChanged();
    }

    private uint InUse => _source == 0 ? 1u << MsiBit : 1u << HsiBit;

    private Oscillator Selected(uint source) => source switch { 0 => _msi, 1 => _hsi, _ => throw new BenchStop($"RCC.CFGR: SW = {source}: HSE and PLL are not modelled") };

    /// <summary>The switch waits until its new source is ready.</summary>
    protected override void Update()
    {
        uint wanted = _cfgr.Field(0, 2);
        if (Selected(wanted).Ready) _source = wanted;
        RaiseChanged();
    }
}

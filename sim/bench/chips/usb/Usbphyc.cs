namespace SharpProbe.Sim.Chips.Usb;

/// <summary>
/// Controller of the STM32F723's high-speed transceiver (RM0431 chapter "USB PHY controller"): regulator, PLL on HSE, tuning. Bit 2 of LDO turns the regulator
/// on, although revision 3 of the manual calls it a disable bit: every working driver has it so.
/// </summary>
public sealed class Usbphyc : Peripheral
{
    private const uint Used = 1, Ready = 2, Enable = 4, PllEnable = 1;
    /// <summary>Regulator start: no figure in the datasheet; the PLL's clock is stable 2 ms after it was turned on (the wait of ST's drivers).</summary>
    private const ulong LdoStart = TimeBase.Second / 100_000, PllSettle = TimeBase.Second / 500;
    /// <summary>Hz of HSE that PLLSEL declares; 0: reserved.</summary>
    private static readonly ulong[] Inputs = [12_000_000, 0, 12_500_000, 16_000_000, 24_000_000, 25_000_000, 0, 32_000_000];

    private readonly TimeBase _time;
    private readonly Func<ulong> _hse;
    private readonly Register _pll, _tune, _ldo;
    private ulong _ldoReadyAt, _pllReadyAt;

    /// <param name="die">The chip.</param>
    /// <param name="hse">Hz of HSE, 0 while it is off.</param>
    public Usbphyc(Die die, Func<ulong> hse) : base("USBPHYC")
    {
        (_time, _hse) = (die.Time, hse);
        _pll = Add(new() { Name = "PLL1", Offset = 0x00, ReadMask = 0xF, WriteMask = 0xF, LockMask = 0xE, LockedBy = () => _pll![0] ? "PLLEN = 1" : null, OnWrite = (old, _) => WritePll(old) });
        _tune = Add(new() { Name = "TUNE", Offset = 0x0C, Reset = 0x04, ReadMask = 0x00FF_FFFF, WriteMask = 0x00FF_FFFF });
        _ldo = Add(new() { Name = "LDO", Offset = 0x18, Reset = Used, ReadMask = 7, WriteMask = Enable, OnRead = () => _ldo!.Value | (LdoReady ? Ready : 0), OnWrite = (old, _) => WriteLdo(old) });
    }

    /// <summary>Why the transceiver gives no clock, or null.</summary>
    public string? NoClock
    {
        get
        {
            if (!LdoReady) return "the transceiver's regulator is not ready (USBPHYC_LDO)";
            if (!_pll[0]) return "the transceiver's PLL is off (USBPHYC_PLL1.PLLEN = 0)";
            if (_time.Now < _pllReadyAt) return "the transceiver's PLL was turned on less than 2 ms ago";
            return _hse() == Inputs[_pll.Field(1, 3)] ? null : $"the transceiver's PLL lost its input: HSE is at {_hse()} Hz";
        }
    }

    /// <summary>The value of TUNE, for those who care.</summary>
    public uint Tune => _tune.Value;

    private bool LdoReady => (_ldo.Value & Enable) != 0 && _time.Now >= _ldoReadyAt;

    private void WriteLdo(uint old)
    {
        if ((old & Enable) == 0 && (_ldo.Value & Enable) != 0) _ldoReadyAt = _time.Now + LdoStart;
        else if ((old & ~_ldo.Value & Enable) != 0 && _pll[0]) throw new BenchStop("USBPHYC.LDO: regulator turned off while PLL1.PLLEN = 1");
    }

    private void WritePll(uint old)
    {
        uint sel = _pll.Field(1, 3);
        if ((_pll.Value & ~old & PllEnable) == 0) return;
        if (!LdoReady) throw new BenchStop("USBPHYC.PLL1: PLLEN set while the regulator is not ready (LDO.LDO_STATUS = 0)");
        if (Inputs[sel] == 0) throw new BenchStop($"USBPHYC.PLL1: PLLSEL = {sel} is reserved");
        if (_hse() != Inputs[sel]) throw new BenchStop($"USBPHYC.PLL1: PLLEN set with PLLSEL = {sel}, which is for {Inputs[sel]} Hz, while HSE is at {_hse()} Hz");
        _pllReadyAt = _time.Now + PllSettle;
    }
}

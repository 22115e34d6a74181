using SharpProbe.Sim.Chips.Clocks;

namespace SharpProbe.Sim.Chips.F7;

/// <summary>
/// Power control of STM32F72x and F73x (RM0431 chapter 4): voltage scaling and over-drive with their order of steps, backup domain protection.
/// Stop and Standby modes, the voltage detector and under-drive are not modelled.
/// </summary>
public sealed class PwrF7 : Peripheral
{
    /// <summary>Over-drive switch enable and disable time on HSI, typical: DS11853 table "Over-drive switching characteristics".</summary>
    private const ulong SwitchOn = 45 * TimeBase.Second / 1_000_000, SwitchOff = 20 * TimeBase.Second / 1_000_000;

    private readonly TimeBase _time;
    private readonly RccF7 _rcc;
    private readonly Register _cr1;
    private TimeBase.Event? _step;
    private bool _odReady, _switched;

    public PwrF7(Die die, RccF7 rcc) : base("PWR")
    {
        (_time, _rcc) = (die.Time, rcc);
        _cr1 = Add(new()
        {
            Name = "CR1", Offset = 0x00, Reset = 0xC000, ReadMask = 0x000F_EFFB, WriteMask = 0x000F_EFF3, Widths = 7,
            LockMask = 3u << 14, LockedBy = () => rcc.Pll.On ? "PLLON = 1" : null,
            Unmodelled = [new("PVDE", 1 << 4), new("PDDS", 1 << 1), new("UDEN", 3u << 18)], OnWrite = (old, _) => WriteCr1(old),
        });
        Add(new() { Name = "CSR1", Offset = 0x04, ReadMask = 0x000F_430F, WriteMask = 0x000C_0300, Widths = 7, Unmodelled = [new("EIWUP", 1 << 8)], OnRead = ReadCsr1 });
        Add(new() { Name = "CR2", Offset = 0x08, ReadMask = 0x3F00, WriteMask = 0x3F00, Widths = 7, OnWrite = (_, _) => { } });
        Add(new() { Name = "CSR2", Offset = 0x0C, ReadMask = 0x3F3F, WriteMask = 0x3F00, Widths = 7, Unmodelled = [new("EWUP", 0x3F00)] });
        rcc.BackupUnlocked = () => _cr1[8];
    }

    /// <summary>VOS, over-drive or their readiness changed.</summary>
    public event Action? Changed;

    /// <summary>1 to 3. While the PLL is off the regulator is at scale 3, whatever VOS says (RM0431 PWR_CR1).</summary>
    public int Scale => _rcc.Pll.On ? _cr1.Field(14, 2) switch { 3 => 1, 2 => 2, _ => 3 } : 3;

    public bool OverDrive => _switched;

    public bool BackupUnlocked => _cr1[8];

    public override void Reset()
    {
        base.Reset();
        _step?.Cancel();
        (_odReady, _switched) = (false, false);
        Changed?.Invoke();
    }

    private uint ReadCsr1() => (_rcc.Pll.Ready ? 1u << 14 : 0) | (_odReady ? 1u << 16 : 0) | (_switched ? 1u << 17 : 0);

    private void WriteCr1(uint old)
    {
        uint changed = old ^ _cr1.Value;
        if (_cr1.Field(14, 2) == 0) throw new BenchStop("PWR.CR1: VOS = 0 is reserved");
        if ((changed & 3u << 16) != 0 && _rcc.RunsOnPll) throw new BenchStop("PWR.CR1: over-drive changed while the PLL is the system clock");
        if ((changed & 1u << 16) != 0) Later(() => { _odReady = _cr1[16]; if (!_odReady) _switched = false; }, _cr1[16]);
        if ((changed & 1u << 17) == 0) return;
        if (_cr1[17] && !_odReady) throw new BenchStop("PWR.CR1: ODSWEN set while ODRDY = 0");
        Later(() => _switched = _cr1[17], _cr1[17]);
    }

    private void Later(Action apply, bool on)
    {
        _step?.Cancel();
        _step = _time.After(on ? SwitchOn : SwitchOff, () => { apply(); Changed?.Invoke(); });
    }
}

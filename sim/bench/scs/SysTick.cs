using SharpProbe.Sim.Chips;

namespace SharpProbe.Sim.Scs;

/// <summary>
/// The system timer (DDI0403 B3.3). Nothing is counted cycle by cycle: the counter's value follows from the cycle at which it had a known one,
/// and an event is queued only while TICKINT asks for an exception.
/// </summary>
public sealed class SysTick
{
    private const uint Enable = 1, TickInt = 2, ClkSource = 4, CountFlag = 1 << 16;

    private readonly TimeBase _time;
    private readonly Action _expired;
    private uint _control, _reload, _origin;
    private ulong _originCycle, _expiriesSeen;
    private TimeBase.Event? _event;

    /// <param name="time">The core's time base.</param>
    /// <param name="expired">Pends the SysTick exception.</param>
    public SysTick(TimeBase time, Action expired)
    {
        (_time, _expired) = (time, expired);
        time.FrequencyChanged += Schedule;
    }

    /// <summary>Core cycles in one cycle of the external reference clock: STM32 feeds HCLK/8 (RM0431 and RM0433, clock tree).</summary>
    public uint ReferenceDivider { get; set; } = 8;

    /// <summary>SYST_CALIB; the part's TENMS, or 0x4000_0000 (no calibration value known, reference clock present).</summary>
    public uint Calibration { get; set; } = 0x4000_0000;

    public IEnumerable<Register> Registers() =>
    [
        new() { Name = "SYST_CSR", Offset = 0x010, OnRead = ReadControl, OnWrite = (_, v) => WriteControl(v) },
        new() { Name = "SYST_RVR", Offset = 0x014, OnRead = () => _reload, OnWrite = (_, v) => WriteReload(v) },
        new() { Name = "SYST_CVR", Offset = 0x018, OnRead = () => Current, OnWrite = (_, _) => ClearCurrent() },
        new() { Name = "SYST_CALIB", Offset = 0x01C, OnRead = () => Calibration, WriteMask = 0 },
    ];

    public void Reset()
    {
        (_control, _reload, _origin, _originCycle, _expiriesSeen) = (0, 0, 0, _time.Cycles, 0);
        Schedule();
    }

    /// <summary>The core is in Debug state: the counter stands still.</summary>
    public bool Paused
    {
        get;
        set
        {
            if (field == value) return;
            Rebase();
            (field, _originCycle) = (value, _time.Cycles);
            Schedule();
        }
    }

    private bool Running => (_control & Enable) != 0 && !Paused;
    private ulong Divider => (_control & ClkSource) != 0 ? 1 : ReferenceDivider;

    /// <summary>Counter clocks since the origin.</summary>
    private ulong Ticks => Running ? (_time.Cycles - _originCycle) / Divider : 0;

    /// <summary>SYST_CVR: counts down to 0, then reloads at the next clock.</summary>
    private uint Current
    {
        get
        {
            ulong ticks = Ticks;
            if (ticks <= _origin) return _origin - (uint)ticks;
            return _reload == 0 ? 0 : _reload - (uint)((ticks - _origin - 1) % (_reload + 1UL));
        }
    }

    /// <summary>How often the counter has reached 0 by counting since the origin.</summary>
    private ulong Expiries
    {
        get
        {
            ulong ticks = Ticks;
            if (ticks < _origin) return 0;
            ulong first = _origin > 0 ? 1UL : 0;
            return _reload == 0 ? first : first + (ticks - _origin) / (_reload + 1UL);
        }
    }

    /// <summary>Moves the origin to the last counter clock, so that a register change acts from here on.</summary>
    private void Rebase()
    {
        bool flag = Expiries > _expiriesSeen;
        ulong ticks = Ticks;
        uint current = Current;
        _originCycle = Running ? _originCycle + ticks * Divider : _time.Cycles;
        _origin = current;
        _expiriesSeen = 0;
        _control = flag ? _control | CountFlag : _control;
    }

    private uint ReadControl()
    {
        bool flag = (_control & CountFlag) != 0 || Expiries > _expiriesSeen;
        _control &= ~CountFlag;
        _expiriesSeen = Expiries;
        return _control & (Enable | TickInt | ClkSource) | (flag ? CountFlag : 0);
    }

    private void WriteControl(uint value)
    {
        Rebase();
        if (((value ^ _control) & (Enable | ClkSource)) != 0) _originCycle = _time.Cycles;
        _control = _control & CountFlag | value & (Enable | TickInt | ClkSource);
        Schedule();
    }

    private void WriteReload(uint value)
    {
        Rebase();
        _reload = value & 0x00FF_FFFF;
        Schedule();
    }

    private void ClearCurrent()
    {
        Rebase();
        (_origin, _control, _originCycle) = (0, _control & ~CountFlag, _time.Cycles);
        Schedule();
    }

    /// <summary>Queues the next expiry if it must raise the exception.</summary>
    private void Schedule()
    {
        _event?.Cancel();
        _event = null;
        if (!Running || (_control & TickInt) == 0 || _origin == 0 && _reload == 0) return;
        ulong ticks = Ticks;
        ulong due;
        if (ticks < _origin) due = _origin;
        else if (_reload == 0) return;
        else due = _origin + ((ticks - _origin) / (_reload + 1UL) + 1) * (_reload + 1UL);
        _event = _time.At(_time.TimeAt(_originCycle + due * Divider), Expired);
    }

    private void Expired()
    {
        _expired();
        Schedule();
    }
}

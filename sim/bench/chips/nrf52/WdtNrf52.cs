namespace SharpProbe.Sim.Chips.Nrf52;

/// <summary>Watchdog timer of the nRF52832 (Product Specification, "WDT"): 32.768 kHz, started once, stopped by nothing but a reset. While a debugger holds the core it stands unless CONFIG.HALT is set.</summary>
public sealed class WdtNrf52 : NordicBlock
{
    private const uint Key = 0x6E52_4635, MinimumCount = 0xF;
    private const ulong Hertz = 32_768;
    private const int Requests = 8;
    // From the timeout event to the reset: two periods.
    private const ulong Grace = 2;
    // How closely the time in Debug state is left out.
    private const ulong Slice = TimeBase.Second / 1000;

    private readonly Die _die;
    private readonly Func<bool> _halted;
    private readonly Register _crv, _rren, _config, _timeout;
    private TimeBase.Event? _tick;
    private ulong _left;
    private uint _asked;
    private bool _running;

    /// <param name="die">The chip.</param>
    /// <param name="halted">The core is in Debug state.</param>
    public WdtNrf52(Die die, Func<bool> halted) : base("WDT", die, 0x10, enables: 1)
    {
        (_die, _halted) = (die, halted);
        AddTask("START", 0x000, Start);
        _timeout = AddEvent("TIMEOUT", 0x100);
        Add(new() { Name = "RUNSTATUS", Offset = 0x400, ReadMask = 1, WriteMask = 0, OnRead = () => _running ? 1u : 0, OnWrite = (_, _) => { } });
        Add(new() { Name = "REQSTATUS", Offset = 0x404, Reset = 1, ReadMask = 0xFF, WriteMask = 0, OnRead = () => _running ? _rren!.Value & ~_asked : 1, OnWrite = (_, _) => { } });
        _crv = Add(new() { Name = "CRV", Offset = 0x504, Reset = uint.MaxValue, LockMask = uint.MaxValue, LockedBy = Locked });
        _rren = Add(new() { Name = "RREN", Offset = 0x508, Reset = 1, ReadMask = 0xFF, WriteMask = 0xFF, LockMask = 0xFF, LockedBy = Locked });
        _config = Add(new() { Name = "CONFIG", Offset = 0x50C, Reset = 1, ReadMask = 9, WriteMask = 9, LockMask = 9, LockedBy = Locked });
        for (int i = 0; i < Requests; i++)
        {
            uint bit = 1u << i;
            Add(new() { Name = $"RR{i}", Offset = 0x600 + (uint)i * 4, ReadMask = 0, WriteMask = 0, OnWrite = (_, v) => { if (v == Key) Reload(bit); } });
        }
    }

    /// <summary>Raised at the reset.</summary>
    public event Action<string>? Expired;

    public override void Reset()
    {
        base.Reset();
        _tick?.Cancel();
        (_running, _asked) = (false, 0);
    }

    private string? Locked() => _running ? "RUNSTATUS = 1" : null;

    private ulong Period => (ulong)((UInt128)TimeBase.Second * (Math.Max(_crv.Value, MinimumCount) + 1ul) / Hertz);

    private void Start()
    {
        if (_running) return;
        _running = true;
        Restart();
        Schedule();
    }

    /// <summary>Every enabled request register must be written once.</summary>
    private void Reload(uint bit)
    {
        if (!_running) return;
        _asked |= bit & _rren.Value;
        if (_asked == _rren.Value) Restart();
    }

    private void Restart() => (_left, _asked) = (Period, 0);

    private void Schedule()
    {
        ulong step = Math.Min(_left, Slice);
        _tick = _die.Time.After(step, () =>
        {
            if (!_halted() || _config[3]) _left -= Math.Min(step, _left);
            if (_left > 0) Schedule();
            else
            {
                Raise(_timeout);
                _tick = _die.Time.After(Grace * TimeBase.Second / Hertz, () => Expired?.Invoke("WDT: not reloaded in time"));
            }
        });
    }
}

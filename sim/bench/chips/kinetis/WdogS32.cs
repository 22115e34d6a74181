namespace SharpProbe.Sim.Chips.Kinetis;

/// <summary>
/// Watchdog of the S32K1 and KE1xF (S32K1xx reference manual 23): 1024 ticks of 128 kHz after reset, still while the core is in Debug state. 0xD928C520 written to CNT opens it for 128 bus clocks, once
/// after a reset and then where CS.UPDATE is 1; what is written counts once CS and TOVAL have been. Any other write resets.
/// </summary>
public sealed class WdogS32(TimeBase time, Func<bool> still) : IBusDevice
{
    private const uint ControlReset = 0x2980, TimeoutReset = 0x400, Key = 0xD928_C520, Refresh = 0xB480_A602, WindowClocks = 128;
    private const uint On = 0x80, Update = 0x20, Source = 0x1300, Lpo = 0x100, Window = 0x8000;
    private const int Cs = 0, Cnt = 4, Toval = 8;
    private const ulong Tick = TimeBase.Second / 128_000 * 128;

    private TimeBase.Event? _event;
    private uint _control, _timeout, _nextControl, _nextTimeout, _written, _left;
    private ulong _openUntil;
    private bool _configured;

    public string Name => "WDOG";

    /// <summary>Raised at a reset by the watchdog.</summary>
    public event Action<string>? Expired;

    public void Reset()
    {
        (_control, _timeout, _written, _openUntil, _configured) = (ControlReset, TimeoutReset, 0, 0, false);
        Start();
    }

    public uint Read(uint offset, int width) => (offset & ~3u) switch { Cs => _control, Toval => _timeout, _ => 0u } >> (int)(offset & 3) * 8;

    public void Write(uint offset, uint value, int width)
    {
        if (width != 4) throw new BenchStop($"WDOG: {width * 8}-bit write to offset 0x{offset:X}; words alone are modelled");
        if (offset == Cnt && value == Key) _openUntil = time.Cycles + WindowClocks;
        else if (offset == Cnt && value == Refresh) _left = _timeout;
        else if (offset is not (Cs or Toval) || time.Cycles > _openUntil || _configured && (_control & Update) == 0) Expired?.Invoke($"WDOG: 0x{value:X} written to offset 0x{offset:X} while it is locked");
        else Configure(offset, value);
    }

    private void Configure(uint offset, uint value)
    {
        if (offset == Cs) _nextControl = value;
        else _nextTimeout = value & 0xFFFF;
        _written |= offset == Cs ? 1u : 2;
        if (_written != 3) return;
        (_control, _timeout, _written, _openUntil, _configured) = (_nextControl, _nextTimeout, 0, 0, true);
        if ((_control & On) != 0 && (_control & (Source | Window)) != Lpo) throw new BenchStop($"WDOG.CS: 0x{_control:X}; window, prescaler and clocks but the 128 kHz one are not modelled");
        Start();
    }

    /// <summary>Looks every 128 ticks.</summary>
    private void Start()
    {
        _event?.Cancel();
        _left = _timeout;
        if ((_control & On) != 0) Schedule();
    }

    private void Schedule() => _event = time.After(Tick, () =>
    {
        if (!still()) _left -= Math.Min(128, _left);
        if (_left == 0) Expired?.Invoke("WDOG: not refreshed in time");
        else Schedule();
    });
}

namespace SharpProbe.Sim.Chips.Kinetis;

/// <summary>Watchdog of the S32K1 (S32K1xx reference manual 23): 1024 ticks of 128 kHz after reset, still while the core is in Debug state. It only runs out: writing to it stops the target.</summary>
public sealed class WdogS32(TimeBase time, Func<bool> still) : IBusDevice
{
    private const uint ControlReset = 0x2980, TimeoutReset = 0x400;
    private const ulong Tick = TimeBase.Second / 1000;
    private const int Ticks = 8;

    private TimeBase.Event? _event;
    private int _left;

    public string Name => "WDOG";

    /// <summary>Raised at a reset by the watchdog.</summary>
    public event Action<string>? Expired;

    public void Reset()
    {
        _event?.Cancel();
        _left = Ticks;
        Schedule();
    }

    public uint Read(uint offset, int width) => (offset & ~3u) switch { 0 => ControlReset, 8 => TimeoutReset, _ => 0u } >> (int)(offset & 3) * 8;

    public void Write(uint offset, uint value, int width) => throw new BenchStop($"WDOG: 0x{value:X} written to offset 0x{offset:X}; only what a reset leaves is modelled");

    private void Schedule() => _event = time.After(Tick, () =>
    {
        if (!still()) _left--;
        if (_left == 0) Expired?.Invoke("WDOG: not refreshed in time");
        else Schedule();
    });
}

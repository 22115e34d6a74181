namespace SharpProbe.Sim.Chips.Kinetis;

/// <summary>
/// Watchdog of the Kinetis K series (K64 Sub-Family Reference Manual 23): 16-bit registers, on after reset with 5 million bus clocks (238 ms), still while the core is in Debug state unless STCTRLH.DBGEN says
/// otherwise. To change it 0xC520 and 0xD928 go to UNLOCK, at most 20 bus clocks apart; a wrong pair resets. It may be changed once after each unlock.
/// </summary>
public sealed class WdogKinetis : IBusDevice
{
    private const int Control = 0x00, TimeoutHigh = 0x04, TimeoutLow = 0x06, Refresh = 0x0C, Unlock = 0x0E;
    private const ushort On = 1, DebugOn = 0x20, Update = 0x10, BusClock = 2, ControlReset = 0x01D3, First = 0xC520, Second = 0xD928, RefreshFirst = 0xA602, RefreshSecond = 0xB480;
    private const uint MaximumClocks = 20;
    private const ulong Tick = TimeBase.Second / 1000, Slice = 10 * Tick;

    private readonly TimeBase _time;
    private readonly Func<bool> _inDebug;
    private readonly ushort[] _registers = new ushort[12];
    private TimeBase.Event? _event;
    private ulong _left, _firstAt;
    private bool _half, _open;
    private ushort _refreshed;

    public WdogKinetis(TimeBase time, Func<bool> inDebug)
    {
        (_time, _inDebug) = (time, inDebug);
        Reset();
    }

    public string Name => "WDOG";

    /// <summary>Raised at a reset by the watchdog.</summary>
    public event Action<string>? Expired;

    public void Reset()
    {
        Array.Clear(_registers);
        (_registers[Control / 2], _registers[1], _registers[TimeoutHigh / 2], _registers[TimeoutLow / 2]) = (ControlReset, 1, 0x004C, 0x4B4C);
        (_half, _open, _refreshed) = (false, true, 0);         // "WCT": open for 256 clocks after reset, which is not counted here
        Start();
    }

    public uint Read(uint offset, int width)
    {
        if (offset >= 24) return 0;
        uint value = _registers[offset / 2];
        return width switch { 1 => value >> (int)(offset & 1) * 8 & 0xFF, 2 => value, _ => value | (uint)_registers[offset / 2 + 1] << 16 };
    }

    public void Write(uint offset, uint value, int width)
    {
        if (width == 4)
        {
            Write(offset, value & 0xFFFF, 2);
            Write(offset + 2, value >> 16, 2);
            return;
        }
        if (width == 1) throw new BenchStop($"WDOG: byte written to offset 0x{offset:X}, which the manual does not allow");
        switch (offset)
        {
            case Unlock: TryUnlock((ushort)value); break;
            case Refresh:
                if (_refreshed == RefreshFirst && value == RefreshSecond) _left = Period;
                _refreshed = (ushort)value;
                break;
            case >= 24: break;
            default:
                if (!_open || (_registers[Control / 2] & Update) == 0)
                {
                    Expired?.Invoke($"WDOG: offset 0x{offset:X} written while it is locked");
                    return;
                }
                _registers[offset / 2] = (ushort)value;
                if (offset == Control) _open = false;
                Start();
                break;
        }
    }

    private void TryUnlock(ushort key)
    {
        ulong clocks = _time.Cycles - _firstAt;
        if (!_half && key == First) (_half, _firstAt) = (true, _time.Cycles);
        else if (_half && key == Second && clocks <= MaximumClocks) (_half, _open) = (false, true);
        else Expired?.Invoke($"WDOG.UNLOCK: 0x{key:X4} after {clocks} bus clocks");
    }

    /// <summary>By STCTRLH.CLKSRC in bus clocks, which are the core's after reset, or in ticks of 1 kHz.</summary>
    private ulong Period => ((ulong)_registers[TimeoutHigh / 2] << 16 | _registers[TimeoutLow / 2]) * ((_registers[Control / 2] & BusClock) != 0 ? TimeBase.Second / _time.Hertz : Tick);

    private void Start()
    {
        _event?.Cancel();
        if ((_registers[Control / 2] & On) == 0) return;
        _left = Period;
        Schedule();
    }

    private void Schedule() => _event = _time.After(Math.Max(1, Math.Min(Slice, _left)), () =>
    {
        if (!_inDebug() || (_registers[Control / 2] & DebugOn) != 0) _left -= Math.Min(Slice, _left);
        if (_left == 0) Expired?.Invoke("WDOG: not refreshed in time");
        else Schedule();
    });
}

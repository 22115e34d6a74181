namespace SharpProbe.Sim.Chips.Kinetis;

/// <summary>
/// Watchdog of the Kinetis KE0x (MKE06P80M48SF0RM 23): on after reset with 4 ticks of 1 kHz, still in Debug state unless CS1.DBG says otherwise. 0xC520 and 0xD928, their bytes swapped, go to CNT, and
/// for 128 bus clocks its registers may be written; what is written counts once all of them have been. A write at any other time resets.
/// </summary>
public sealed class WdogKe : IBusDevice
{
    private const int Cs1 = 0, Cs2 = 1, Cnt = 2, Timeout = 4, Window = 6;
    private const byte On = 0x80, Update = 0x20, DebugOn = 4;
    private const ushort First = 0x20C5, Second = 0x28D9, RefreshFirst = 0x02A6, RefreshSecond = 0x80B4;
    private const uint WindowClocks = 128;
    private const ulong Tick = TimeBase.Second / 1000;

    private readonly TimeBase _time;
    private readonly Func<bool> _still;
    private readonly byte[] _registers = new byte[8], _next = new byte[8];
    private TimeBase.Event? _event;
    private ulong _left, _openUntil;
    private ushort _last;
    private int _written;
    private bool _configured;

    public WdogKe(TimeBase time, Func<bool> still)
    {
        (_time, _still) = (time, still);
        Reset();
    }

    public string Name => "WDOG";

    /// <summary>Raised at a reset by the watchdog.</summary>
    public event Action<string>? Expired;

    public void Reset()
    {
        Array.Clear(_registers);
        (_registers[Cs1], _registers[Cs2], _registers[Timeout + 1]) = (On, 1, 4);         // TOVALH is the lower address
        (_openUntil, _last, _written, _configured) = (0, 0, 0, false);
        Start();
    }

    public uint Read(uint offset, int width)
    {
        uint value = 0;
        for (uint i = 0; i < width && offset + i < 8; i++) value |= (uint)_registers[offset + i] << (int)i * 8;
        return value;
    }

    public void Write(uint offset, uint value, int width)
    {
        if (offset == Cnt && width == 2)
        {
            Key((ushort)value);
            return;
        }
        if (_configured && (_registers[Cs1] & Update) == 0 || _time.Cycles > _openUntil)
        {
            Expired?.Invoke($"WDOG: offset 0x{offset:X} written while it is locked");
            return;
        }
        for (uint i = 0; i < width && offset + i < 8; i++)
        {
            _next[offset + i] = (byte)(value >> (int)i * 8);
            _written |= 1 << (int)(offset + i);
        }
        if ((_written & 0xF3) != 0xF3) return;
        _next.CopyTo(_registers, 0);
        (_written, _openUntil, _configured) = (0, 0, true);
        if ((_registers[Cs2] & 0x90) != 0 || (_registers[Cs2] & 3) != 1 && (_registers[Cs1] & On) != 0) throw new BenchStop($"WDOG.CS2: 0x{_registers[Cs2]:X2}; window, prescaler and clocks but the 1 kHz one are not modelled");
        Start();
    }

    private void Key(ushort value)
    {
        if (_last == First && value == Second) _openUntil = _time.Cycles + WindowClocks;
        else if (_last == RefreshFirst && value == RefreshSecond) _left = Period;
        else if (value is not (First or RefreshFirst)) Expired?.Invoke($"WDOG.CNT: 0x{value:X4} written");
        _last = value;
    }

    private ulong Period => (ulong)(_registers[Timeout] << 8 | _registers[Timeout + 1]) * Tick;

    private void Start()
    {
        _event?.Cancel();
        if ((_registers[Cs1] & On) == 0) return;
        _left = Math.Max(Tick, Period);
        Schedule();
    }

    private void Schedule() => _event = _time.After(Tick, () =>
    {
        if (!_still() || (_registers[Cs1] & DebugOn) != 0) _left -= Math.Min(Tick, _left);
        if (_left == 0) Expired?.Invoke("WDOG: not refreshed in time");
        else Schedule();
    });
}

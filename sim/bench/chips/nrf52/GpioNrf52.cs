using SharpProbe.Sim.Pins;

namespace SharpProbe.Sim.Chips.Nrf52;

/// <summary>Port P0 of the nRF52832 (Product Specification, "GPIO"): 32 pins, PIN_CNF each. SENSE is not modelled.</summary>
public sealed class GpioNrf52 : Peripheral
{
    private const int Count = 32;
    // S0S1 drives both ways; D0 and D1 let go of low or high.
    private const uint Output = 1, Disconnected = 2, FirstOpenLow = 4, FirstOpenHigh = 6;

    private readonly Die _die;
    private readonly Pin[] _pins = new Pin[Count];
    private readonly PinRoute[] _routes = new PinRoute[Count];
    private readonly Register[] _config = new Register[Count];
    private readonly Register _out;

    public GpioNrf52(Die die) : base("P0")
    {
        _die = die;
        _out = Add(new() { Name = "OUT", Offset = 0x504, OnWrite = (_, _) => DriveAll() });
        Add(new() { Name = "OUTSET", Offset = 0x508, WriteMask = 0, OnRead = () => _out.Value, OnWrite = (_, v) => Set(_out.Value | v) });
        Add(new() { Name = "OUTCLR", Offset = 0x50C, WriteMask = 0, OnRead = () => _out.Value, OnWrite = (_, v) => Set(_out.Value & ~v) });
        Add(new() { Name = "IN", Offset = 0x510, WriteMask = 0, OnRead = ReadInputs, OnWrite = (_, _) => { } });
        Add(new() { Name = "DIR", Offset = 0x514, WriteMask = 0, OnRead = Directions, OnWrite = (_, v) => Direct(v) });
        Add(new() { Name = "DIRSET", Offset = 0x518, WriteMask = 0, OnRead = Directions, OnWrite = (_, v) => Direct(Directions() | v) });
        Add(new() { Name = "DIRCLR", Offset = 0x51C, WriteMask = 0, OnRead = Directions, OnWrite = (_, v) => Direct(Directions() & ~v) });
        for (int i = 0; i < Count; i++)
        {
            int n = i;
            _pins[n] = die.Pin($"P0.{n:D2}");
            _routes[n] = new(_pins[n], time => Drive(n, time));
            _config[n] = Add(new() { Name = $"PIN_CNF{n}", Offset = 0x700 + (uint)n * 4, Reset = Disconnected, ReadMask = 0x3070F, WriteMask = 0x3070F, Unmodelled = [new("SENSE", 3 << 16)], OnWrite = (_, _) => Drive(n, null) });
        }
    }

    public override void Reset()
    {
        base.Reset();
        DriveAll();
    }

    /// <summary>A peripheral's PSEL register chose this pin, or let it go (null): its output goes there while it has one.</summary>
    public void Route(int n, Signal? signal)
    {
        if (_routes[n].Connect(signal)) Drive(n, null);
    }

    private void Set(uint value)
    {
        _out.Value = value;
        DriveAll();
    }

    private uint Directions()
    {
        uint value = 0;
        for (int n = 0; n < Count; n++) value |= (_config[n].Value & Output) << n;
        return value;
    }

    private void Direct(uint value)
    {
        for (int n = 0; n < Count; n++) _config[n][0] = (value >> n & 1) != 0;
        DriveAll();
    }

    private uint ReadInputs()
    {
        uint value = 0;
        for (int n = 0; n < Count; n++)
            if ((_config[n].Value & Disconnected) == 0 && _pins[n].Read()) value |= 1u << n;
        return value;
    }

    private void DriveAll() => _die.Nets.AtOnce(() => { for (int n = 0; n < Count; n++) Drive(n, null); });

    private void Drive(int n, ulong? time)
    {
        var config = _config[n];
        Drive pull = config.Field(2, 2) switch { 1 => Pins.Drive.PullDown, 3 => Pins.Drive.PullUp, _ => Pins.Drive.None };
        Drive drive = pull;
        if (_routes[n].Output != Pins.Drive.None) drive = _routes[n].Output;
        else if (config[0])
        {
            uint strength = config.Field(8, 3);
            bool high = _out[n];
            drive = high ? Pins.Drive.High : Pins.Drive.Low;
            if (high && strength >= FirstOpenHigh || !high && strength is >= FirstOpenLow and < FirstOpenHigh) drive = pull;
        }
        _pins[n].Set(drive, time);
    }
}

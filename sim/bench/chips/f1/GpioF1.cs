using SharpProbe.Sim.Pins;

namespace SharpProbe.Sim.Chips.F1;

/// <summary>A GPIO port of the STM32F10x (RM0008 chapter 9): CRL and CRH instead of separate mode registers; a peripheral's output is chosen by mode alone.</summary>
public sealed class GpioF1 : Peripheral
{
    private const uint Analog = 0, Pulled = 8, AlternateBit = 8, OpenDrainBit = 4;

    private readonly Die _die;
    private readonly Pin[] _pins = new Pin[16];
    private readonly PinRoute[] _routes = new PinRoute[16], _debug = new PinRoute[16];
    private readonly Register _crl, _crh, _odr;

    /// <param name="port">'A' to 'E'.</param>
    /// <param name="die">The chip.</param>
    public GpioF1(char port, Die die) : base($"GPIO{port}")
    {
        _die = die;
        for (int i = 0; i < 16; i++)
        {
            int n = i;
            _pins[i] = die.Pin($"P{port}{i}");
            _routes[i] = new(_pins[i], time => Drive(n, time));
            _debug[i] = new(_pins[i], time => Drive(n, time));
        }
        _crl = Add(new() { Name = "CRL", Offset = 0x00, Reset = 0x4444_4444, OnWrite = (_, _) => DriveAll() });
        _crh = Add(new() { Name = "CRH", Offset = 0x04, Reset = 0x4444_4444, OnWrite = (_, _) => DriveAll() });
        Add(new() { Name = "IDR", Offset = 0x08, ReadMask = 0xFFFF, WriteMask = 0, OnRead = ReadInputs, OnWrite = (_, _) => { } });
        _odr = Add(new() { Name = "ODR", Offset = 0x0C, ReadMask = 0xFFFF, WriteMask = 0xFFFF, OnWrite = (_, _) => DriveAll() });
        Add(new() { Name = "BSRR", Offset = 0x10, ReadMask = 0, WriteMask = 0, OnWrite = (_, v) => Set(_odr.Value & ~(v >> 16) | v & 0xFFFF) });
        Add(new() { Name = "BRR", Offset = 0x14, ReadMask = 0, WriteMask = 0, OnWrite = (_, v) => Set(_odr.Value & ~(v & 0xFFFF)) });
        Add(new() { Name = "LCKR", Offset = 0x18, ReadMask = 0x1FFFF, WriteMask = 0x1FFFF, Unmodelled = [new("LCKK", 1 << 16)] });
    }

    public override void Reset()
    {
        base.Reset();
        DriveAll();
    }

    /// <summary>Connects a pin to a peripheral's signal, or to none (AFIO_MAPR).</summary>
    public void Route(int n, Signal? signal)
    {
        if (_routes[n].Connect(signal)) Drive(n, null);
    }

    /// <summary>Hands a pin to the debug port, whatever its mode is (RM0008 31.4), or back.</summary>
    public void Lend(int n, Signal? signal)
    {
        if (_debug[n].Connect(signal)) Drive(n, null);
    }

    private uint Mode(int n) => (n < 8 ? _crl : _crh).Field((n & 7) * 4, 4);

    private void Set(uint odr)
    {
        _odr.Value = odr;
        DriveAll();
    }

    private uint ReadInputs()
    {
        uint value = 0;
        for (int n = 0; n < 16; n++)
            if (Mode(n) != Analog && _pins[n].Read()) value |= 1u << n;
        return value;
    }

    private void DriveAll() => _die.Nets.AtOnce(() => { for (int n = 0; n < 16; n++) Drive(n, null); });

    /// <summary>MODE in bits 1:0 (0: input), CNF in bits 3:2 (table 20 of RM0008).</summary>
    private void Drive(int n, ulong? time)
    {
        uint mode = Mode(n);
        bool high = _odr[n];
        Drive drive;
        if (_debug[n].Signal is { } lent) drive = lent.Output;
        else if ((mode & 3) == 0) drive = mode != Pulled ? Pins.Drive.None : high ? Pins.Drive.PullUp : Pins.Drive.PullDown;
        else
        {
            drive = (mode & AlternateBit) != 0 ? _routes[n].Output : high ? Pins.Drive.High : Pins.Drive.Low;
            if ((mode & OpenDrainBit) != 0 && drive == Pins.Drive.High) drive = Pins.Drive.None;
        }
        _pins[n].Set(drive, time);
    }
}

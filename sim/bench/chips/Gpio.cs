using System.Numerics;
using SharpProbe.Sim.Pins;

namespace SharpProbe.Sim.Chips;

/// <summary>
/// A GPIO port: RM0431 chapter 6 and RM0433 chapter 11, one design. Input synchronisation (two AHB clocks) and slew rate take no time here.
/// </summary>
public sealed class Gpio : Peripheral
{
    private const int Input = 0, Output = 1, Alternate = 2, Analog = 3;
    private const uint Lckk = 1u << 16;

    private readonly Die _die;
    private readonly AlternateFunctions _functions;
    private readonly Pin[] _pins = new Pin[16];
    private readonly PinRoute[] _routes = new PinRoute[16];
    private readonly Signal?[] _debug = new Signal?[16];
    private readonly Register _moder, _otyper, _pupdr, _odr, _lckr, _afrl, _afrh;
    private uint _lockWrites;
    private int _lockStep;

    /// <param name="port">'A' to 'K'; pins are named from it.</param>
    /// <param name="die">The chip.</param>
    /// <param name="resets">Differ by port and family.</param>
    /// <param name="functions">The datasheet's alternate function table.</param>
    public Gpio(char port, Die die, GpioResets resets, AlternateFunctions functions) : base($"GPIO{port}")
    {
        (_die, _functions) = (die, functions);
        for (int i = 0; i < 16; i++)
        {
            int n = i;
            _pins[i] = die.Pin($"P{port}{i}");
            _routes[i] = new(_pins[i], time => Drive(n, time));
        }
        _moder = Add(new() { Name = "MODER", Offset = 0x00, Reset = resets.Moder, Widths = 7, OnWrite = (old, _) => Reconfigure("MODER", old, _moder!.Value, 2) });
        _otyper = Add(new() { Name = "OTYPER", Offset = 0x04, ReadMask = 0xFFFF, WriteMask = 0xFFFF, Widths = 7, OnWrite = (old, _) => Reconfigure("OTYPER", old, _otyper!.Value, 1) });
        Register? ospeedr = null;
        ospeedr = Add(new() { Name = "OSPEEDR", Offset = 0x08, Reset = resets.Ospeedr, Widths = 7, OnWrite = (old, _) => CheckLock("OSPEEDR", Changed(old ^ ospeedr!.Value, 2)) });
        _pupdr = Add(new() { Name = "PUPDR", Offset = 0x0C, Reset = resets.Pupdr, Widths = 7, OnWrite = (old, _) => WritePulls(old) });
        Add(new() { Name = "IDR", Offset = 0x10, ReadMask = 0xFFFF, WriteMask = 0, Widths = 7, OnRead = ReadInputs });
        _odr = Add(new() { Name = "ODR", Offset = 0x14, ReadMask = 0xFFFF, WriteMask = 0xFFFF, Widths = 7, OnWrite = (old, _) => DriveOutputs(old ^ _odr!.Value) });
        Add(new() { Name = "BSRR", Offset = 0x18, ReadMask = 0, WriteMask = 0, Widths = 7, OnWrite = (_, written) => SetAndReset(written) });
        _lckr = Add(new() { Name = "LCKR", Offset = 0x1C, ReadMask = 0x1FFFF, WriteMask = 0, OnRead = ReadLock, OnWrite = (_, written) => WriteLock(written) });
        _afrl = Add(new() { Name = "AFRL", Offset = 0x20, Widths = 7, OnWrite = (old, _) => Reconfigure("AFRL", old, _afrl!.Value, 4) });
        _afrh = Add(new() { Name = "AFRH", Offset = 0x24, Widths = 7, OnWrite = (old, _) => Reconfigure("AFRH", old, _afrh!.Value, 4) });
        if (resets.HasBrr) Add(new() { Name = "BRR", Offset = 0x28, ReadMask = 0, WriteMask = 0, Widths = 7, OnWrite = (_, written) => SetAndReset(written << 16) });
        if (resets.HasAscr) Add(new() { Name = "ASCR", Offset = 0x2C, ReadMask = 0xFFFF, WriteMask = 0xFFFF, Widths = 7 });
        Reset();
    }

    public Pin this[int n] => _pins[n];

    public override void Reset()
    {
        base.Reset();
        (_lockStep, _lockWrites) = (0, 0);
        for (int n = 0; n < 16; n++) Route(n, strict: false);
        DriveAll(0xFFFF);
    }

    /// <summary>Gives the pin's alternate function 0, which is the debug port's on some pins, a signal that comes from there; null takes it away.</summary>
    public void Lend(int n, Signal? signal)
    {
        _debug[n] = signal;
        Route(n, strict: false);
        Drive(n, null);
    }

    private int Mode(int n) => (int)(_moder.Value >> n * 2 & 3);

    private int Function(int n) => (int)((n < 8 ? _afrl : _afrh).Value >> (n & 7) * 4 & 15);

    /// <summary>A bit for each field of <paramref name="width"/> bits that differs.</summary>
    private static uint Changed(uint difference, int width)
    {
        uint pins = 0, field = (1u << width) - 1;
        for (int n = 0; n * width < 32 && n < 16; n++)
            if ((difference >> n * width & field) != 0) pins |= 1u << n;
        return pins;
    }

    private void Reconfigure(string register, uint old, uint now, int width)
    {
        uint pins = Changed(old ^ now, width);
        if (register == "AFRH") pins <<= 8;
        CheckLock(register, pins);
        foreach (int n in Bits(pins)) Route(n, strict: true);
        DriveAll(pins);
    }

    private void WritePulls(uint old)
    {
        for (int n = 0; n < 16; n++)
            if ((_pupdr.Value >> n * 2 & 3) == 3)
                throw new BenchStop($"{Name}.PUPDR: {_pins[n].Name} set to 3, which is reserved");
        Reconfigure("PUPDR", old, _pupdr.Value, 2);
    }

    private void DriveOutputs(uint pins)
    {
        uint outputs = 0;
        for (; pins != 0; pins &= pins - 1)
        {
            int n = BitOperations.TrailingZeroCount(pins);
            if (Mode(n) == Output) outputs |= 1u << n;
        }
        DriveAll(outputs);
    }

    /// <summary>Pins that one store changes change together.</summary>
    private void DriveAll(uint pins)
    {
        if (BitOperations.IsPow2(pins)) Drive(BitOperations.TrailingZeroCount(pins), null);
        else if (pins != 0) _die.Nets.AtOnce(() => { foreach (int n in Bits(pins)) Drive(n, null); });
    }

    private static IEnumerable<int> Bits(uint pins)
    {
        for (; pins != 0; pins &= pins - 1) yield return BitOperations.TrailingZeroCount(pins);
    }

    /// <summary>Setting wins where both halves name a pin (RM0431 and RM0433, GPIOx_BSRR).</summary>
    private void SetAndReset(uint written)
    {
        uint old = _odr.Value;
        _odr.Value = old & ~(written >> 16) | written & 0xFFFF;
        DriveOutputs(old ^ _odr.Value);
    }

    private uint ReadInputs()
    {
        uint value = 0;
        for (int n = 0; n < 16; n++)
            if (Mode(n) != Analog && _pins[n].Read()) value |= 1u << n;
        return value;
    }

    /// <summary>Connects the pin to the signal that MODER and AFR choose, if any.</summary>
    private void Route(int n, bool strict) => _routes[n].Connect(Mode(n) != Alternate ? null : Function(n) == 0 && _debug[n] is { } debug ? debug : Choose(n, strict));

    private Signal? Choose(int n, bool strict)
    {
        var names = _functions.Find(_pins[n].Name, Function(n));
        foreach (string name in names)
            if (_die.FindSignal(name) is { } signal) return signal;
        if (!strict || !_functions.IsComplete) return null;
        throw new BenchStop(names.Count == 0
            ? $"{Name}: {_pins[n].Name} is in alternate function mode with AF{Function(n)}, which it does not have (write AFR before MODER)"
            : $"{Name}: {_pins[n].Name} carries AF{Function(n)} {string.Join('/', names)}, which is not modelled");
    }

    private void Drive(int n, ulong? time)
    {
        var pull = (_pupdr.Value >> n * 2 & 3) switch { 1 => Pins.Drive.PullUp, 2 => Pins.Drive.PullDown, _ => Pins.Drive.None };
        var drive = Mode(n) switch
        {
            Output => (_odr.Value >> n & 1) != 0 ? Pins.Drive.High : Pins.Drive.Low,
            Alternate => _routes[n].Output,
            _ => Pins.Drive.None,
        };
        bool released = drive == Pins.Drive.None || drive == Pins.Drive.High && (_otyper.Value >> n & 1) != 0;
        // The pulls are off in analog mode (RM0431 and RM0433, GPIO analog configuration).
        _pins[n].Set(Mode(n) == Analog ? Pins.Drive.None : released ? pull : drive, time);
    }

    /// <summary>LCKR: LCKK 1, 0, 1 with the same pins, then a read, freezes their configuration until reset (RM0431 and RM0433, GPIOx_LCKR).</summary>
    private void WriteLock(uint written)
    {
        if ((_lckr.Value & Lckk) != 0)
            throw new BenchStop($"{Name}.LCKR written with 0x{written:X8} while it is locked: the write is lost");
        bool key = (written & Lckk) != 0, same = _lockStep > 0 && (written & 0xFFFF) == _lockWrites;
        _lockStep = same && key == (_lockStep == 2) && _lockStep < 3 ? _lockStep + 1 : key ? 1 : 0;
        _lockWrites = written & 0xFFFF;
        _lckr.Value = _lockWrites;
    }

    private uint ReadLock()
    {
        if (_lockStep == 3) _lckr.Value |= Lckk;
        _lockStep = 0;
        return _lckr.Value;
    }

    private void CheckLock(string register, uint pins)
    {
        if ((_lckr.Value & Lckk) != 0 && (pins & _lckr.Value & 0xFFFF) != 0)
            throw new BenchStop($"{Name}.{register}: pins 0x{pins & _lckr.Value & 0xFFFF:X4} reconfigured while LCKR locks them: the write is lost");
    }
}

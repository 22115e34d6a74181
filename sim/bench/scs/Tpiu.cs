using SharpProbe.Sim.Chips;
using SharpProbe.Sim.Pins;

namespace SharpProbe.Sim.Scs;

/// <summary>
/// Trace port interface unit of the M3, M4 and the STM32F7 (DDI0403 C1.10, RM0008 31.17): takes the ITM's bytes one by one at the rate of its asynchronous output, NRZ (a start bit, eight
/// bits, a stop bit, idle high) or Manchester (a one, up to eight bytes, idle low; DDI0314 "Serial wire output"), and shows them on <see cref="Output"/> once somebody
/// carries that to a pin. The parallel port and the formatter's frames are not modelled: trace through them stops. The STM32H7 has its trace port elsewhere (0x5C015000, debugger's bus).
/// </summary>
public sealed class Tpiu : CoreSightBlock
{
    private const uint Parallel = 0, Manchester = 1, Nrz = 2;
    private const int EnFCont = 1, MostInManchester = 8;

    private readonly TimeBase _time;
    private readonly Itm _itm;
    private readonly Register _prescaler, _protocol, _formatter;
    private readonly List<TimeBase.Event> _edges = [];
    private bool _busy, _level;

    /// <param name="part">0x923 beside an M3, 0x9A1 an M4, 0x9A9 an M7.</param>
    /// <param name="time">TRACECLKIN is the core's clock.</param>
    /// <param name="itm">Whose bytes go out.</param>
    public Tpiu(ushort part, TimeBase time, Itm itm) : base("TPIU", part, 0x90, lockable: false)
    {
        (_time, _itm) = (time, itm);
        Add(Constant("TPIU_SSPSR", 0x000, 0x0000_000F));
        Add(new() { Name = "TPIU_CSPSR", Offset = 0x004, Reset = 1 });
        _prescaler = Add(new() { Name = "TPIU_ACPR", Offset = 0x010, WriteMask = 0x1FFF });
        _protocol = Add(new() { Name = "TPIU_SPPR", Offset = 0x0F0, Reset = 1, WriteMask = 3, OnWrite = (_, _) => Idle(_time.Now) });
        Add(Constant("TPIU_FFSR", 0x300, 0x0000_0008));
        _formatter = Add(new() { Name = "TPIU_FFCR", Offset = 0x304, Reset = 0x102, WriteMask = 0x142 });
        Add(Constant("TPIU_DEVID", 0xFC8, 0x0000_0CA1));
        Add(Constant("TPIU_DEVTYPE", 0xFCC, 0x0000_0011));
    }

    /// <summary>TRACESWO.</summary>
    public Signal Output { get; } = new("TRACESWO");

    /// <summary>Asynchronous prescaler: the SWO bit takes ACPR + 1 trace clocks.</summary>
    public uint Prescaler => _prescaler.Value;

    /// <summary>Femtoseconds of a bit.</summary>
    public ulong BitTime => (ulong)((UInt128)TimeBase.Second * (Prescaler + 1) / _time.Hertz);

    public override void Reset()
    {
        base.Reset();
        foreach (var edge in _edges) edge.Cancel();
        _edges.Clear();
        _busy = false;
        Idle(_time.Now);
    }

    /// <summary>The ITM has bytes.</summary>
    internal void Kick()
    {
        if (!_busy) SendNext(_time.Now);
    }

    private void SendNext(ulong at)
    {
        _edges.Clear();
        _busy = false;
        bool seen = Output.Pins.Count > 0;
        if (_protocol.Value == Manchester) SendManchester(at, seen);
        else if (_itm.TryTake(out byte value)) SendNrz(value, at, seen);
        if (!_busy) Idle(at);
    }

    private void SendNrz(byte value, ulong at, bool seen)
    {
        ulong bit = BitTime;
        if (seen)
        {
            if (_protocol.Value != Nrz) throw new BenchStop($"TPIU_SPPR = {_protocol.Value}: trace by the parallel port is not modelled");
            CheckFormatter();
            int levels = value << 1 | 0x200;
            for (int i = 0; i < 10; i++) Put(at + (ulong)i * bit, (levels >> i & 1) != 0);
        }
        Occupy(at + 10 * bit);
    }

    /// <summary>A one is high then low, a zero low then high; a bit time without an edge ends the sequence.</summary>
    private void SendManchester(ulong at, bool seen)
    {
        ulong bit = BitTime;
        int bits = 0;
        for (int n = 0; n < MostInManchester && _itm.TryTake(out byte value); n++)
        {
            if (n == 0) Bit(true);
            for (int i = 0; i < 8; i++) Bit((value >> i & 1) != 0);
        }
        if (bits == 0) return;
        if (seen)
        {
            CheckFormatter();
            Put(at + (ulong)bits * bit, false);
        }
        Occupy(at + (ulong)(bits + 1) * bit);

        void Bit(bool one)
        {
            if (seen)
            {
                Put(at + (ulong)bits * bit, one);
                Put(at + (ulong)bits * bit + bit / 2, !one);
            }
            bits++;
        }
    }

    private void CheckFormatter()
    {
        if (_formatter[EnFCont]) throw new BenchStop("TPIU_FFCR.EnFCont: the formatter's frames are not modelled; trace on TRACESWO needs it off (0x100)");
    }

    private void Occupy(ulong end)
    {
        _busy = true;
        _edges.Add(_time.At(end, () => SendNext(end)));
    }

    private void Idle(ulong at)
    {
        if (_busy) return;
        _level = _protocol.Value == Nrz;
        Output.Set(_level ? Drive.High : Drive.Low, at);
    }

    private void Put(ulong at, bool level)
    {
        if (level == _level) return;
        _level = level;
        var drive = level ? Drive.High : Drive.Low;
        if (at <= _time.Now) Output.Set(drive, at);
        else _edges.Add(_time.At(at, () => Output.Set(drive, at)));
    }
}

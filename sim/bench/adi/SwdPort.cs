using SharpProbe.Sim.Pins;

namespace SharpProbe.Sim.Adi;

/// <summary>
/// A chip's SWCLK and SWDIO pins with a debug port behind them. Samples SWDIO at the rising edge of SWCLK and changes it after that edge; a host that drives at the same time
/// as the target makes a conflict on the wire. Several ports may be on one pair of wires.
/// </summary>
public sealed class SwdPort
{
    private const int MaxFindings = 100;

    // One second before the bench's time begins; differences wrap around.
    private const ulong LongAgo = ulong.MaxValue - TimeBase.Second + 1;

    private readonly Net _swdio;
    private readonly SwdShare? _share;
    private readonly NetDriver _clockPull, _dataPull, _output;
    private readonly SwDp _dp;
    private readonly SwjSelector _selector;
    private readonly SwdLine _line;
    private readonly SwdTiming _timing;
    private readonly ulong _minimumPeriod;
    private readonly List<SwdFinding> _findings = [];
    private ulong _rise = LongAgo, _fall = LongAgo, _dataChange = LongAgo;
    private uint _noise = 0x2545F491;
    private int _own;
    private bool _clock, _listens, _sampled, _on, _powered = true, _pinsEnabled = true;

    /// <param name="swclk">Its level decides, not its driver: pulled down here.</param>
    /// <param name="swdio">Pulled up here.</param>
    /// <param name="timing">Null: <see cref="SwdTiming"/> as it is.</param>
    /// <param name="name">Names the pins in a conflict: "target" gives "target.SWDIO".</param>
    /// <param name="share">Where the chip has several ports behind these pins.</param>
    public SwdPort(Net swclk, Net swdio, SwDp dp, SwdTiming? timing = null, string name = "target", SwdShare? share = null)
    {
        _share = share;
        share?.Add(this);
        (_swdio, _dp, _timing) = (swdio, dp, timing ?? new());
        _minimumPeriod = _timing.MinimumPeriod;
        _selector = new(dp.Version >= 2);
        _line = new(dp, Log) { Found = Find };
        foreach (var ap in dp.AccessPorts) ap.Found = Find;
        _clockPull = swclk.Attach(name + ".SWCLK");
        _dataPull = swdio.Attach(name + ".SWDIO pull-up");
        _output = swdio.Attach(name + ".SWDIO");
        _clock = swclk.IsHigh;
        PowerOn();
        swclk.Changed += ClockChanged;
        swdio.Changed += DataChanged;
        _listens = true;
    }

    public SwDp Dp => _dp;
    public SwdFaults Faults => _dp.Faults;
    public SwdLog Log { get; } = new() { Capacity = 4096 };
    public SwdTiming Timing => _timing;
    public SwjProtocol Protocol => _selector.Protocol;
    public SwdPhase Phase => _line.Phase;

    /// <summary>TAPs that hear SWCLK as TCK and SWDIO as TMS while the port has not been switched to another protocol; null: an SW-DP alone.</summary>
    public JtagPort? Jtag
    {
        get;
        init
        {
            field = value;
            _dp.JtagLog = Log;
            UpdateJtag();
        }
    }

    /// <summary>False: the chip's software uses TDI and TDO for something else.</summary>
    public bool JtagPinsEnabled
    {
        get;
        set
        {
            field = value;
            UpdateJtag();
        }
    } = true;

    /// <summary>The first hundred breaches of timing and protocol that need not be an error on this chip but may on another.</summary>
    public IReadOnlyList<SwdFinding> Findings => _findings;

    /// <summary>A finding stops the bench.</summary>
    public bool FindingsStop { get; set; }

    /// <summary>Bits that were taken or sent wrongly because SWCLK was too fast.</summary>
    public ulong CorruptedBits { get; private set; }

    /// <summary>Rising edges of SWCLK while the port was listening.</summary>
    public ulong Clocks { get; private set; }

    /// <summary>The chip's supply. Off: no pulls, no answer, all registers lost. The bus's own <see cref="IDebugBus.Powered"/> counts too, seen at the next clock.</summary>
    public bool Powered
    {
        get => _powered;
        set
        {
            _powered = value;
            Update();
        }
    }

    /// <summary>False: the chip's software uses the pins for something else. The port hears nothing and lets go; its state stays.</summary>
    public bool PinsEnabled
    {
        get => _pinsEnabled;
        set
        {
            _pinsEnabled = value;
            Update();
        }
    }

    private void Update()
    {
        bool on = _powered && _dp.Powered;
        if (on && !_on) PowerOn();
        else if (!on) _on = false;
        Pull(on && _pinsEnabled);
        UpdateJtag();
    }

    private void UpdateJtag()
    {
        if (Jtag is { } jtag) jtag.Present = _on && _pinsEnabled && JtagPinsEnabled;
    }

    private void PowerOn()
    {
        _on = _powered && _dp.Powered;
        _dp.PowerOn();
        Jtag?.Chain.Reset();
        _selector.PowerOn(_dp.Start);
        _line.Lock();
        Pull(_on && _pinsEnabled);
    }

    private void Pull(bool present)
    {
        if (!present) Change(_output, Drive.None, null);
        _clockPull.Set(present ? Drive.PullDown : Drive.None);
        Change(_dataPull, present ? Drive.PullUp : Drive.None, null);
    }

    internal void NoteOwnChange() => _own++;

    private void ClockChanged(NetChange change)
    {
        Edge(change);
        if (change.After == Level.High) _share?.Told();
    }

    private void Edge(NetChange change)
    {
        bool high = change.After switch { Level.High => true, Level.Low => false, _ => _clock };
        if (high == _clock) return;
        _clock = high;
        ulong time = change.Time;
        if (!high)
        {
            _fall = time;
            if (time - _rise < _timing.MinimumPulse && _sampled) Find(time, "SWCLK is high for less than the chip needs");
            if (_on && _pinsEnabled && _selector.Protocol == SwjProtocol.Jtag) Jtag?.Fall(time);
            return;
        }
        ulong period = time - _rise;
        _rise = time;
        if (_on != (_powered && _dp.Powered)) Update();
        if (!_on || !_pinsEnabled)
        {
            _sampled = false;
            return;
        }
        Clocks++;
        if (time - _fall < _timing.MinimumPulse) Find(time, "SWCLK is low for less than the chip needs");
        Rise(time, period);
    }

    private void Rise(ulong time, ulong period)
    {
        bool bit = _swdio.IsHigh;
        _sampled = !_line.Deaf;
        if (_sampled && time - _dataChange < _timing.Setup) Find(time, "SWDIO changes less than the set-up time before the rising edge of SWCLK");
        bool wrong = period < _minimumPeriod && IsCorrupted(period);
        if (wrong) bit = !bit;
        if (_selector.Protocol == SwjProtocol.Jtag) Jtag?.Rise(bit, time);
        if (_selector.Clock(bit)) Switched(time);
        if (_selector.Protocol != SwjProtocol.Swd) return;
        _dp.Clock(time);
        if (time < Faults.SilentUntil)
        {
            _line.Lock();
            Send(Drive.None, time);
            return;
        }
        if (_selector.LineReset) _line.Reset(time);
        var drive = _line.Clock(bit, time);
        if (wrong && drive != Drive.None) drive = drive == Drive.High ? Drive.Low : Drive.High;
        Send(drive, time);
    }

    private void Send(Drive drive, ulong time)
    {
        if (drive == _output.Drive) return;
        if (_share is null) Change(_output, drive, time + _timing.Output);
        else _share.Post(_output, drive, time + _timing.Output);
    }

    /// <summary>A change on SWDIO that is not the host's: <see cref="DataChanged"/> will hear of it, perhaps later.</summary>
    private void Change(NetDriver driver, Drive drive, ulong? time)
    {
        var before = _swdio.Level;
        driver.Set(drive, time);
        if (_swdio.Level != before && _listens) _own++;
    }

    private void Switched(ulong time)
    {
        _line.Lock();
        Send(Drive.None, time);
        Jtag?.LetGo(time);
        _line.Note(_selector.Protocol switch { SwjProtocol.Jtag => SwdEvent.ToJtag, SwjProtocol.Swd => SwdEvent.ToSwd, _ => SwdEvent.ToDormant }, time);
    }

    private void DataChanged(NetChange change)
    {
        if (_own > 0)
        {
            _own--;
            return;
        }
        _dataChange = change.Time;
        if (_sampled && _clock && change.Time - _rise < _timing.Hold) Find(change.Time, "SWDIO changes less than the hold time after the rising edge of SWCLK");
    }

    /// <summary>The more often the faster the clock: at twice the limit every other bit. The same in every run.</summary>
    private bool IsCorrupted(ulong period)
    {
        _noise ^= _noise << 13;
        _noise ^= _noise >> 17;
        _noise ^= _noise << 5;
        ulong odds = (_minimumPeriod - period) * 0x1_0000_0000 / _minimumPeriod;
        if (_noise >= odds) return false;
        CorruptedBits++;
        return true;
    }

    private void Find(ulong time, string text)
    {
        if (_findings.Count < MaxFindings) _findings.Add(new(time, text));
        if (FindingsStop) throw new BenchStop($"SWD: {text}");
    }
}

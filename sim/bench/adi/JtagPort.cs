using SharpProbe.Sim.Pins;

namespace SharpProbe.Sim.Adi;

/// <summary>A chip's TDI and TDO with a chain of TAPs behind them. TCK and TMS are given to it: by the SWJ-DP that owns them (<see cref="SwdPort"/>), or straight from two wires.</summary>
public sealed class JtagPort
{
    private const int MaxFindings = 100;

    // One second before the bench's time begins; differences wrap around.
    private const ulong LongAgo = ulong.MaxValue - TimeBase.Second + 1;

    private readonly Net _tdi;
    private readonly NetDriver _pull, _output;
    private readonly SwdTiming _timing;
    private readonly List<SwdFinding> _findings = [];
    private ulong _rise = LongAgo, _dataChange = LongAgo;
    private bool _present = true, _shifts;

    /// <param name="tdi">Pulled up here.</param>
    /// <param name="name">Names the pins in a conflict.</param>
    public JtagPort(Net tdi, Net tdo, JtagChain chain, SwdTiming? timing = null, string name = "target")
    {
        (Chain, _tdi, _timing) = (chain, tdi, timing ?? new());
        _pull = tdi.Attach(name + ".TDI", Drive.PullUp);
        _output = tdo.Attach(name + ".TDO");
        tdi.Changed += TdiChanged;
        chain.Reset();
    }

    /// <summary>TAPs with no serial wire beside them. TCK and TMS are pulled as an SWJ-DP does.</summary>
    public JtagPort(Net tck, Net tms, Net tdi, Net tdo, JtagChain chain, string name = "target") : this(tdi, tdo, chain, null, name)
    {
        tck.Attach(name + ".TCK", Drive.PullDown);
        tms.Attach(name + ".TMS", Drive.PullUp);
        bool clock = tck.IsHigh;
        tck.Changed += change =>
        {
            bool high = change.After switch { Level.High => true, Level.Low => false, _ => clock };
            if (high == clock) return;
            clock = high;
            if (high) Rise(tms.IsHigh, change.Time);
            else Fall(change.Time);
        };
    }

    public JtagChain Chain { get; }

    public JtagFaults Faults => Chain.Faults;

    /// <summary>Rising edges of TCK that the chain took.</summary>
    public ulong Clocks { get; private set; }

    /// <summary>The first hundred breaches of timing.</summary>
    public IReadOnlyList<SwdFinding> Findings => _findings;

    /// <summary>False: no supply, or the chip's software uses the pins for something else. Lets go; <see cref="JtagChain.Reset"/> is the owner's business.</summary>
    public bool Present
    {
        get => _present;
        set
        {
            _present = value;
            _pull.Set(value ? Drive.PullUp : Drive.None);
            if (!value) _output.Set(Drive.None);
        }
    }

    internal void Rise(bool tms, ulong time)
    {
        if (!_present) return;
        Clocks++;
        _rise = time;
        _shifts = Chain.State is TapState.ShiftDr or TapState.ShiftIr;
        if (_shifts && time - _dataChange < _timing.Setup) Find(time, "TDI changes less than the set-up time before the rising edge of TCK");
        Chain.Rise(tms, _tdi.IsHigh, time);
    }

    internal void Fall(ulong time)
    {
        if (!_present) return;
        Send(Chain.Fall(time), time);
    }

    /// <summary>Another protocol has the pins.</summary>
    internal void LetGo(ulong time) => Send(null, time);

    private void Send(bool? bit, ulong time)
    {
        var drive = bit switch { null => Drive.None, true => Drive.High, false => Drive.Low };
        if (drive != _output.Drive) _output.Set(drive, time + _timing.Output);
    }

    private void TdiChanged(NetChange change)
    {
        _dataChange = change.Time;
        if (_shifts && _present && change.Time - _rise < _timing.Hold) Find(change.Time, "TDI changes less than the hold time after the rising edge of TCK");
    }

    private void Find(ulong time, string text)
    {
        if (_findings.Count < MaxFindings) _findings.Add(new(time, text));
    }
}

using SharpProbe.Sim.Usb;

namespace SharpProbe.Sim.Chips.Usb;

/// <summary>What is on the cable: session, attachment, reset, frames, suspend (RM0431 and RM0433, "USB peripheral").</summary>
public sealed partial class Otg
{
    private const ulong FullSpeedFrame = TimeBase.Second / 1000, HighSpeedFrame = TimeBase.Second / 8000;
    private const int SessionEnd = 2;
    /// <summary>Smallest AHB clock: RM0431 and RM0433, OTG implementation notes on full and high speed.</summary>
    private const ulong LeastHclkFull = 14_200_000, LeastHclkHigh = 30_000_000;

    /// <summary>TRDT by the AHB clock at full speed: from this many Hz on, this many PHY clocks (RM0431 and RM0433, table "TRDT values").</summary>
    private static readonly (ulong Hertz, uint Trdt)[] Turnaround =
    [
        (32_000_000, 6), (27_500_000, 7), (24_000_000, 8), (21_800_000, 9), (20_000_000, 10), (18_500_000, 11), (17_200_000, 12), (16_000_000, 13), (15_000_000, 14), (14_200_000, 15),
    ];
    private const uint TurnaroundHigh = 9;

    private bool _vbus, _sessionSeen, _busReset, _enumerated, _turnaroundChecked;
    private UsbSpeed _port;
    private ulong _frameZero;
    private uint _frozenFrame, _frameSeen;
    private TimeBase.Event? _sofEvent;

    public event Action? AttachedChanged;
    public event Action<int>? Ready;

    public bool Attached { get; private set; }

    public bool Vbus
    {
        set
        {
            _vbus = value;
            Settle();
        }
    }

    /// <summary>Speed agreed at the last reset.</summary>
    internal bool RunsHigh { get; private set; }

    /// <summary>Number of the present frame, or microframe at high speed; counted from the end of reset.</summary>
    internal uint Frame => !_enumerated ? 0 : _suspended ? _frozenFrame : (uint)((_time.Now - _frameZero) / FramePeriod) & (RunsHigh ? 0x3FFFu : 0x7FF);

    private ulong FramePeriod => RunsHigh ? HighSpeedFrame : FullSpeedFrame;

    /// <summary>B-session valid: by software's word (BVALOEN, BVALOVAL) or from VBUS (GCCFG.VBDEN).</summary>
    private bool SessionValid => _gotgctl[6] ? _gotgctl[7] : _gccfg[21] && _vbus;

    public void BeginReset(UsbSpeed port)
    {
        if (!Attached) return;
        if (_suspended) _gintsts[Rstdet] = true;
        (_busReset, _port, _suspended, _enumerated, _setupOpen, _control, _nextAddress) = (true, port, false, false, false, false, null);
        foreach (var endpoint in _in) endpoint.BusReset();
        foreach (var endpoint in _out) endpoint.BusReset();
        _gintsts[Usbrst] = true;
        Settle();
    }

    public UsbSpeed EndReset()
    {
        if (!Attached || !_busReset) return UsbSpeed.Full;
        RunsHigh = _port == UsbSpeed.High && _phy.HighSpeed && DeviceSpeed == 0;
        (_busReset, _enumerated, _frameZero, _frameSeen, _turnaroundChecked) = (false, true, _time.Now, 0, false);
        _gintsts[Enumdne] = true;
        FollowFrames();
        Settle();
        return RunsHigh ? UsbSpeed.High : UsbSpeed.Full;
    }

    public void Suspend()
    {
        if (!Attached || _suspended) return;
        SeeFrame();
        (_frozenFrame, _suspended) = (Frame, true);
        (_gintsts[Esusp], _gintsts[Usbsusp]) = (true, true);
        Settle();
    }

    public void Resume()
    {
        if (!Attached || !_suspended) return;
        _suspended = false;
        _frameZero = _time.Now - _frozenFrame * FramePeriod;
        _gintsts[Wkupint] = true;
        FollowFrames();
        Settle();
    }

    /// <summary>Follows session and pull-up, and says what is missing when the pull-up would go on and nothing could work.</summary>
    private void SettleSession()
    {
        if (_gccfg[21] && !_gotgctl[6] && !SensesVbus && PhyPowered && (_dctl.Value & SoftDisconnect) == 0)
            throw new BenchStop($"{Name}.GCCFG: VBDEN = 1 without GOTGCTL.BVALOEN, and the board does not bring VBUS to the chip: the session never becomes valid");
        bool session = SessionValid;
        if (session != _sessionSeen)
        {
            _sessionSeen = session;
            if (session) _gintsts[Srqint] = true;
            else _gotgint[SessionEnd] = true;
        }
        bool attached = session && PhyPowered && !_resetting && (_dctl.Value & SoftDisconnect) == 0 && (ClockEnabled?.Invoke() ?? true);
        if (attached == Attached) return;
        if (attached) RequireFit();
        else (_enumerated, _busReset, _suspended) = (false, false, false);
        Attached = attached;
        AttachedChanged?.Invoke();
    }

    private void RequireFit()
    {
        BenchStop No(string why) => new($"{Name}: the pull-up is turned on (DCTL.SDIS = 0), but no host will find the device: {why}");
        if (NoClock is { } clock) throw No(clock);
        if (_phy.NoLine is { } line) throw No(line);
        ulong least = _phy.HighSpeed && DeviceSpeed == 0 ? LeastHclkHigh : LeastHclkFull;
        if (_hclk() < least) throw No($"HCLK at {_hclk()} Hz is below {least} Hz");
        if (_phy.HighSpeed ? DeviceSpeed > 1 : DeviceSpeed != 3) throw No($"DCFG.DSPD = {DeviceSpeed} does not go with the {(_phy.HighSpeed ? "high" : "full")}-speed transceiver");
        CheckFifo(_in[0]);
    }

    /// <summary>GUSBCFG.TRDT must leave the core time to fetch from the FIFO memory; software may set it as late as after ENUMDNE.</summary>
    private void CheckTurnaround()
    {
        if (_turnaroundChecked) return;
        _turnaroundChecked = true;
        uint trdt = _gusbcfg.Field(10, 4), needed = TurnaroundHigh;
        if (!RunsHigh)
            foreach (var (hertz, value) in Turnaround)
                if (_hclk() >= hertz)
                {
                    needed = value;
                    break;
                }
        if (trdt < needed) throw new BenchStop($"{Name}.GUSBCFG: TRDT = {trdt}, and at {(RunsHigh ? "high" : "full")} speed with HCLK at {_hclk()} Hz it must be {needed}");
    }

    /// <summary>Sets GINTSTS.SOF for frames since it was looked at last.</summary>
    private void SeeFrame()
    {
        uint frame = Frame;
        if (frame == _frameSeen || !_enumerated) return;
        _frameSeen = frame;
        _gintsts[Sof] = true;
    }

    /// <summary>While the SOF interrupt is unmasked every frame is an event.</summary>
    private void FollowFrames()
    {
        _sofEvent?.Cancel();
        _sofEvent = null;
        if (!_gintmsk[Sof] || !_enumerated || _suspended) return;
        ulong into = (_time.Now - _frameZero) % FramePeriod;
        _sofEvent = _time.After(FramePeriod - into, () =>
        {
            SeeFrame();
            FollowFrames();
            Settle();
        });
    }
}

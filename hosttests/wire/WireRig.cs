using SharpProbe.Adi;
using SharpProbe.Io;
using SharpProbe.Sim;
using SharpProbe.Sim.Adi;
using SharpProbe.Sim.Pins;
using SharpProbe.Tests.Adi;
using SharpProbe.Wire;
using SimMemAp = SharpProbe.Sim.Adi.MemAp;

namespace SharpProbe.Tests.Wire;

/// <summary>The firmware's SWD on two wires, and a debug port of the bench with some memory at their other end.</summary>
sealed class WireRig
{
    public const uint Hertz = 216_000_000;

    private readonly NetDriver _data, _tdi;
    private bool _driving;
    private uint _latches;

    public WireRig(Func<SimMemAp, SwDp>? dp = null, SwdTiming? timing = null, bool packs = true, uint rom = 0xE00F_F003, Func<SwDp, JtagChain>? chain = null, uint shifter = 0)
    {
        (FakePins.Rig, ShifterFastest) = (this, shifter);
        Time = new(Hertz);
        var nets = new Nets(Time);
        (Swclk, Swdio) = (nets.Create("SWCLK"), nets.Create("SWDIO"));
        Bus = new(Time);
        var ap = new SimMemAp(Bus, 0x1477_0011, rom) { HasPacked = packs };
        SwDp port = dp is null ? new(0x1BA0_1477, ap) : dp(ap);
        (Tdi, Tdo) = (nets.Create("TDI"), nets.Create("TDO"));
        _tdi = Tdi.Attach("probe.TDI");
        Tdo.Attach("probe.TDO", Drive.PullUp);
        Port = new(Swclk, Swdio, port, timing) { Jtag = chain is null ? null : new(Tdi, Tdo, chain(port), timing) };
        (Clock, _data) = (Swclk.Attach("probe.SWCLK"), Swdio.Attach("probe.SWDIO"));
        Wire = new Swd<FakePins> { Frequency = uint.MaxValue };
        Jtag = new(Wire);
        Access = new(Wire, new RigClock(this), Turns, Jtag);
        Nets = nets;
    }

    public TimeBase Time { get; }
    public Nets Nets { get; }
    public Net Swclk { get; }
    public Net Swdio { get; }
    public NetDriver Clock { get; }
    public RamBus Bus { get; }
    public SwdPort Port { get; }
    public Net Tdi { get; }
    public Net Tdo { get; }
    public Swd<FakePins> Wire { get; }
    public Jtag<FakePins> Jtag { get; }
    public WireAccess Access { get; }
    public CountedTurns Turns { get; } = new();
    public SwdFaults Faults => Port.Faults;
    /// <summary>Of a delay loop.</summary>
    public uint TurnCycles = 3;
    /// <summary>0: the pins have no shifter. To be set before the wire's clock is.</summary>
    public uint ShifterFastest, ShifterHertz;
    public bool Driving => _driving;
    public bool Connected, JtagConnected, ResetHeld, ResetPulled, Power;
    public int Millivolts = 3300;

    public AccessPort Memory => Access.Port(0);

    public WireRig Scanned()
    {
        DebugFault fault = Access.Scan(0);
        Assert.Equal(FaultKind.None, fault.Kind);
        Port.Log.Clear();
        return this;
    }

    /// <summary>Names of the registers of the transfers since the scan.</summary>
    public string Transfers => string.Join(' ', Port.Log.Entries.Where(e => e.Event == SwdEvent.Transfer).Select(e => (e.Request.Read ? "" : "=") + e.RegisterName + (e.Ack == SharpProbe.Sim.Adi.SwdAck.Ok ? "" : ":" + e.Ack)));

    public void Pass(uint cycles)
    {
        Time.Cycles += cycles;
        Time.RunDue();
    }

    public void SetDriving(bool driving)
    {
        _driving = driving && Connected;
        Pass(4);
        Show();
    }

    /// <summary>Pins by number: 6 is SWCLK, 7 SWDIO.</summary>
    public void Store(uint set, uint reset)
    {
        _latches = _latches & ~reset | set;
        if (!Connected) return;
        Clock.Set((_latches & 0x40) != 0 ? Drive.High : Drive.Low);
        Show();
    }

    public void SetTdi(bool high) => _tdi.Set(!JtagConnected ? Drive.None : high ? Drive.High : Drive.Low);

    private void Show() => _data.Set(!_driving ? Drive.None : (_latches & 0x80) != 0 ? Drive.High : Drive.Low);

    private sealed class RigClock(WireRig rig) : Clock
    {
        public override uint Microseconds => (uint)(rig.Time.Now / (TimeBase.Second / 1_000_000));
        public override uint Milliseconds => (uint)(rig.Time.Now / (TimeBase.Second / 1000));
    }

    public sealed class CountedTurns : Background
    {
        public int Count { get; private set; }

        /// <summary>Cycles that the rest of the probe takes each time.</summary>
        public uint Takes { get; set; }

        public override void Run()
        {
            Count++;
            FakePins.Rig.Pass(Takes);
        }
    }
}

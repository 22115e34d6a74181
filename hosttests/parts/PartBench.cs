using System.Text;
using SharpProbe.Adi;
using SharpProbe.Io;
using SharpProbe.Monitoring;
using SharpProbe.Sim;
using SharpProbe.Sim.Boards;
using SharpProbe.Sim.Pins;
using SharpProbe.Sim.Targets;
using SharpProbe.Target;
using SharpProbe.Target.Cortex;
using SharpProbe.Tests.Debugging;
using SharpProbe.Wire;

namespace SharpProbe.Tests.Parts;

/// <summary>The firmware's target layer, by its own SWD, on any target of the bench.</summary>
sealed class PartBench : IWiredBench
{
    private readonly Net _reset;
    private readonly NetDriver _resetDriver;

    /// <param name="name">In <see cref="TargetList"/>.</param>
    /// <param name="prepare">Before power reaches the probe's wires: what a programmer left in the part.</param>
    public PartBench(string name, Action<SimTarget>? prepare = null) : this(TargetList.Find(name).Build, prepare) { }

    /// <param name="build">One that is on no list.</param>
    /// <param name="prepare">As above.</param>
    public PartBench(Func<Machine, SimTarget> build, Action<SimTarget>? prepare = null)
    {
        Probe = new(BoardList.Find("stlinkv3mini"));
        Probe.Time.SetFrequency(WiredPins.Hertz);
        Target = build(Probe);
        prepare?.Invoke(Target);
        _reset = Probe.Pin("PA6").Net;
        _resetDriver = _reset.Attach("test");
        Target.ConnectReset(_reset);
        WiredPins.Join(this);
        var wire = new Swd<WiredPins> { Frequency = uint.MaxValue };
        BenchClock clock = new(Probe);
        BenchBackground background = new(Probe);
        Session = new(new WireAccess(wire, clock, background, new Jtag<WiredPins>(wire)), clock, background);
        Commands = new(Session, clock, background);
    }

    public Machine Probe { get; }
    public SimTarget Target { get; }
    public ProbeSession Session { get; }
    public ProbeMonitor Commands { get; }
    public CortexM Core => (CortexM)Session[0];

    public bool HoldsReset
    {
        get;
        set
        {
            field = value;
            _resetDriver.Set(value ? Drive.Low : Drive.None);
        }
    }

    public bool InReset => _reset.Level == Level.Low;

    public double Milliseconds => Probe.Time.Now / (double)(TimeBase.Second / 1000);

    public PartBench Attached(int index = 0)
    {
        BenchTarget.Succeeds(Session.Scan(0));
        BenchTarget.Succeeds(Session.Attach(index));
        return this;
    }

    public void PassCycles(uint cycles)
    {
        Probe.Time.Cycles += cycles;
        Probe.Time.RunDue();
    }

    /// <summary>A monitor command's text; "!" before it where it failed.</summary>
    public string Monitor(string line)
    {
        var output = new TextLog();
        return (Commands.Execute(Encoding.ASCII.GetBytes(line), output) == CommandResult.Done ? "" : "!") + output.Text;
    }

    public byte[] Read(uint address, int length)
    {
        var data = new byte[length];
        BenchTarget.Succeeds(Core.ReadMemory(address, data));
        return data;
    }

    public uint Word(uint address) => BitConverter.ToUInt32(Read(address, 4));

    /// <summary>Erases what it touches, programs and closes, as gdb's load does.</summary>
    public DebugFault Load(uint address, ReadOnlySpan<byte> data, bool erase = true)
    {
        DebugFault fault = erase ? Core.FlashErase(address, (uint)data.Length) : DebugFault.None;
        if (fault.Ok) fault = Core.FlashWrite(address, data);
        DebugFault done = Core.FlashDone();
        return fault.Failed ? fault : done;
    }

    public static byte[] Noise(int length)
    {
        var data = new byte[length];
        new Random(length).NextBytes(data);
        return data;
    }
}

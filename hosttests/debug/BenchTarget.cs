using System.Text;
using SharpProbe.Adi;
using SharpProbe.Io;
using SharpProbe.Sim;
using SharpProbe.Sim.Boards;
using SharpProbe.Sim.Pins;
using SharpProbe.Sim.Targets;
using SharpProbe.Target;
using SharpProbe.Target.Cortex;
using SharpProbe.Wire;

namespace SharpProbe.Tests.Debugging;

/// <summary>The firmware's target layer on a simulated target, the STM32F103 if nothing else is said: straight on its bus, or by the firmware's SWD on its pins.</summary>
sealed class BenchTarget : IWiredBench
{
    public const uint Flash = 0x0800_0000, Ram = 0x2000_0000, Code = Flash + 0x100, RamCode = Ram + 0x400, StackTop = Ram + 0x1000;
    private const ushort BranchToSelf = 0xE7FE;

    /// <param name="program">Code at <see cref="Code"/>; every exception's handler is a loop at Flash + 0x400 + 4 times its number.</param>
    public BenchTarget(params ushort[] program) : this(TargetKind.Genuine, program) { }

    public BenchTarget(TargetKind kind, params ushort[] program) : this(kind, false, program) { }

    private BenchTarget(TargetKind kind, bool wired, ushort[] program, bool jtag = false) : this(TargetVariant.Of(kind).Name, wired, program, jtag) { }

    private BenchTarget(string name, bool wired, ushort[] program, bool jtag = false)
    {
        Probe = new(BoardList.Find("stlinkv3mini"));
        Probe.Time.SetFrequency(WiredPins.Hertz);
        Target = TargetList.Find(name).Build(Probe);
        _reset = Probe.Pin("PA6").Net;
        _resetDriver = _reset.Attach("test");
        Target.ConnectReset(_reset);
        Clock = new BenchClock(Probe);
        Background = new(Probe);
        if (wired)
        {
            WiredPins.Join(this);
            var wire = new Swd<WiredPins> { Frequency = uint.MaxValue };
            Access = new WireAccess(wire, Clock, Background, new Jtag<WiredPins>(wire));
            if (jtag) Access.UseJtag(default);
        }
        else Access = new BenchAccess(this);
        Session = new(Access, Clock, Background);
        if (program.Length == 0) return;
        var image = new byte[0x600];
        void Word(int at, uint value) => BitConverter.TryWriteBytes(image.AsSpan(at), value);
        Word(0, StackTop);
        Word(4, Code | 1);
        for (int n = 2; n < 64; n++)
        {
            Word(n * 4, Handler(n) | 1);
            BitConverter.TryWriteBytes(image.AsSpan((int)(Handler(n) - Flash)), BranchToSelf);
        }
        for (int i = 0; i < program.Length; i++) BitConverter.TryWriteBytes(image.AsSpan((int)(Code - Flash) + i * 2), program[i]);
        Target.Load(image, Flash);
    }

    /// <summary>With the firmware's own SWD in between, at the fastest clock of a V3 mini.</summary>
    public static BenchTarget Wired(TargetKind kind, params ushort[] program) => new(kind, true, program);

    /// <summary>Any target of <see cref="TargetList"/>, by SWD.</summary>
    public static BenchTarget Of(string name, params ushort[] program) => new(name, true, program);

    /// <summary>By JTAG.</summary>
    public static BenchTarget ByJtag(TargetKind kind, params ushort[] program) => new(kind, true, program, jtag: true);

    private readonly Net _reset;
    private readonly NetDriver _resetDriver;

    public Machine Probe { get; }
    public SimTarget Target { get; }
    public Stm32F103 Chip => (Stm32F103)Target;
    public DebugAccess Access { get; }
    public BenchClock Clock { get; }
    public BenchBackground Background { get; }
    public ProbeSession Session { get; }
    public CortexM Core => (CortexM)Session[0];

    public bool HoldsReset
    {
        get;
        set
        {
            field = value;
            if (ResetIsWired) _resetDriver.Set(value ? Drive.Low : Drive.None);
        }
    }

    public bool InReset => _reset.Level == Level.Low;

    /// <summary>nRESET reaches the target.</summary>
    public bool ResetIsWired { get; set; } = true;

    /// <summary>The wire's answer instead of an access, when it is not None.</summary>
    public FaultKind WireFault { get; set; }

    public static uint Handler(int exception) => Flash + 0x400 + (uint)exception * 4;

    public double Milliseconds => Probe.Time.Now / (double)(TimeBase.Second / 1000);

    /// <summary>Scanned and attached.</summary>
    public BenchTarget Attached()
    {
        Succeeds(Session.Scan(0));
        Succeeds(Session.Attach(0));
        return this;
    }

    /// <summary>The probe is busy for so many cycles.</summary>
    public void PassCycles(uint cycles)
    {
        Probe.Time.Cycles += cycles;
        Probe.Time.RunDue();
    }

    public void Pass(uint microseconds)
    {
        Assert.True(Probe.RunFor(microseconds * (TimeBase.Second / 1_000_000)), Probe.Stopped?.ToString());
        Target.CatchUp();
    }

    public StopInfo RunToStop(uint milliseconds = 50)
    {
        Succeeds(Core.Resume());
        return WaitForStop(milliseconds);
    }

    public StopInfo WaitForStop(uint milliseconds = 50)
    {
        double start = Milliseconds;
        while (true)
        {
            StopInfo stop = Core.Poll();
            if (stop.Reason != StopReason.Running || Milliseconds - start > milliseconds) return stop;
            Pass(50);
        }
    }

    public uint Register(int number)
    {
        var bytes = new byte[8];
        Succeeds(Core.ReadRegister(number, bytes));
        return BitConverter.ToUInt32(bytes);
    }

    public void Register(int number, uint value) => Succeeds(Core.WriteRegister(number, BitConverter.GetBytes(value)));

    public uint Pc { get => Register(15); set => Register(15, value); }

    public byte[] Read(uint address, int length)
    {
        var data = new byte[length];
        Succeeds(Core.ReadMemory(address, data));
        return data;
    }

    public ushort Halfword(uint address) => BitConverter.ToUInt16(Read(address, 2));

    public void WriteCode(uint address, params ushort[] code)
    {
        for (int i = 0; i < code.Length; i++) Succeeds(Core.WriteMemory(address + (uint)i * 2, BitConverter.GetBytes(code[i])));
    }

    public string Monitor(string line) => MonitorLine.Run(Session, line);

    /// <summary>Bytes that look like no pattern, the same for the same length.</summary>
    public static byte[] Noise(int length)
    {
        var data = new byte[length];
        new Random(length).NextBytes(data);
        return data;
    }

    /// <summary>Erases and programs, as gdb's load does.</summary>
    public static void Load(BenchTarget bench, uint address, byte[] data)
    {
        Succeeds(bench.Core.FlashErase(address, (uint)data.Length));
        Succeeds(bench.Core.FlashWrite(address, data));
        Succeeds(bench.Core.FlashDone());
    }

    public static void Succeeds(DebugFault fault) => Assert.Equal("no error", Words(fault));

    public static string Words(DebugFault fault)
    {
        var writer = new ByteWriter(new byte[200]);
        fault.Describe(ref writer);
        return Encoding.ASCII.GetString(writer.Written);
    }
}

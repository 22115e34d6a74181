using SharpProbe.Sim.Boards;
using SharpProbe.Sim.Elf;
using SharpProbe.Sim.Targets;
using SharpProbe.Sim.Usb;

namespace SharpProbe.Sim.Cli.Rig;

/// <summary>
/// A probe with its own firmware on a USB cable, a target on its pins, and the probe's gdb port as a pseudo terminal (elsewhere than on Linux a TCP port), for demos, measurements and tests.
/// The bench runs on a thread of its own, its clock as <see cref="HostPace"/> has it: figures in simulated time are the probe's and the cable's, not gdb's.
/// </summary>
public sealed class ProbeRig : IDisposable
{
    public const string GdbPort = "Black Magic GDB Server";

    private readonly HostPace _pace;
    private readonly IHostPeer _peer;
    private readonly Lock _bench = new();
    private readonly Thread _thread;
    private volatile bool _ended;
    private int _pausing;

    /// <param name="board">Its firmware is the one in out/.</param>
    /// <param name="target">What is at the pins, by its name in <see cref="TargetList"/>.</param>
    /// <param name="speed">Of the host's port.</param>
    public ProbeRig(string board, string target, UsbSpeed speed = UsbSpeed.High)
    {
        Machine = new(BoardList.Find(board));
        Machine.Load(ElfFile.Read(BuiltFile.Elf(board)));
        Target = TargetList.Connect(Machine, target);
        Host = new(Machine.Time, speed);
        Host.Plug(Machine.Usb);
        _pace = new(Host, Machine.RunUntil);
        _pace.Until(() => Host.IsConfigured, 2 * TimeBase.Second);
        _peer = OperatingSystem.IsLinux() ? new PtyPeer() : new TcpPeer(0);
        _pace.Connect(Host.Cdc(GdbPort), _peer, new LoggedTurn(Log));
        _thread = new(Run) { IsBackground = true, Name = "bench" };
    }

    public Machine Machine { get; }
    public SimTarget Target { get; }
    public UsbHost Host { get; }
    public TargetWiring Wiring => TargetWiring.Of(Machine.Board.Name);
    public RspLog Log { get; } = new();

    /// <summary>What gdb's "target extended-remote" takes.</summary>
    public string GdbAddress => _peer.Place;

    /// <summary>What went wrong on the bench, or null: the probe's or the target's model stopped, or the USB host has something to say.</summary>
    public string? Trouble => Machine.Stopped?.Message ?? Target.Stopped?.Message ?? (Host.Findings.All.Count > 0 ? string.Join("; ", Host.Findings.All) : null);

    public void Start() => _thread.Start();

    /// <summary>Does something while the bench stands still.</summary>
    public void Paused(Action action)
    {
        Interlocked.Increment(ref _pausing);
        try
        {
            lock (_bench) action();
        }
        finally
        {
            Interlocked.Decrement(ref _pausing);
        }
    }

    public void Stop()
    {
        _ended = true;
        if (_thread.IsAlive) _thread.Join();
    }

    public void Dispose()
    {
        Stop();
        _pace.Dispose();
    }

    private void Run()
    {
        while (!_ended)
        {
            if (Volatile.Read(ref _pausing) != 0) Thread.Sleep(1);
            lock (_bench)
                if (!_pace.Round()) return;
        }
    }
}

using System.Net;
using System.Net.Sockets;
using SharpProbe.Sim.Boards;
using SharpProbe.Sim.Elf;
using SharpProbe.Sim.Targets;
using SharpProbe.Sim.Usb;

namespace SharpProbe.Sim.Cli.Rig;

/// <summary>
/// A probe with its own firmware on a USB cable, a target on its pins, and a TCP port that ends in the probe's gdb port, for demos, measurements and tests. The bench runs on a thread of its
/// own. While gdb thinks, that is while nothing it asked is unanswered and nothing is under way, simulated time stands still, except for a millisecond whenever gdb has been silent for
/// <see cref="Grace"/>: so figures in simulated time are the probe's and the cable's, not gdb's.
/// </summary>
public sealed class ProbeRig : IDisposable
{
    public const string GdbPort = "Black Magic GDB Server";

    private const ulong Slice = TimeBase.Second / 20_000, Step = TimeBase.Second / 1000;
    private static readonly TimeSpan Grace = TimeSpan.FromMilliseconds(20);

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Lock _bench = new();
    private readonly Thread _thread;
    private readonly byte[] _buffer = new byte[64 * 1024];
    private CdcPort? _port;
    private Socket? _gdb;
    private volatile bool _ended;

    /// <param name="board">Its firmware is the one in out/.</param>
    /// <param name="target">What is at the pins.</param>
    /// <param name="speed">Of the host's port.</param>
    public ProbeRig(string board, TargetVariant target, UsbSpeed speed = UsbSpeed.High)
    {
        Machine = new(BoardList.Find(board));
        Machine.Load(ElfFile.Read(BuiltFile.Elf(board)));
        Target = new(Machine, target);
        Target.Connect();
        Host = new(Machine.Time, speed);
        Machine.RunFor(20 * Step);                                   // the firmware shows itself to the host
        Host.Plug(Machine.Usb);
        while (!Host.IsConfigured && Machine.Stopped is null && Machine.Time.Now < 2 * TimeBase.Second) Machine.RunFor(Step);
        _listener.Start();
        _thread = new(Run) { IsBackground = true, Name = "bench" };
    }

    public Machine Machine { get; }
    public Stm32F103 Target { get; }
    public UsbHost Host { get; }
    public TargetWiring Wiring => TargetWiring.Of(Machine.Board.Name);
    public RspLog Log { get; } = new();

    /// <summary>What gdb's "target extended-remote" takes.</summary>
    public string GdbAddress => $"localhost:{((IPEndPoint)_listener.LocalEndpoint).Port}";

    /// <summary>What went wrong on the bench, or null: the probe's or the target's model stopped, or the USB host has something to say.</summary>
    public string? Trouble => Machine.Stopped?.Message ?? Target.Stopped?.Message ?? (Host.Findings.All.Count > 0 ? string.Join("; ", Host.Findings.All) : null);

    public void Start() => _thread.Start();

    /// <summary>Does something while the bench stands still.</summary>
    public void Paused(Action action)
    {
        lock (_bench) action();
    }

    public void Stop()
    {
        _ended = true;
        if (_thread.IsAlive) _thread.Join();
    }

    public void Dispose()
    {
        Stop();
        _gdb?.Dispose();
        _listener.Stop();
    }

    private void Run()
    {
        while (!_ended && Machine.Stopped is null)
        {
            lock (_bench) Connect();
            bool idle;
            lock (_bench) idle = !Exchange() && !Log.Unanswered && !Host.Busy;
            if (idle && (_gdb?.Poll(Grace, SelectMode.SelectRead) ?? _listener.Server.Poll(Grace, SelectMode.SelectRead))) continue;
            lock (_bench) Machine.RunFor(idle ? Step : Slice);
        }
    }

    /// <summary>A gdb that comes opens the port, as a program opens a tty; one that goes closes it.</summary>
    private void Connect()
    {
        if (_gdb is not null && _gdb.Poll(0, SelectMode.SelectRead) && _gdb.Available == 0)
        {
            _gdb.Dispose();
            _gdb = null;
            Log.Forget();
            _port?.Close(drain: false);
            Machine.RunFor(10 * Step);
        }
        if (_gdb is not null || !_listener.Pending() || !Host.IsConfigured) return;
        _gdb = _listener.AcceptSocket();
        _gdb.NoDelay = true;
        _port = Host.Cdc(GdbPort);
        _port.ReadAll();
        _port.Open();
    }

    /// <summary>True: something passed.</summary>
    private bool Exchange()
    {
        if (_gdb is null || _port is not { IsOpen: true }) return false;
        bool any = false;
        try
        {
            int count = _port.Read(_buffer);
            if (count > 0)
            {
                any = true;
                Log.Take(false, _buffer.AsSpan(0, count), Machine.Time.Now);
                _gdb.Send(_buffer.AsSpan(0, count));
            }
            if (_gdb.Available == 0) return any;
            count = _gdb.Receive(_buffer);
            Log.Take(true, _buffer.AsSpan(0, count), Machine.Time.Now);
            _port.Write(_buffer.AsSpan(0, count));
            return true;
        }
        catch (SocketException)
        {
            return any;                                              // gdb died; Connect sees it
        }
    }
}

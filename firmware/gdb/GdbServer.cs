using System;
using SharpProbe.Adi;
using SharpProbe.Io;
using SharpProbe.Monitoring;
using SharpProbe.Hosting;
using SharpProbe.Target;

namespace SharpProbe.Gdb;

/// <summary>
/// gdb's remote protocol over a byte stream. Polled from the main loop, waits for nobody: what is received, executed and sent are states. The host's leaving (DTR drops) detaches,
/// takes points away and lets the target run; the next session begins clean.
/// </summary>
public sealed class GdbServer
{
    /// <summary>
    /// Characters in the longest packet, either way. A packet's round trip at high speed costs some 0.15 ms beside the wire's 2.4 ms for so much memory: 16 KiB would be 5 % faster, in 24 KiB of RAM more.
    /// </summary>
    public const int PacketSize = 0x1000;

    /// <summary>Bytes of target memory that are moved before the rest of the probe has its turn: about 1.3 ms at 1.5 MB/s.</summary>
    public const int Slice = 2048;

    private readonly PacketReceiver _receiver;
    private readonly PacketSender _sender;
    private readonly PacketTable _packets = new();
    private bool _open, _busy, _executing, _cancelled;
    private bool _interruptWaits;       // Ctrl-C behind a packet that is still to be executed
    private bool _hungUp;               // seen during a long job
    private bool _ackExpected;
    private bool _wireLost;             // to be connected again before the next packet
    private int _last;                  // target that was attached last

    public GdbServer(ByteStream port, TargetSession session, Clock clock, Background background)
    {
        Port = port;
        Session = session;
        Clock = clock;
        Background = background;
        _receiver = new PacketReceiver(port, PacketSize);
        _sender = new PacketSender(port, clock, PacketSize);
        Console = new GdbConsole(this, _sender);
        Run = new RunControl(this);
        Semihosting = new SemihostingServer(this);
        Monitor = new ProbeMonitor(session, clock, background);
    }

    /// <summary>The commands behind "monitor"; the probe's own console may use them too.</summary>
    public ProbeMonitor Monitor { get; }

    /// <summary>gdb's console: text goes there while gdb listens to it, that is during a monitor command and while the target runs.</summary>
    public TextOutput Text => Console;

    /// <summary>Where console output of programs goes after "monitor redirect_stdout enable"; null: nowhere but to gdb.</summary>
    public TextOutput? ProgramOutput { get => Semihosting.Port; set => Semihosting.Port = value; }

    internal ByteStream Port { get; }
    internal TargetSession Session { get; }
    internal Clock Clock { get; }
    internal Background Background { get; }
    internal GdbConsole Console { get; }
    internal RunControl Run { get; }
    internal SemihostingServer Semihosting { get; }
    internal PointTable Points { get; } = new();
    internal Crc32 Crc { get; } = new();

    /// <summary>The reply to the packet at hand.</summary>
    internal PacketFrame Reply => _sender.Reply;

    /// <summary>There is no reply now, or never.</summary>
    internal bool Withheld { get; set; }

    /// <summary>What gdb said in qSupported.</summary>
    internal PeerFeatures Features { get; set; }

    /// <summary>Flash work may be queued: from the first vFlash packet to vFlashDone.</summary>
    internal bool FlashOpen { get; set; }

    internal DebugTarget? Target => Session.Current;

    /// <summary>Nothing to do before more bytes come.</summary>
    public bool Idle => !_open || _sender.Idle && !Run.Running && !FlashOpen && !_receiver.Held;

    /// <summary>One round; to be called often. Does nothing when called from a job of its own.</summary>
    public void Poll()
    {
        if (_busy) return;
        _busy = true;
        if (Port.Connected && !_hungUp) Serve();
        else if (_open) End();
        else if (Target is null) Session.Access.Release();     // what a command of the probe's own console took
        _busy = false;
    }

    private void Serve()
    {
        if (!_open) Begin();
        Exchange();
        if (_receiver.Held && _sender.Idle) Execute();
        if (_sender.Idle) Run.Poll();
        if (FlashOpen) Target?.Work();
        else if (Target is { } target && _sender.Idle) Monitor.LookAt(target, Run.Running);
    }

    private void Begin()
    {
        _open = true;
        _receiver.Clear();
        _sender.Clear();
        Features = PeerFeatures.None;
        _ackExpected = false;
    }

    /// <summary>The host is gone.</summary>
    private void End()
    {
        _open = _wireLost = _hungUp = _interruptWaits = false;
        Release();
        Session.Access.Release();
        Console.Forget();
        _receiver.Reset();
        _sender.Clear();
    }

    /// <summary>Lets the target go, as it was found.</summary>
    internal DebugFault Release()
    {
        Run.Clear();
        Points.Clear();
        FlashOpen = false;
        Console.Close();
        return Target is null ? DebugFault.None : Session.Detach();
    }

    /// <summary>Receives and sends, and gives the rest of the probe its turn: what a long job calls. False: stop, the user or the host has gone or pressed Ctrl-C.</summary>
    internal bool Breathe()
    {
        Background.Run();
        Exchange();
        _hungUp |= !Port.Connected;
        return !_cancelled && !_hungUp;
    }

    /// <summary>Everything on the line up to the end of the next packet.</summary>
    private void Exchange()
    {
        _sender.Poll();
        for (int bytes = 0; bytes < PacketSize; bytes++)       // a peer that sends only '+' is given a rest too
        {
            switch (_receiver.Next())
            {
                case ReceiveEvent.None:
                    return;
                case ReceiveEvent.Packet:
                    _sender.OnAck();                            // who goes on has seen the reply
                    return;
                case ReceiveEvent.Ack:
                    OnAck();
                    break;
                case ReceiveEvent.Nak:
                    _sender.OnNak();
                    break;
                case ReceiveEvent.Interrupt:
                    OnInterrupt();
                    break;
                case ReceiveEvent.EndOfTransmission:
                    if (!_receiver.Held) Release();
                    break;
                case ReceiveEvent.Damaged:
                    Refuse("wrong checksum"u8);
                    break;
                case ReceiveEvent.TooLong:
                    _sender.Acknowledge(true);
                    if (_sender.Idle || _sender.OnAck())
                    {
                        Reply.Clear();
                        Fail("packet is longer than PacketSize"u8);
                        _sender.Send();
                    }
                    break;
            }
            _sender.Poll();
        }
    }

    /// <summary>Asks for a packet again; where nothing is acknowledged, an error keeps the host from waiting.</summary>
    private void Refuse(ReadOnlySpan<byte> why)
    {
        if (!_sender.NoAck) _sender.Acknowledge(false);
        else if (_sender.Idle)
        {
            Reply.Clear();
            Fail(why);
            _sender.Send();
        }
    }

    /// <summary>gdb sends '+' once after QStartNoAckMode's reply. Another one is a new gdb, on a port whose DTR nobody dropped.</summary>
    private void OnAck()
    {
        if (_sender.OnAck()) return;
        if (!_sender.NoAck) return;
        if (_ackExpected) _ackExpected = false;
        else if (!_receiver.Held)
        {
            Release();
            _sender.Restart();
        }
    }

    private void OnInterrupt()
    {
        if (_executing) _cancelled = true;
        else if (_receiver.Held) _interruptWaits = true;
        else Run.Interrupt();
    }

    private void Execute()
    {
        _sender.Acknowledge(true);
        _cancelled = false;
        _executing = true;
        Withheld = false;
        Reply.Clear();
        if (_wireLost && Target is not null) _wireLost = Session.Access.Reconnect().Failed;
        _packets.Run(this, _receiver.Packet);
        _receiver.Release();
        _executing = false;
        if (!Withheld) _sender.Send();
        if (!_interruptWaits) return;
        _interruptWaits = false;
        Run.Interrupt();
    }

    /// <summary>QStartNoAckMode. Its own reply is still acknowledged, and gdb says so or not.</summary>
    internal void StartNoAck()
    {
        _sender.NoAck = true;
        _ackExpected = true;
    }

    /// <summary>Sends a reply that was withheld.</summary>
    internal void SendLater() => _sender.Send();

    internal void Ok() => Reply.Write("OK"u8);

    /// <summary>An error with two digits, for packets whose reply could be data. The reason is kept for "monitor morse".</summary>
    internal void FailShort(in DebugFault fault)
    {
        Note(Cause(fault));
        Reply.Clear();
        Reply.Write("E01"u8);
    }

    /// <summary>An error in words. gdb shows them for most packets from version 15 on, older ones for registers and resuming.</summary>
    internal void Fail(in DebugFault fault)
    {
        DebugFault cause = Cause(fault);
        Note(cause);
        Span<byte> buffer = stackalloc byte[128];
        var words = new ByteWriter(buffer);
        cause.Describe(ref words);
        Fail(words.Written);
    }

    /// <summary>A chip in reset answers with bus errors.</summary>
    private DebugFault Cause(in DebugFault fault) => fault.Kind == FaultKind.BusError && Session.Access.InReset ? FaultKind.HeldInReset : fault;

    /// <summary>What is wrong with more than one address is told when gdb listens; it shows nothing of it by itself.</summary>
    private void Note(in DebugFault fault)
    {
        Monitor.LastFault = fault;
        bool lost = fault.Kind is FaultKind.LostTarget or FaultKind.NoAnswer or FaultKind.ProtocolError;
        if (lost) _wireLost = true;
        if (lost || fault.Kind is FaultKind.ParityError or FaultKind.WaitTimeout or FaultKind.HeldInReset or FaultKind.NoPower) Console.TellLater(fault);
    }

    internal void Fail(ReadOnlySpan<byte> words)
    {
        Reply.Clear();
        Reply.Write("E."u8);
        Reply.WriteText(words);
    }

    /// <summary>"OK", or why not.</summary>
    internal void Answer(in DebugFault fault)
    {
        if (fault.Failed) Fail(fault);
        else Ok();
    }

    /// <summary>Attaches to a target of the list, which "run" will come back to.</summary>
    internal DebugFault AttachTo(int index)
    {
        _last = index;
        return Session.Attach(index);
    }

    /// <summary>Resets the target; one that was detached is attached again. It stands at its first instruction then.</summary>
    internal DebugFault ResetTarget()
    {
        Run.Clear();
        if (Target is null && _last < Session.Count)
        {
            DebugFault fault = Session.Attach(_last);
            if (fault.Failed) return fault;
        }
        return Target is { } target ? target.Reset() : FaultKind.NotAttached;
    }

    /// <summary>qSupported begins a session, with acknowledgement. What a gdb before it left, on a port whose DTR nobody dropped, ends here.</summary>
    internal void Greet()
    {
        if (_sender.NoAck)
        {
            _sender.NoAck = false;
            _sender.Acknowledge(true);
        }
        if (Run.Running) Release();
    }

    internal void BadArgument() => Fail(FaultKind.BadArgument);

    /// <summary>True with the attached target; false, and the reply says that there is none.</summary>
    internal bool TryTarget(out DebugTarget target)
    {
        target = Session.Current!;
        if (target is not null) return true;
        Fail(FaultKind.NotAttached);
        return false;
    }
}

using System;
using SharpProbe.Io;
using SharpProbe.Wire;

namespace SharpProbe.Dap;

/// <summary>
/// CMSIS-DAP: a request in, its response out. Both are as long as the transport's packets; no command reads or writes past them, and what a request says about its own length is not believed.
/// </summary>
/// <param name="user">As what it holds the wire: each transport has an engine of its own.</param>
/// <param name="background">Served during long commands.</param>
/// <param name="jtag">Null: the board has no TDI and TDO.</param>
public sealed class DapEngine(Swd wire, WireUser user, Clock clock, Background background, DapIdentity identity, Jtag? jtag = null) : DapServer
{
    /// <summary>ms without a request after which the wire is left to somebody else who wants it.</summary>
    private const uint Idle = 5000;

    private const uint MostInARow = 512;

    private readonly DapCommands _commands = DapCommands.All;
    private volatile bool _aborted;
    private uint _sinceBreath, _inARow, _lastRequest;
    private DebugLink _link = wire;

    internal Swd Wire => wire;

    /// <summary>Null: there is none.</summary>
    internal Jtag? Jtag => jtag;

    /// <summary>What JTAG_Configure has told.</summary>
    internal TapChain Chain { get; } = new();

    /// <summary>SWD or JTAG, as DAP_Connect has chosen.</summary>
    internal DebugLink Link => _link;

    internal bool ByJtag => Connected && _link != wire;

    internal Clock Clock => clock;

    internal Background Background => background;

    internal DapIdentity Identity => identity;

    internal WireUser User => user;

    /// <summary>The target's UART; null: there is none, and no command for it.</summary>
    public DapUart? Uart { get; set; }

    /// <summary>What the host last said in DAP_HostStatus.</summary>
    public bool HostConnected { get; internal set; }

    public bool TargetRuns { get; internal set; }

    /// <summary>The host has connected: the wire is its own.</summary>
    public bool Connected { get; private set; }

    internal TransferSettings Settings { get; } = new();

    /// <summary>Null: no trace comes in here, and its commands are unknown.</summary>
    public SwoSession? Swo { get; init; }

    /// <summary>TransferAbort came while a transfer ran.</summary>
    internal bool Aborted => _aborted;

    /// <summary>Ends the transfer that runs; may be called from an interrupt. The transfers behind it in the same packet end too.</summary>
    public override void Abort() => _aborted = true;

    public override void Begin(bool aborted) => _aborted = aborted;

    /// <summary>DAP_QueueCommands waits for the first packet that is none (CMSIS-DAP 2.1, "DAP_QueueCommands").</summary>
    public override bool Waits(ReadOnlySpan<byte> request) => !request.IsEmpty && request[0] == CommandId.QueueCommands;

    /// <summary>DAP_TransferAbort has no response.</summary>
    public override bool TryAbort(ReadOnlySpan<byte> request)
    {
        if (request.IsEmpty || request[0] != CommandId.TransferAbort) return false;
        Abort();
        return true;
    }

    /// <summary>A host that asks for nothing any more may have gone without a word: the wire is left to whoever wants it.</summary>
    public override void Rest()
    {
        if (clock.Milliseconds - _lastRequest <= Idle) return;
        if (Connected && wire.Owner.Wanted) LeaveWire();
        if (Uart is { Wanted: true } uart) uart.Return(user);
        Swo?.LeaveIfWanted();
    }

    public override void End() => Disconnect();

    /// <summary>Runs one packet.</summary>
    /// <param name="response">The whole packet: its length is what DAP_Info tells as the packet size.</param>
    /// <returns>Bytes of the response; 0 for TransferAbort and for an empty request.</returns>
    public override int Answer(ReadOnlySpan<byte> request, Span<byte> response)
    {
        if (request.IsEmpty || request[0] == CommandId.TransferAbort) return 0;
        _lastRequest = clock.Milliseconds;
        var from = new RequestReader(request);
        var to = new ResponseWriter(response);
        if (request[0] is CommandId.ExecuteCommands or CommandId.QueueCommands) ExecuteAll(ref from, ref to);
        else RunNext(ref from, ref to);
        _aborted = false;
        return to.Length;
    }

    /// <summary>Takes the wire; false when somebody else has it, or when there is no JTAG.</summary>
    internal bool Connect(bool byJtag)
    {
        if (byJtag && jtag is null || !wire.Owner.TryTake(user)) return false;
        if (ByJtag && !byJtag) jtag!.Disconnect();
        wire.Connect();
        wire.Turnaround = Settings.Turnaround;
        wire.DataPhase = Settings.DataPhase;
        if (byJtag) jtag!.Connect();
        _link = byJtag ? jtag! : wire;
        Pace();
        Connected = true;
        return true;
    }

    /// <summary>Lets go of target, wire and trace, also where the host has gone without a word.</summary>
    public void Disconnect()
    {
        Uart?.Return(user);
        Swo?.End();
        LeaveWire();
    }

    private void LeaveWire()
    {
        if (!Connected) return;
        if (ByJtag) jtag!.Disconnect();
        Connected = false;
        wire.Turnaround = 1;
        wire.DataPhase = false;
        wire.Disconnect();
        wire.Owner.Release(user);
    }

    /// <summary>The pins beside SWD and the clock may be used without Connect, while nobody else has the wire.</summary>
    internal bool MayTouchPins => wire.Owner.IsFreeFor(user);

    /// <summary>After so many transactions: gives the rest of the probe its turn where it is due.</summary>
    internal void Breathe(uint transactions = 1)
    {
        _sinceBreath += transactions;
        if (_sinceBreath < _inARow) return;
        _sinceBreath = 0;
        background.Run();
    }

    /// <summary>One transaction, repeated on WAIT as often as the host has set, and its idle cycles.</summary>
    /// <returns>From <see cref="DapAck"/>.</returns>
    internal int Access(uint request, ref uint value)
    {
        for (int waits = 0; ; waits++)
        {
            SwdAck ack = SwdRequest.IsRead(request) ? _link.Read(request, out value) : _link.Write(request, value);
            Breathe();
            if (ack == SwdAck.Wait && waits < Settings.WaitRetries && !_aborted) continue;
            if (ack == SwdAck.Ok && Settings.IdleCycles != 0) _link.Idle(Settings.IdleCycles);
            return DapAck.Of(ack);
        }
    }

    /// <summary>RDBUFF, which the target answers when the last write is over: FAULT if that failed.</summary>
    internal int Check()
    {
        uint ignored = 0;
        return Access(SwdRequest.ReadDp(12), ref ignored);
    }

    /// <summary>In a block that WAIT has stopped: whether its word may be tried again.</summary>
    /// <param name="waits">Of this word.</param>
    /// <param name="now">The word at hand, <paramref name="before"/> the one of the last call.</param>
    internal bool MayRetry(ref int waits, int now, ref int before)
    {
        if (now != before) (before, waits) = (now, 0);
        Breathe();
        return waits++ < Settings.WaitRetries && !_aborted;
    }

    /// <summary>Transactions between two turns of the rest of the probe: about a millisecond at 46 clocks each.</summary>
    internal uint InARow => _inARow;

    /// <summary>After every change of the clock.</summary>
    internal void Pace() => _inARow = Math.Min((_link == wire ? wire.Frequency : jtag!.Frequency) / 46_000, MostInARow);

    /// <summary>Before accesses: the debug port that they are for. False: not connected, or by JTAG there is no such TAP.</summary>
    /// <param name="index">Of the TAP; SWD has but one debug port.</param>
    internal bool Choose(int index)
    {
        if (!ByJtag) return Connected;
        if (index >= Chain.Count) return false;
        jtag!.Place = Chain.Place(index);
        return true;
    }

    /// <summary>A command and its response; false: what follows in the request cannot be told apart, or has no room.</summary>
    private unsafe bool RunNext(ref RequestReader request, ref ResponseWriter response)
    {
        if (response.Room == 0 || !request.TryByte(out int id)) return false;
        int start = response.Length;
        response.Byte(id);
        if (_commands.TryFind(id, out DapCommand command) && response.Room >= command.Reply && command.Run(this, ref request, ref response)) return true;
        response.Cut(start);
        response.Byte(CommandId.Invalid);
        return false;
    }

    /// <summary>
    /// DAP_ExecuteCommands (0x7F), DAP_QueueCommands (0x7E). Request: number of commands u8, the commands. Response: 7F, number of responses u8, the responses. Ends behind the first command that is
    /// answered with Invalid, which is counted, and where no response fits any more.
    /// </summary>
    private void ExecuteAll(ref RequestReader request, ref ResponseWriter response)
    {
        request.Skip(1);
        if (!request.TryByte(out int count) || response.Room < 2)
        {
            response.Byte(CommandId.Invalid);
            return;
        }
        response.Byte(CommandId.ExecuteCommands);
        response.Byte(0);
        int done = 0;
        while (done < count && request.Left != 0 && response.Room != 0)
        {
            done++;
            if (!RunNext(ref request, ref response)) break;
        }
        response.SetByte(1, done);
    }
}

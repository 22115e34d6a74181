using System;
using System.Buffers.Binary;
using SharpProbe.Adi;
using SharpProbe.Gdb;
using SharpProbe.Io;
using SharpProbe.Target;

namespace SharpProbe.Hosting;

/// <summary>
/// Serves the calls of a program that asks the debugger's host for something: BKPT 0xAB with an operation in r0 and a parameter in r1, the answer in r0 ("Semihosting for AArch32 and AArch64").
/// Files are gdb's, by its File-I/O protocol; text goes to gdb's console. What the program points to is not believed: an address that cannot be read or a name without an end is an error of the call.
/// </summary>
sealed unsafe class SemihostingServer(GdbServer gdb)
{
    /// <summary>gdb writes what the program did not ask for here (a time, a file's state): addresses that no M-profile core has memory at, answered by the probe while gdb works.</summary>
    public const uint Window = 0xFFFF_FF00;

    private const int WindowSize = 64;

    /// <summary>BKPT 0xAB.</summary>
    private const ushort Trap = 0xBEAB;

    private const uint Failure = uint.MaxValue;

    private readonly Operation[] _rows = Operations.Rows();
    private readonly uint[] _words = new uint[4];
    private readonly byte[] _window = new byte[WindowSize];
    private readonly byte[] _text = new byte[256];
    private delegate*<SemihostingServer, int, uint> _finish;
    private DebugTarget _target = null!;
    private DebugFault _fault;
    private uint _startedAt;
    private bool _told;

    /// <summary>gdb is at work for the program.</summary>
    public bool Waiting { get; private set; }

    /// <summary>Exit code, after <see cref="CallOutcome.Exited"/>.</summary>
    public uint ExitCode { get; internal set; }

    /// <summary>Why, after <see cref="CallOutcome.Failed"/>.</summary>
    public DebugFault Fault => _fault;

    /// <summary>Where redirected text goes; null: this probe has no such port.</summary>
    public TextOutput? Port { get; set; }

    internal TargetSession Session => gdb.Session;

    /// <summary>r1.</summary>
    internal uint Parameter { get; private set; }

    /// <summary>errno of the last call that failed.</summary>
    internal uint Error { get; private set; }

    /// <summary>How far ":semihosting-features" has been read.</summary>
    internal int FeaturesRead { get; set; }

    /// <summary>A place to work in.</summary>
    internal Span<byte> Text => _text;

    /// <summary>What gdb wrote to <see cref="Window"/>.</summary>
    internal ReadOnlySpan<byte> Written => _window;

    /// <summary>ms since the program was started.</summary>
    internal uint Milliseconds => gdb.Clock.Milliseconds - _startedAt;

    /// <summary>A program begins.</summary>
    public void Start()
    {
        _startedAt = gdb.Clock.Milliseconds;
        (Waiting, _told) = (false, false);
        Error = 0;
    }

    public void Forget() => Waiting = false;

    /// <summary>Looks whether a target that stopped at a breakpoint stands at a call, and serves it.</summary>
    public CallOutcome TryServe(DebugTarget target)
    {
        _target = target;
        _fault = DebugFault.None;
        Span<byte> value = stackalloc byte[4];
        if (target.ReadRegister(RunControl.ProgramCounter, value).Failed) return CallOutcome.None;
        uint pc = StopReply.Word(value);
        if (gdb.Points.TryFind(pc, out _) || target.ReadMemory(pc, value[..2]).Failed || BinaryPrimitives.ReadUInt16LittleEndian(value) != Trap) return CallOutcome.None;
        if (!TryRegister(0, out uint number) || !TryRegister(1, out uint parameter)) return CallOutcome.Failed;
        Parameter = parameter;
        return End(Serve(number));
    }

    /// <summary>gdb's answer to what <see cref="CallOutcome.Asked"/> asked.</summary>
    /// <param name="result">-1: it failed.</param>
    public CallOutcome Answered(int result, uint error)
    {
        Waiting = false;
        if (result < 0) Error = error;
        return End(Return(_finish(this, result)));
    }

    /// <summary>The part of gdb's memory access that lies in <see cref="Window"/>; false: none does.</summary>
    public bool TryWindow(uint address, uint length, out Span<byte> bytes)
    {
        bytes = default;
        if (!Waiting || address < Window || address - Window > WindowSize || length > WindowSize - (address - Window)) return false;
        bytes = _window.AsSpan((int)(address - Window), (int)length);
        return true;
    }

    private CallOutcome Serve(uint number)
    {
        foreach (ref readonly Operation row in _rows.AsSpan())
        {
            if (row.Number != number) continue;
            if (!Session.Semihosting.Allowed) break;
            for (int i = 0; i < row.Words; i++)
                if (!TryWord(Parameter + (uint)i * 4, out _words[i])) return Fail(ErrorNumber.BadAddress);
            return row.Run(this);
        }
        Tell(number);
        return Fail(ErrorNumber.Invalid);
    }

    private CallOutcome End(CallOutcome outcome)
    {
        Waiting = outcome == CallOutcome.Asked;
        return outcome == CallOutcome.Done && _fault.Failed ? CallOutcome.Failed : outcome;
    }

    /// <summary>Once for each start of the program.</summary>
    private void Tell(uint number)
    {
        if (_told) return;
        _told = true;
        Span<byte> buffer = stackalloc byte[128];
        var line = new ByteWriter(buffer);
        line.Write("The program asks for semihosting operation "u8);
        line.WriteAddress(number);
        line.Write(Session.Semihosting.Allowed ? ", which there is not.\n"u8 : ": monitor semihosting enable allows it.\n"u8);
        gdb.Console.Write(line.Written);
    }

    /// <summary>A word of the block.</summary>
    internal uint Word(int index) => _words[index];

    internal CallOutcome Return(uint result)
    {
        Span<byte> value = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(value, result);
        _fault = _target.WriteRegister(0, value);
        return CallOutcome.Done;
    }

    internal CallOutcome Fail(uint error)
    {
        Error = error;
        return Return(Failure);
    }

    /// <summary>Target memory; false: it cannot be read.</summary>
    internal bool TryRead(uint address, Span<byte> data) => Kept(_target.ReadMemory(address, data));

    internal bool TryWrite(uint address, ReadOnlySpan<byte> data) => Kept(_target.WriteMemory(address, data));

    internal bool TryWord(uint address, out uint word)
    {
        Span<byte> bytes = stackalloc byte[4];
        bool done = TryRead(address, bytes);
        word = done ? StopReply.Word(bytes) : 0;
        return done;
    }

    /// <summary>A name for gdb: its last character's neighbour must be the zero that gdb relies on. 0: it is; otherwise errno.</summary>
    internal uint CheckName(uint address, uint length)
    {
        const uint Longest = 1024;
        if (length >= Longest) return ErrorNumber.NameTooLong;
        Span<byte> end = stackalloc byte[1];
        if (!TryRead(address + length, end)) return ErrorNumber.BadAddress;
        return end[0] == 0 ? 0 : ErrorNumber.Invalid;
    }

    /// <summary>The rest of the probe has its turn; false: somebody wants the program to stop.</summary>
    internal bool Breathe() => gdb.Breathe();

    /// <summary>Console output.</summary>
    internal void Print(ReadOnlySpan<byte> text)
    {
        if (Session.Semihosting.Redirected && Port is { } port) port.Write(text);
        else gdb.Console.Write(text);
    }

    /// <summary>Begins a request to gdb (gdb manual, "File-I/O Remote Protocol Extension"); its arguments follow.</summary>
    /// <param name="finish">Makes the call's result from gdb's.</param>
    internal CallOutcome Ask(ReadOnlySpan<byte> name, delegate*<SemihostingServer, int, uint> finish)
    {
        _finish = finish;
        gdb.Reply.Clear();
        gdb.Reply.Write((byte)'F');
        gdb.Reply.Write(name);
        return CallOutcome.Asked;
    }

    internal void Add(uint number)
    {
        gdb.Reply.Write((byte)',');
        gdb.Reply.WriteHex(number);
    }

    /// <summary>A name that <see cref="CheckName"/> has seen.</summary>
    internal void AddName(uint address, uint length)
    {
        Add(address);
        gdb.Reply.Write((byte)'/');
        gdb.Reply.WriteHex(length + 1);
    }

    private bool TryRegister(int number, out uint value)
    {
        Span<byte> bytes = stackalloc byte[4];
        _fault = _target.ReadRegister(number, bytes);
        value = StopReply.Word(bytes);
        return _fault.Ok;
    }

    /// <summary>A bus error is the program's; anything else is the wire's, and ends the call.</summary>
    private bool Kept(DebugFault fault)
    {
        if (fault.Failed && fault.Kind is not (FaultKind.BusError or FaultKind.BadArgument)) _fault = fault;
        return fault.Ok;
    }
}

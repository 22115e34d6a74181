using System;
using SharpProbe.Adi;
using SharpProbe.Hosting;
using SharpProbe.Target;

namespace SharpProbe.Gdb;

/// <summary>The running target: looks at it now and then, steps through a range, and tells gdb when it stands still.</summary>
sealed class RunControl(GdbServer gdb)
{
    /// <summary>A target that runs is looked at this often, in µs: at once, then less and less, so that the wire is left alone.</summary>
    private const uint FirstInterval = 20, LastInterval = 1000;

    /// <summary>How long a range is stepped through in one round, in µs.</summary>
    private const uint SteppingSlice = 1000;

    /// <summary>gdb's number of the program counter, on every Arm.</summary>
    public const int ProgramCounter = 15;

    private uint _rangeStart, _rangeEnd;        // equal: no range
    private uint _lookedAt, _interval;
    private bool _stepping, _haltAsked;
    private uint _haltAskedAt;
    private bool _slowHaltTold;

    /// <summary>gdb waits for a stop reply.</summary>
    public bool Running { get; private set; }

    /// <summary>Why it stood still last.</summary>
    public StopInfo Last { get; private set; }

    public void Clear()
    {
        Running = false;
        gdb.Semihosting.Forget();
        Last = new StopInfo(StopReason.Step);
    }

    /// <summary>Was halted by attaching or by a reset.</summary>
    public void Halted()
    {
        Clear();
        gdb.Semihosting.Start();
    }

    public void Resume(DebugTarget target)
    {
        _stepping = false;
        Started(target.Resume());
    }

    /// <summary>One instruction; more while the program counter lies in the range.</summary>
    public void Step(DebugTarget target, uint start, uint end)
    {
        _stepping = true;
        DebugFault fault = target.Step();
        Started(fault);
        if (fault.Failed) return;
        _rangeStart = start;
        _rangeEnd = gdb.Points.Overflowed ? start : end;
    }

    /// <summary>Ctrl-C.</summary>
    public void Interrupt()
    {
        if (!Running) return;
        if (!_haltAsked) _haltAskedAt = gdb.Clock.Milliseconds;
        _haltAsked = true;
        _rangeEnd = _rangeStart;
        _interval = 0;
        DebugFault fault = gdb.Target?.Halt() ?? FaultKind.NotAttached;
        if (fault.Failed) gdb.Console.Tell(fault);
    }

    /// <summary>Looks at the target if it is time to; the reply's frame is free.</summary>
    public void Poll()
    {
        if (!Running || gdb.Semihosting.Waiting) return;
        uint start = gdb.Clock.Microseconds;
        if (start - _lookedAt < _interval) return;
        _lookedAt = start;
        DebugTarget? target = gdb.Target;
        if (target is null)
        {
            Stop(new StopInfo(StopReason.Lost, 0, FaultKind.NotAttached));
            return;
        }
        do
        {
            StopInfo info = target.Poll();
            if (info.Reason == StopReason.Running)
            {
                if (_rangeStart != _rangeEnd) continue;
                _interval = Math.Clamp(_interval * 2, FirstInterval, LastInterval);
                CheckHalt();
                return;
            }
            if (info.Reason == StopReason.Breakpoint && Serves(target, gdb.Semihosting.TryServe(target))) return;
            if (info.Reason != StopReason.Step || !GoesOn(target))
            {
                Stop(info);
                return;
            }
        }
        while (gdb.Clock.Microseconds - start < SteppingSlice);
    }

    /// <summary>gdb's answer to a request of the program. False: there was none.</summary>
    public bool OnAnswer(int result, uint error, bool interrupted)
    {
        if (!Running || !gdb.Semihosting.Waiting || gdb.Target is not { } target) return false;
        _haltAsked |= interrupted;
        Serves(target, gdb.Semihosting.Answered(result, error));
        return true;
    }

    /// <summary>After a call of the program: goes on, waits or stops as it came out. False: it was none.</summary>
    private bool Serves(DebugTarget target, CallOutcome outcome)
    {
        switch (outcome)
        {
            case CallOutcome.None:
                return false;
            case CallOutcome.Asked:
                gdb.SendLater();
                return true;
            case CallOutcome.Exited:
                Stop(new StopInfo(StopReason.Exited, gdb.Semihosting.ExitCode));
                return true;
        }
        DebugFault fault = outcome == CallOutcome.Failed ? gdb.Semihosting.Fault : DebugFault.None;
        if (fault.Ok && !_haltAsked) fault = _stepping ? target.Step() : target.Resume();
        _interval = 0;
        if (fault.Failed) Stop(new StopInfo(StopReason.Lost, 0, fault));
        else if (_haltAsked) Stop(new StopInfo(StopReason.Request));
        return true;
    }

    private void Started(DebugFault fault)
    {
        if (fault.Failed)
        {
            gdb.Fail(fault);                    // gdb takes it as "did not go on", and prints it
            return;
        }
        Running = true;
        gdb.Withheld = true;
        _rangeStart = _rangeEnd = 0;
        _haltAsked = _slowHaltTold = false;
        _interval = 0;
        gdb.Console.Open();
    }

    /// <summary>After a step: takes the next one if the program counter is still in the range and not on a breakpoint, which would be stepped over.</summary>
    private bool GoesOn(DebugTarget target)
    {
        if (_rangeStart == _rangeEnd) return false;
        Span<byte> pc = stackalloc byte[4];
        if (target.ReadRegister(ProgramCounter, pc).Failed) return false;
        uint address = StopReply.Word(pc);
        if (address - _rangeStart >= _rangeEnd - _rangeStart) return false;
        return !gdb.Points.TryFind(address, out _) && target.Step().Ok;
    }

    /// <summary>The user who pressed Ctrl-C is told once that it takes long.</summary>
    private void CheckHalt()
    {
        uint limit = gdb.Session.HaltTimeout;
        if (!_haltAsked || _slowHaltTold || gdb.Clock.Milliseconds - _haltAskedAt < limit) return;
        _slowHaltTold = true;
        gdb.Console.Tell(new DebugFault(FaultKind.HaltTimeout, 0, limit));
    }

    private void Stop(StopInfo info)
    {
        if (_haltAsked && info.Reason == StopReason.Step) info = new StopInfo(StopReason.Request);
        Running = false;
        Last = info;
        if (info.Reason == StopReason.Lost)
        {
            gdb.Console.Tell(info.Fault);
            gdb.Monitor.LastFault = info.Fault;
        }
        gdb.Console.Close();
        gdb.Reply.Clear();
        StopReply.Write(gdb, info);
        if (info.Reason == StopReason.Lost) gdb.Release();
        gdb.SendLater();
    }
}

using System;
using SharpProbe.Adi;

namespace SharpProbe.Target.Cortex;

public sealed partial class CortexM
{
    /// <summary>ms: nRESET is held low; the pin may take to rise (the usual 100 nF at 40 kOhm); a reset may take in all; a core that nRESET does not reach is told so by then.</summary>
    private const uint ResetPulse = 10, ResetRise = 500, ResetTimeout = 1000, ResetSeenWithin = 30;

    private const uint VectKey = 0x05FA_0000, SYSRESETREQ = 1 << 2;

    private bool _halted;
    private bool _atReset;                                  // reset and caught, and not run since
    private bool _stepping;
    private bool _masked;                                   // C_MASKINTS is set
    private bool _haltAsked;
    private uint _askedAt;                                  // ms
    private bool _stepDone;                                 // a step that needed no run
    private StopInfo _stop;
    private uint _catches = VectorCatch.Default;

    /// <summary>Bits of DEMCR that stop the core: <see cref="VectorCatch"/>.</summary>
    public uint Catches => _catches;

    public DebugFault SetCatches(uint bits)
    {
        _catches = bits;
        return _attached ? Bus.Write32(Scs.DEMCR, Demcr.TRCENA | bits) : DebugFault.None;
    }

    public override DebugFault Halt()
    {
        if (!_attached) return FaultKind.NotAttached;
        if (_halted || _stepDone) return DebugFault.None;
        if (!_haltAsked) _askedAt = _session.Clock.Milliseconds;
        _haltAsked = true;
        return _control.Write(Dhcsr.C_HALT | Mask);
    }

    public override DebugFault Resume()
    {
        DebugFault fault = PrepareRun();
        if (fault.Ok) fault = PassBreakpointInstruction();
        if (fault.Ok && _masked)
        {
            _masked = false;
            fault = _control.Write(Dhcsr.C_HALT);           // C_MASKINTS may change only while halted (DDI 0403E, C1.6.2)
        }
        if (fault.Ok) fault = _control.Write(0);
        return Started(fault, false);
    }

    public override DebugFault Step()
    {
        DebugFault fault = PrepareRun();
        if (fault.Failed) return fault;
        if (AtBreakpointInstruction(out uint pc))
        {
            fault = _registers.Write(CoreRegisters.Pc, pc + 2);
            _stepDone = fault.Ok;
            return fault;
        }
        if (!_masked)
        {
            _masked = true;
            fault = _control.Write(Dhcsr.C_HALT | Dhcsr.C_MASKINTS);
        }
        if (fault.Ok) fault = _control.Write(Dhcsr.C_STEP | Dhcsr.C_MASKINTS);
        return Started(fault, true);
    }

    public override StopInfo Poll()
    {
        if (!_attached) return new StopInfo(StopReason.Lost, 0, FaultKind.NotAttached);
        if (_stepDone)
        {
            _stepDone = false;
            Stopped(new StopInfo(StopReason.Step));
        }
        if (_halted) return _stop;
        DebugFault fault = _control.Read(out uint dhcsr);
        if (fault.Failed) return Unreadable(fault);
        if (_control.ResetSeen) ArmAfterReset();
        if ((dhcsr & Dhcsr.S_HALT) == 0)
        {
            // A lockup ends by reset or by halting only; its own fault has not been caught. A step into WFI would wait for an interrupt that is masked.
            if ((dhcsr & Dhcsr.S_LOCKUP) != 0 || _stepping && (dhcsr & Dhcsr.S_SLEEP) != 0) _control.Write(Dhcsr.C_HALT | Mask);
            return new StopInfo(StopReason.Running);
        }
        fault = FindReason((dhcsr & Dhcsr.S_LOCKUP) != 0, out StopInfo stop);
        if (fault.Failed) return Unreadable(fault);
        Stopped(stop);
        return _stop;
    }

    public override DebugFault Reset()
    {
        if (!_attached) return FaultKind.NotAttached;
        _flash.Abandon();
        DebugFault fault = ResetAndHalt();
        if (fault.Ok) fault = Bus.Write32(Scs.DEMCR, Demcr.TRCENA | _catches);
        if (fault.Ok) fault = Bus.Write32(Scs.DFSR, Dfsr.All);
        if (fault.Ok) fault = _breakpoints.Rearm();
        if (fault.Ok) fault = _watch.Rearm();
        if (fault.Ok && Family != null) fault = Family.OnAttach(this);
        if (fault.Failed) return fault;
        _control.ResetSeen = false;
        Stopped(new StopInfo(StopReason.Request));
        _atReset = true;
        return fault;
    }

    /// <summary>Halts as soon as the core's bus lets us, for so many ms.</summary>
    private DebugFault HaltNow(uint limit)
    {
        uint start = _session.Clock.Milliseconds;
        while (true)
        {
            DebugFault fault = _control.Write(Dhcsr.C_HALT);
            uint dhcsr = 0;
            if (fault.Ok) Family?.LetGo(this);
            if (fault.Ok) fault = _control.Read(out dhcsr);
            if (fault.Ok && (dhcsr & Dhcsr.S_HALT) != 0)
            {
                _halted = true;
                _masked = false;
                return fault;
            }
            if (IsLost(fault)) fault = _session.Access.Reconnect();
            if (_session.Clock.Milliseconds - start >= limit)
                return IsLost(fault) ? fault : _session.Access.InReset ? FaultKind.HeldInReset : new DebugFault(FaultKind.HaltTimeout, 0, limit);
            _session.Background.Run();
        }
    }

    /// <summary>
    /// nRESET with the core caught at its first instruction; a core that nRESET does not reset is reset by AIRCR. The catch is set before and, for debug blocks that nRESET
    /// holds too, again after the pulse.
    /// </summary>
    private DebugFault ResetAndHalt()
    {
        _registers.Invalidate();
        _halted = false;
        _atReset = false;
        CatchReset();                                       // may fail: a core that is asleep, or held in reset
        _control.Read(out _);                               // S_RESET_ST of an earlier reset
        _control.ResetSeen = false;
        bool soft = Family != null && Family.KeepsOffResetPin(this), caught = false;
        DebugFault fault = DebugFault.None;
        if (!soft)
        {
            _session.Access.HoldReset = true;
            _session.Wait(ResetPulse);
            caught = CatchReset();
            _session.Access.HoldReset = false;
            fault = _session.WaitResetReleased(ResetRise);
        }
        if (fault.Failed) return fault;
        uint start = _session.Clock.Milliseconds;
        bool asked = false, stopped = false;
        while (true)
        {
            if (!caught) caught = CatchReset();
            if (caught) Family?.LetGo(this);
            fault = _control.Read(out uint dhcsr);
            uint took = _session.Clock.Milliseconds - start;
            if (fault.Ok)
            {
                stopped = (dhcsr & Dhcsr.S_HALT) != 0;
                bool inReset = (dhcsr & Dhcsr.S_RESET_ST) != 0;
                if (_control.ResetSeen && stopped && !inReset) break;
                if (!_control.ResetSeen && caught && !asked && (soft || took >= ResetSeenWithin))
                {
                    asked = true;
                    Bus.Write32(Scs.AIRCR, VectKey | SYSRESETREQ);
                }
                else if (!stopped && took >= ResetSeenWithin) _control.Write(Dhcsr.C_HALT);
            }
            else if (IsLost(fault))
            {
                fault = _session.Access.Reconnect();
                caught = false;
            }
            if (took >= ResetTimeout) return fault.Failed ? fault : FaultKind.ResetTimeout;
            _session.Background.Run();
        }
        _halted = true;
        _masked = false;
        return fault;
    }

    /// <summary>C_DEBUGEN and VC_CORERESET, which work while nRESET is low on most parts. True: both writes went through.</summary>
    private bool CatchReset() => _control.Write(Dhcsr.C_HALT).Ok && Bus.Write32(Scs.DEMCR, Demcr.TRCENA | _catches | Demcr.VC_CORERESET).Ok && Bus.Flush().Ok;

    /// <summary>For a port that has not been identified yet. One that is no core does not take it.</summary>
    internal void CatchReset(AccessPort port)
    {
        _control.Bus = port;
        _catches = VectorCatch.Default;
        CatchReset();
    }

    private DebugFault PrepareRun()
    {
        if (!_attached) return FaultKind.NotAttached;
        if (!_halted) return FaultKind.NotHalted;
        DebugFault fault = Settle();
        return fault.Ok ? _caches.InvalidateInstructions() : fault;
    }

    private DebugFault Started(DebugFault fault, bool step)
    {
        _registers.Invalidate();
        _atReset = false;
        _stepping = step;
        _haltAsked = false;
        _halted = fault.Failed;
        return fault;
    }

    private void Stopped(StopInfo stop)
    {
        _halted = true;
        _stop = stop;
    }

    private uint Mask => _masked ? Dhcsr.C_MASKINTS : 0;

    /// <summary>The debug hardware may have lost its settings.</summary>
    private void ArmAfterReset()
    {
        _control.ResetSeen = false;
        Bus.Write32(Scs.DEMCR, Demcr.TRCENA | _catches);
        _breakpoints.Rearm();
        _watch.Rearm();
        if (Family != null) Family.OnAttach(this);
    }

    /// <summary>A core that sleeps may hide its bus; it is running then, until somebody has waited too long for it to halt. A wire without answer is tried once more.</summary>
    private StopInfo Unreadable(DebugFault fault)
    {
        bool tooLong = _haltAsked && _session.Clock.Milliseconds - _askedAt >= _session.HaltTimeout;
        if (!IsLost(fault) && !tooLong) return new StopInfo(StopReason.Running);
        if (!tooLong) fault = _session.Access.Reconnect();
        if (fault.Ok)
        {
            if (_control.Read(out uint dhcsr).Ok && (dhcsr & Dhcsr.C_DEBUGEN) == 0) _control.Write(0);
            _control.ResetSeen = true;                      // power was away, perhaps
            return new StopInfo(StopReason.Running);
        }
        Forget();
        return new StopInfo(StopReason.Lost, 0, fault);
    }

    private static bool IsLost(DebugFault fault) =>
        fault.Kind is FaultKind.LostTarget or FaultKind.NoAnswer or FaultKind.ProtocolError or FaultKind.NoPower or FaultKind.PowerUpTimeout;

    /// <summary>In the order of DFSR's weight: exceptions, watchpoints, breakpoints, requests.</summary>
    private DebugFault FindReason(bool lockup, out StopInfo stop)
    {
        stop = new StopInfo(StopReason.Request);
        _registers.Invalidate();
        DebugFault fault = Bus.Read32(Scs.DFSR, out uint dfsr);
        if (fault.Ok) fault = Bus.Write32(Scs.DFSR, Dfsr.All);
        if (fault.Failed) return fault;
        if ((dfsr & Dfsr.VCATCH) != 0)
        {
            fault = _faultFrame.Unwind(_kind.IsMainline, out bool isFault);
            // A reset that was caught is a stop as at a breakpoint.
            stop = new StopInfo(isFault ? StopReason.Fault : StopReason.Breakpoint);
            return fault;
        }
        if (lockup)
        {
            stop = new StopInfo(StopReason.Fault);
            return fault;
        }
        if ((dfsr & Dfsr.DWTTRAP) != 0)
        {
            fault = _watch.TakeMatch(out bool matched, out PointKind kind, out uint address);
            stop = matched ? new StopInfo(kind switch
            {
                PointKind.Write => StopReason.WatchWrite,
                PointKind.Read => StopReason.WatchRead,
                _ => StopReason.WatchAccess,
            }, address) : new StopInfo(StopReason.Breakpoint);
            return fault;
        }
        if ((dfsr & Dfsr.BKPT) != 0) stop = new StopInfo(StopReason.Breakpoint);
        else if (_stepping) stop = new StopInfo(StopReason.Step);
        return fault;
    }

    /// <summary>Sets pc behind a BKPT instruction of the program, which would stop the core again.</summary>
    private DebugFault PassBreakpointInstruction() =>
        AtBreakpointInstruction(out uint pc) ? _registers.Write(CoreRegisters.Pc, pc + 2) : DebugFault.None;

    private bool AtBreakpointInstruction(out uint pc)
    {
        pc = 0;
        if (!_halted || _stop.Reason != StopReason.Breakpoint) return false;
        if (_registers.Read(CoreRegisters.Pc, out pc).Failed || _breakpoints.Covers(pc) || _ramBreakpoints.Covers(pc)) return false;
        Span<byte> opcode = stackalloc byte[2];
        return Bus.Read(pc, opcode).Ok && opcode[1] == 0xBE;
    }
}

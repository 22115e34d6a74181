using SharpProbe.Sim.Scs;

namespace SharpProbe.Sim.Cpu;

/// <summary>
/// Exception entry and return (DDI0403 B1.5.6 to B1.5.8, DDI0419 B1.5). Entry stacks, lets its cycles pass, and only then chooses the handler, so that an
/// interrupt of higher priority that arrives meanwhile is taken instead (late arrival); the choice is not revised during the vector fetch.
/// An instruction that is under way is always completed first: load and store multiple are neither abandoned nor continued (ICI stays zero).
/// </summary>
public sealed unsafe partial class Core
{
    private const uint BasicFrame = 0x20, ExtendedFrame = 0x68;

    // Cycles from an exception's arrival to the first instruction of its handler with memories that do not wait, of return, of tail chaining, and of the
    // floating-point part of a frame. M7: 12 to 14 and 10 (DDI0489 1.1 "low interrupt latency"); M3 and M4: 12 and 10, tail chain 6 (DDI0439 3.9);
    // M0+: 15 and 13 (DDI0484 1.4).
    private uint EntryCycles => IsV6M ? 15u : 12;
    private uint ReturnCycles => IsV6M ? 13u : 10;
    private const uint TailChainCycles = 6, FloatFrameCycles = 17;

    /// <summary>Called after an exception was entered (number) and before its first instruction: trace, profile.</summary>
    public Action<int>? ExceptionEntered { get; set; }

    /// <summary>Called after an exception has returned (number).</summary>
    public Action<int>? ExceptionReturned { get; set; }

    partial void TakeException()
    {
        SetAttention(Attention.Exception, false);
        if (!Nvic.CanPreempt)
        {
            WakeUp();
            return;
        }
        (Sleeping, LockedUp) = (false, false);
        var faults = PushFrame(out uint excReturn);
        Time.Cycles += EntryCycles;
        if (faults != FaultStatus.None) PendDerived(faults);
        if (Time.Cycles >= Time.Deadline) Time.RunDue();
        if (Nvic.CanPreempt) EnterHandler(excReturn);    // not so if a watchdog reset the system meanwhile
    }

    /// <summary>Stacks the context at <see cref="Pc"/> (PushStack()). A push that fails is reported and the others are still made.</summary>
    private FaultStatus PushFrame(out uint excReturn)
    {
        bool extended = FpContextActive, align = extended || Scb.StackAlign;
        uint size = extended ? ExtendedFrame : BasicFrame;
        uint sp = R(13);
        uint padding = align ? sp >> 2 & 1 : 0;
        uint frame = (sp - size) & (align ? ~7u : ~3u);
        R(13) = frame;

        var faults = FaultStatus.None;
        bool privileged = Privileged;
        uint psr = Xpsr & ~(1u << 9) | padding << 9;
        Span<uint> words = [R(0), R(1), R(2), R(3), R(12), R(14), Pc, psr];
        for (int i = 0; i < words.Length; i++) faults |= Push(frame + (uint)i * 4, words[i], privileged);
        if (extended) faults |= PushFloats(frame + BasicFrame, privileged);

        excReturn = HandlerMode ? 0xFFFF_FFF1 : UsesProcessStack ? 0xFFFF_FFFD : 0xFFFF_FFF9;
        if (extended) excReturn &= ~0x10u;
        return faults;
    }

    private FaultStatus PushFloats(uint address, bool privileged)
    {
        if (Fpu.LazyState)
        {
            int now = Nvic.ExecutionPriority;
            bool Ready(int number) => Nvic.IsEnabled(number) && Nvic.GroupPriority(number) < now;
            Fpu.Reserve(address, privileged, !HandlerMode,
                (now > -1, Ready(ExceptionNumber.BusFault), Ready(ExceptionNumber.MemManage), Debug.MonitorEnabled && Ready(ExceptionNumber.DebugMonitor)));
            return FaultStatus.None;
        }
        var faults = FaultStatus.None;
        for (int i = 0; i < 16; i++) faults |= Push(address + (uint)i * 4, S(i), privileged);
        Time.Cycles += FloatFrameCycles;
        return faults | Push(address + 0x40, Fpscr, privileged);
    }

    private FaultStatus Push(uint address, uint value, bool privileged)
    {
        byte* direct = _pages[address >> Page.Bits].Write;
        if (direct != null && privileged == Privileged)
        {
            *(uint*)(direct + address) = value;
            return FaultStatus.None;
        }
        if (!Permits(address, AccessKind.Write, privileged)) return FaultStatus.MSTKERR;
        return Bus.TryWrite(address, value, 4) ? FaultStatus.None : FaultStatus.STKERR;
    }

    /// <summary>Reads the vector of the exception that goes next and starts its handler (ExceptionTaken()).</summary>
    private void EnterHandler(uint excReturn)
    {
        int number = Nvic.Next;
        if (!Bus.TryRead(Scb.Vtor + (uint)number * 4, 4, out uint vector))
        {
            Scb.Hfsr |= HardFaultVectorRead;
            _catchCauses |= CatchEntry;
            if (number is ExceptionNumber.HardFault or ExceptionNumber.Nmi || !Bus.TryRead(Scb.Vtor + ExceptionNumber.HardFault * 4, 4, out vector))
            {
                EnterLockup(excReturn);
                return;
            }
            number = ExceptionNumber.HardFault;
        }
        R(14) = excReturn;
        UsesProcessStack = false;
        ItState = 0;
        Nvic.Activate(number);
        Ipsr = (uint)number;
        Pc = vector & ~1u;
        ThumbState = (vector & 1) != 0;
        FpContextActive = false;
        _floatReady = false;
        _exclusiveOpen = false;
        EventRegister = true;
        ExceptionEntered?.Invoke(number);
        Dwt.Exception(number, what: 1);
        HandlerEntered(number);
    }

    partial void ExceptionReturn(uint excReturn)
    {
        int returning = (int)Ipsr;
        bool valid = Nvic.IsActive(returning) && IsValidReturn(excReturn, Nvic.ActiveCount);
        Nvic.Deactivate(returning);
        if (returning != ExceptionNumber.Nmi) Nvic.Faultmask = false;
        ExceptionReturned?.Invoke(returning);
        Dwt.Exception(returning, what: 2);
        if (!valid)
        {
            Scb.Cfsr |= FaultStatus.INVPC;
            PendSynchronous(ExceptionNumber.UsageFault);
            TailChain(excReturn);
            return;
        }
        if (Nvic.CanPreempt)
        {
            TailChain(excReturn);
            return;
        }
        bool toThread = (excReturn & 8) != 0;
        if (toThread && Nvic.ActiveCount == 0 && Scb.SleepOnExit) SleepAfterReturn();
        PopFrame(excReturn);
        Dwt.Exception((int)Ipsr, what: 3);
    }

    /// <summary>The EXC_RETURN values and nesting that B1.5.8 allows.</summary>
    private bool IsValidReturn(uint excReturn, int active)
    {
        uint fixedBits = HasFpu ? 0xFFFF_FFE0 : 0xFFFF_FFF0;
        if ((excReturn & fixedBits) != fixedBits) return false;
        return (excReturn & 15) switch
        {
            1 => true,
            9 or 13 => active == 1 || Scb.NonBaseThreadEnabled,
            _ => false,
        };
    }

    /// <summary>From one handler to the next without touching the stack (B1.5.12).</summary>
    private void TailChain(uint excReturn)
    {
        if (LockedUp) return;
        Time.Cycles += TailChainCycles;
        if (Time.Cycles >= Time.Deadline) Time.RunDue();
        if (Nvic.CanPreempt) EnterHandler(excReturn);
    }

    /// <summary>Unstacks (PopStack()) and checks that the frame's mode agrees with EXC_RETURN.</summary>
    private void PopFrame(uint excReturn)
    {
        bool toThread = (excReturn & 8) != 0, process = (excReturn & 4) != 0;
        bool extended = HasFpu && (excReturn & 0x10) == 0, align = extended || Scb.StackAlign;
        bool privileged = !toThread || !ThreadUnprivileged;
        uint frame = process ? Psp : Msp;

        var faults = FaultStatus.None;
        Span<uint> words = stackalloc uint[8];
        for (int i = 0; i < words.Length; i++) faults |= Pop(frame + (uint)i * 4, privileged, out words[i]);
        if (extended) faults |= PopFloats(frame + BasicFrame, privileged);
        uint psr = words[7];
        if (faults == FaultStatus.None && (psr & 0x1FF) == 0 != toThread) faults = FaultStatus.INVPC;
        if (faults != FaultStatus.None)
        {
            PendDerived(faults);
            TailChain(excReturn);
            return;
        }

        Time.Cycles += ReturnCycles;
        Ipsr = psr & 0x1FF;
        UsesProcessStack = process;
        for (int i = 0; i < 4; i++) R(i) = words[i];
        (R(12), R(14), Pc) = (words[4], words[5], words[6] & ~1u);
        R(13) = (frame + (extended ? ExtendedFrame : BasicFrame)) | (align ? psr >> 9 & 1 : 0) << 2;
        Xpsr = psr;
        if (HasFpu) FpContextActive = extended;
        _floatReady = false;
        _exclusiveOpen = false;
        EventRegister = true;
    }

    private FaultStatus PopFloats(uint address, bool privileged)
    {
        if (Fpu.LazyPending)
        {
            Fpu.LazyPending = false;    // the registers still hold the interrupted code's values
            return FaultStatus.None;
        }
        if (!Fpu.Allows(privileged)) return FaultStatus.NOCP;
        var faults = FaultStatus.None;
        for (int i = 0; i < 16; i++) faults |= Pop(address + (uint)i * 4, privileged, out S(i));
        faults |= Pop(address + 0x40, privileged, out uint fpscr);
        Fpscr = fpscr;
        Time.Cycles += FloatFrameCycles;
        return faults;
    }

    private FaultStatus Pop(uint address, bool privileged, out uint value)
    {
        byte* direct = _pages[address >> Page.Bits].Read;
        if (direct != null && privileged == Privileged)
        {
            value = *(uint*)(direct + address);
            return FaultStatus.None;
        }
        value = 0;
        if (!Permits(address, AccessKind.Read, privileged)) return FaultStatus.MUNSTKERR;
        return Bus.TryRead(address, 4, out value) ? FaultStatus.None : FaultStatus.UNSTKERR;
    }
}

using SharpProbe.Sim.Scs;

namespace SharpProbe.Sim.Cpu;

/// <summary>Halting debug (DDI0403 C1.4 to C1.6): Debug state, vector catch, register transfer, and the debug port's way to the private peripheral bus.</summary>
public sealed unsafe partial class Core
{
    // DEMCR.VC bits by what went wrong (C1.6.5).
    private const uint CatchMemManage = 1 << 4, CatchNoCoprocessor = 1 << 5, CatchCheck = 1 << 6, CatchState = 1 << 7, CatchBus = 1 << 8, CatchEntry = 1 << 9, CatchHardFault = 1 << 10;

    private const int DebugLr = 14, DebugPc = 15, DebugXpsr = 16, DebugMsp = 17, DebugPsp = 18, DebugMasks = 20, DebugMsplim = 28, DebugPsplim = 29, DebugFpscr = 33, DebugS0 = 64;

    // Reasons of the faults that wait to be taken.
    private uint _catchCauses;

    /// <summary>The core is in Debug state, held by a debugger on the debug port.</summary>
    public bool InDebugState => Debug.Halted;

    /// <summary>Stops before the next instruction and sets the reason in DFSR. False: halting debug is not enabled.</summary>
    internal bool EnterDebugState(uint reason)
    {
        if (!Debug.HaltingEnabled) return false;
        Scb.Dfsr |= reason;
        if (Debug.Halted) return true;
        (Sleeping, LockedUp, Halted) = (false, false, true);
        Debug.Entered();
        (SysTick.Paused, Dwt.Paused) = (true, true);    // neither counts in Debug state (B3.3.1, C1.8.8)
        WatchSteps();
        return true;
    }

    /// <summary>Goes on at <see cref="Pc"/>, for one instruction if DHCSR.C_STEP is set.</summary>
    internal void LeaveDebugState()
    {
        if (R(13) < StackLimits[UsesProcessStack ? 1 : 0]) throw new BenchStop($"the core runs on with its stack at 0x{R(13):X8}, below its limit 0x{StackLimits[UsesProcessStack ? 1 : 0]:X8}");
        if (!LockedUp) Halted = false;
        (SysTick.Paused, Dwt.Paused) = (false, false);
        SetAttention(Attention.Exception, true);
        WatchSteps();
    }

    /// <summary>The reset lasts until <see cref="Reset"/>: no instruction runs, but the debug registers answer.</summary>
    public void HoldInReset()
    {
        Debug.InReset = true;
        Debug.Reset();
        (Sleeping, LockedUp, Halted) = (false, false, true);
        WatchSteps();
    }

    private void NoteCauses(FaultStatus status)
    {
        if ((status & FaultStatus.MemManageBits) != 0) _catchCauses |= CatchMemManage;
        if ((status & FaultStatus.BusFaultBits) != 0) _catchCauses |= CatchBus;
        if ((status & FaultStatus.NOCP) != 0) _catchCauses |= CatchNoCoprocessor;
        if ((status & (FaultStatus.UNALIGNED | FaultStatus.DIVBYZERO)) != 0) _catchCauses |= CatchCheck;
        if ((status & (FaultStatus.UNDEFINSTR | FaultStatus.INVSTATE | FaultStatus.INVPC)) != 0) _catchCauses |= CatchState;
    }

    /// <summary>Before the first instruction of a handler: vector catch, or the end of a single step.</summary>
    private void HandlerEntered(int number)
    {
        if (number is >= ExceptionNumber.HardFault and <= ExceptionNumber.UsageFault)
        {
            uint causes = _catchCauses | (number == ExceptionNumber.HardFault ? CatchHardFault : 0);
            _catchCauses = 0;
            if (Debug.CatchesAny(causes)) EnterDebugState(DebugControl.VectorCatchEvent);
        }
        if (Debug.Stepping) EnterDebugState(DebugControl.HaltedEvent);
    }

    /// <summary>A register by DCRSR.REGSEL (C1.6.3).</summary>
    internal uint ReadForDebugger(int register)
    {
        switch (register)
        {
            case <= DebugLr: return R(register);
            case DebugPc: return Pc;
            case DebugXpsr: return Xpsr;
            case DebugMsp: return Msp;
            case DebugPsp: return Psp;
            case DebugMasks: return Control << 24 | (Nvic.Faultmask ? 1u << 16 : 0) | (uint)Nvic.Basepri << 8 | (Nvic.Primask ? 1u : 0);
            case DebugMsplim or DebugPsplim when Features.HasStackLimits: return StackLimits[register - DebugMsplim];
            case DebugFpscr when HasFpu: return Fpscr;
            case >= DebugS0 and < DebugS0 + 32 when HasFpu: return S(register - DebugS0);
            default: return 0;
        }
    }

    internal void WriteForDebugger(int register, uint value)
    {
        switch (register)
        {
            case 13: R(13) = value & ~3u; break;
            case <= DebugLr: R(register) = value; break;
            case DebugPc: Pc = value & ~1u; break;
            case DebugXpsr: Xpsr = value; break;
            case DebugMsp: Msp = value; break;
            case DebugPsp: Psp = value; break;
            case DebugMasks: WriteMasks(value); break;
            case DebugMsplim or DebugPsplim when Features.HasStackLimits: StackLimits[register - DebugMsplim] = value & ~7u; break;
            case DebugFpscr when HasFpu: Fpscr = value; break;
            case >= DebugS0 and < DebugS0 + 32 when HasFpu: S(register - DebugS0) = value; break;
        }
    }

    private void WriteMasks(uint value)
    {
        SetControl(value >> 24);
        _floatReady = false;
        Nvic.Primask = (value & 1) != 0;
        if (IsV6M) return;
        Nvic.Basepri = (byte)(value >> 8);
        Nvic.Faultmask = (value >> 16 & 1) != 0;
        RefreshRights();
    }

    /// <summary>The debug port reads the private peripheral bus. Reserved words read as zero, and on ARMv6-M whole blocks that are not there (debuggers look for DBGMCU at 0xE0042000 first). False: nothing answers.</summary>
    internal bool DebugPortRead(uint address, int width, out uint value)
    {
        value = 0;
        if (!_blocks.TryGetValue(address >> 12 & 0xFF, out var block)) return Bus.TryRead(address, width, out value) || IsV6M;
        uint offset = address & 0xFFC;
        if (!block.Has(offset) || IsUntraced(block, offset)) return true;
        Debug.ByDebugger = true;
        try
        {
            value = block.Read(offset, 4) >> (int)(address & 3) * 8;
            if (width < 4) value &= (1u << width * 8) - 1;
            return true;
        }
        finally
        {
            Debug.ByDebugger = false;
        }
    }

    /// <summary>The debug port writes the private peripheral bus; software locks are not for it (D1.2.4).</summary>
    internal bool DebugPortWrite(uint address, uint value, int width)
    {
        if (!_blocks.TryGetValue(address >> 12 & 0xFF, out var block)) return Bus.TryWrite(address, value, width) || IsV6M;
        uint offset = address & 0xFFF;
        if (!block.Has(offset) || IsUntraced(block, offset)) return true;
        Debug.ByDebugger = true;
        try
        {
            block.Write(offset, value, width);
            return true;
        }
        finally
        {
            Debug.ByDebugger = false;
        }
    }

    /// <summary>DWT and ITM without DEMCR.TRCENA: accesses are unpredictable (C1.6.5); here they read zero and change nothing, but identification is there.</summary>
    private bool IsUntraced(CoreSightBlock block, uint offset) => !Debug.TraceEnabled && offset < 0xF00 && (block == Dwt || block == Itm);
}

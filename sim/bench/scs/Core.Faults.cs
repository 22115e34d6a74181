using SharpProbe.Sim.Scs;

namespace SharpProbe.Sim.Cpu;

/// <summary>Faults: status bits, escalation to HardFault and lockup (DDI0403 B1.5.10 to B1.5.15).</summary>
public sealed unsafe partial class Core
{
    private const uint HardFaultVectorRead = 1u << 1, HardFaultForced = 1u << 30, HardFaultDebugEvent = 1u << 31;

    // What each reason sets, the exception it raises, and the register that takes the address (MMFAR or BFAR by its valid bit).
    private static readonly (FaultStatus Status, int Number)[] FaultRows = BuildFaultRows();

    private static (FaultStatus, int)[] BuildFaultRows()
    {
        var rows = new (FaultStatus, int)[Enum.GetValues<FaultKind>().Length];
        rows[(int)FaultKind.UndefinedInstruction] = (FaultStatus.UNDEFINSTR, ExceptionNumber.UsageFault);
        rows[(int)FaultKind.InvalidState] = (FaultStatus.INVSTATE, ExceptionNumber.UsageFault);
        rows[(int)FaultKind.InvalidPc] = (FaultStatus.INVPC, ExceptionNumber.UsageFault);
        rows[(int)FaultKind.NoCoprocessor] = (FaultStatus.NOCP, ExceptionNumber.UsageFault);
        rows[(int)FaultKind.Unaligned] = (FaultStatus.UNALIGNED, ExceptionNumber.UsageFault);
        rows[(int)FaultKind.DivideByZero] = (FaultStatus.DIVBYZERO, ExceptionNumber.UsageFault);
        rows[(int)FaultKind.InstructionAccess] = (FaultStatus.IACCVIOL, ExceptionNumber.MemManage);
        rows[(int)FaultKind.DataAccess] = (FaultStatus.DACCVIOL | FaultStatus.MMARVALID, ExceptionNumber.MemManage);
        rows[(int)FaultKind.InstructionBus] = (FaultStatus.IBUSERR, ExceptionNumber.BusFault);
        rows[(int)FaultKind.PreciseBus] = (FaultStatus.PRECISERR | FaultStatus.BFARVALID, ExceptionNumber.BusFault);
        rows[(int)FaultKind.LazySaveAccess] = (FaultStatus.MLSPERR, ExceptionNumber.MemManage);
        rows[(int)FaultKind.LazySaveBus] = (FaultStatus.LSPERR, ExceptionNumber.BusFault);
        return rows;
    }

    /// <summary>The core has locked up: a fault where none can be handled. Only reset or, at HardFault's priority, NMI ends it.</summary>
    public bool LockedUp { get; private set; }

    /// <summary>Raised on entry to lockup, for the machine to report.</summary>
    public event Action? LockupEntered;

    /// <summary>Called when a fault has been recorded, with its status bits and address; a debugger or log can name it.</summary>
    public Action<FaultStatus, uint>? FaultRaised { get; set; }

    partial void RaiseFault(FaultKind kind, uint address)
    {
        var (status, number) = FaultRows[(int)kind];
        if (!IsV6M) RecordFault(status, address);
        NoteCauses(status);
        FaultRaised?.Invoke(status, address);
        if (kind == FaultKind.PreciseBus && Scb.IgnoresBusFaults && Nvic.ExecutionPriority < 0)
        {
            // CCR.BFHFNMIGN: the access is abandoned and the next instruction runs; a load's register keeps its value (architecturally unknown).
            Pc += InstructionSize(Pc);
            return;
        }
        PendSynchronous(number);
    }

    partial void RaiseImpreciseBusFault(uint address)
    {
        if (IsV6M) throw new CoreFault(FaultKind.PreciseBus, address);     // no write buffer: HardFault at the store itself
        Scb.Cfsr |= FaultStatus.IMPRECISERR;
        NoteCauses(FaultStatus.IMPRECISERR);
        FaultRaised?.Invoke(FaultStatus.IMPRECISERR, address);
        if (Scb.IgnoresBusFaults && Nvic.ExecutionPriority < 0) return;
        // Asynchronous: it waits for its turn, and escalates only when BusFault is not enabled at all (B1.5.13).
        if (Nvic.IsEnabled(ExceptionNumber.BusFault)) Nvic.Pend(ExceptionNumber.BusFault);
        else PendHardFault();
    }

    private void RecordFault(FaultStatus status, uint address)
    {
        Scb.Cfsr |= status;
        if ((status & FaultStatus.MMARVALID) != 0) Scb.Mmfar = address;
        if ((status & FaultStatus.BFARVALID) != 0) Scb.Bfar = address;
    }

    /// <summary>Pends a fault that stacking or unstacking raised.</summary>
    private void PendDerived(FaultStatus faults)
    {
        if (IsV6M)
        {
            PendSynchronous(ExceptionNumber.HardFault);
            return;
        }
        Scb.Cfsr |= faults;
        NoteCauses(faults);
        _catchCauses |= CatchEntry;
        FaultRaised?.Invoke(faults, R(13));
        if ((faults & FaultStatus.MemManageBits) != 0) PendSynchronous(ExceptionNumber.MemManage);
        if ((faults & FaultStatus.BusFaultBits) != 0) PendSynchronous(ExceptionNumber.BusFault);
        if ((faults & FaultStatus.UsageFaultBits) != 0) PendSynchronous(ExceptionNumber.UsageFault);
    }

    /// <summary>Pends an exception that must be taken now, or HardFault in its place.</summary>
    private void PendSynchronous(int number)
    {
        bool takes = !IsV6M || number == ExceptionNumber.SvCall;
        if (takes && Nvic.IsEnabled(number) && Nvic.GroupPriority(number) < Nvic.ExecutionPriority)
        {
            Nvic.Pend(number);
            return;
        }
        PendHardFault();
    }

    private void PendHardFault()
    {
        if (!IsV6M) Scb.Hfsr |= HardFaultForced;
        if (Nvic.ExecutionPriority <= -1) EnterLockup(0);
        else Nvic.Pend(ExceptionNumber.HardFault);
    }

    private void EnterLockup(uint excReturn)
    {
        if (LockedUp) return;
        if (excReturn != 0) R(14) = excReturn;
        LockupAddress = Pc;
        Pc = 0xFFFF_FFFE;
        (LockedUp, Halted) = (true, true);
        LockupEntered?.Invoke();
        if (Debug.Stepping) EnterDebugState(DebugControl.HaltedEvent);
    }

    /// <summary>Where the core was when it locked up; <see cref="Pc"/> itself reads 0xFFFFFFFE then (B1.5.15).</summary>
    public uint LockupAddress { get; private set; }

    private uint InstructionSize(uint address) => Bus.TryRead(address, 2, out uint first) && first >> 11 >= 0x1D ? 4u : 2;
}

namespace SharpProbe.Sim.Cpu;

/// <summary>What the executor asks of the exception model and the system control space (scs/), which implement these.</summary>
public sealed unsafe partial class Core
{
    /// <summary>Called once by the constructor.</summary>
    partial void InitializeSystem();

    /// <summary>
    /// An instruction at <see cref="InstructionAddress"/> failed; <see cref="Pc"/> has been put back to it. Sets the status registers and pends
    /// the exception or escalates; entry itself follows through TakeException.
    /// </summary>
    partial void RaiseFault(FaultKind kind, uint address);

    /// <summary>A buffered store met no slave: BFSR.IMPRECISERR. The instruction has completed.</summary>
    partial void RaiseImpreciseBusFault(uint address);

    /// <summary>
    /// At an instruction boundary with <see cref="Attention.Exception"/> set: stacks and enters the exception that goes next, if one does
    /// (return address = <see cref="Pc"/>), and clears the flag when nothing is left to take.
    /// </summary>
    partial void TakeException();

    /// <summary>A branch to 0xF....... in handler mode by BX, POP, LDM or LDR (DDI0403 B1.5.8).</summary>
    partial void ExceptionReturn(uint excReturn);

    /// <summary>SVC; <see cref="Pc"/> is already the following instruction.</summary>
    partial void SupervisorCall(uint number);

    /// <summary>BKPT: <see cref="Pc"/> is the BKPT itself. Semihosting sets it to the following instruction; else halt, DebugMonitor or HardFault.</summary>
    partial void Breakpoint(uint number);

    /// <summary>WFI: sleep (set <see cref="Sleeping"/>) unless a wake-up condition is there already.</summary>
    partial void WaitForInterrupt();

    /// <summary>WFE with the event register clear: sleep unless a wake-up condition is there already.</summary>
    partial void WaitForEvent();

    /// <summary>SEV; the local event register has been set.</summary>
    partial void EventSent();

    /// <summary>PRIMASK, FAULTMASK (0 or 1) and BASEPRI (priority bits) for MRS. special: SYSm 16, 17, 19.</summary>
    partial void ReadMask(uint special, ref uint value);

    /// <summary>MSR and CPS to SYSm 16 PRIMASK, 17 BASEPRI, 18 BASEPRI_MAX, 19 FAULTMASK; privilege has been checked.</summary>
    partial void WriteMask(uint special, uint value);

    /// <summary>Privileged state changed (IPSR, CONTROL.nPRIV): with the MPU on, call <see cref="FlushAccess"/>.</summary>
    partial void PrivilegeHook();

    /// <summary>
    /// Before a floating-point instruction while <see cref="_floatReady"/> is false: NOCP check (throws <see cref="CoreFault"/>), lazy state
    /// preservation, CONTROL.FPCA and FPSCR from FPDSCR (ExecuteFPCheck, DDI0403 A2.5.5). Sets _floatReady.
    /// </summary>
    partial void PrepareFloatingPoint();

    /// <summary>
    /// MPU and default-map check of one access that did not find a direct pointer; throws <see cref="CoreFault"/> (DataAccess, InstructionAccess)
    /// when it is not allowed. <paramref name="privileged"/> is false for LDRT and STRT.
    /// </summary>
    partial void CheckAccess(uint address, AccessKind kind, bool privileged);

    /// <summary>
    /// Which direct pointers the core may keep to the 4 KB page: set a bool to false where the MPU is not uniform over the page or forbids the access at the
    /// present privilege, or where a DWT comparator watches it (then <see cref="WatchAccess"/> is called for each access).
    /// </summary>
    partial void PageRights(uint page, ref bool read, ref bool write, ref bool fetch);

    /// <summary>Data access on the slow path, for DWT comparators.</summary>
    partial void WatchAccess(uint address, int width, AccessKind kind, uint value);

    /// <summary>FPB: sets hit when an instruction comparator breaks at this halfword address. Asked once at decode; call InvalidateCode after changes.</summary>
    partial void CodeBreakpoint(uint address, ref bool hit);

    /// <summary>The debug breakpoint above was reached; <see cref="Pc"/> is the instruction. As BKPT, but never semihosting.</summary>
    partial void CodeBreakpointHit();

    /// <summary>Private peripheral bus 0xE0000000 to 0xE00FFFFF.</summary>
    partial void ReadPrivate(uint address, int width, ref uint value);
    partial void WritePrivate(uint address, uint value, int width);

    /// <summary>CCR bits that change how instructions run.</summary>
    internal bool TrapsUnaligned { get; set; }
    internal bool TrapsDivideByZero { get; set; }

    /// <summary>After every instruction while <see cref="Attention.Step"/> is set.</summary>
    partial void StepHook();

    /// <summary>Power-on or system reset of the core: registers by this class, the rest by scs (vector table base, NVIC, faults).</summary>
    partial void ResetSystem();
}

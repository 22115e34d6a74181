using System.Runtime;
using System.Runtime.CompilerServices;

namespace SharpProbe.Intrinsics;

/// <summary>
/// Single Thumb-2 instructions as methods. None has a body: the post-link step writes the instruction over each call site
/// (arguments arrive in r0, the result leaves in r0, AAPCS). A call that it could not rewrite stays undefined and fails the link.
/// Encodings: ARMv7-M ARM (DDI 0403E), A7.7 and B5.2.
/// </summary>
public static class Cpu
{
    /// <summary>DSB SY: every earlier memory access is complete.</summary>
    [RuntimeImport("*", "__intrinsic_dsb")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    public static extern void Dsb();

    /// <summary>DMB SY: earlier memory accesses are observed before later ones.</summary>
    [RuntimeImport("*", "__intrinsic_dmb")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    public static extern void Dmb();

    /// <summary>ISB: later instructions are fetched anew.</summary>
    [RuntimeImport("*", "__intrinsic_isb")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    public static extern void Isb();

    /// <summary>WFI: sleeps until an interrupt is pending.</summary>
    [RuntimeImport("*", "__intrinsic_wfi")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    public static extern void Wfi();

    /// <summary>WFE: sleeps until an event.</summary>
    [RuntimeImport("*", "__intrinsic_wfe")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    public static extern void Wfe();

    /// <summary>NOP.</summary>
    [RuntimeImport("*", "__intrinsic_nop")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    public static extern void Nop();

    /// <summary>CPSID i: sets PRIMASK.</summary>
    [RuntimeImport("*", "__intrinsic_cpsid_i")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    public static extern void DisableInterrupts();

    /// <summary>CPSIE i: clears PRIMASK.</summary>
    [RuntimeImport("*", "__intrinsic_cpsie_i")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    public static extern void EnableInterrupts();

    /// <summary>CPSID f: sets FAULTMASK.</summary>
    [RuntimeImport("*", "__intrinsic_cpsid_f")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    public static extern void DisableFaults();

    /// <summary>CPSIE f: clears FAULTMASK.</summary>
    [RuntimeImport("*", "__intrinsic_cpsie_f")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    public static extern void EnableFaults();

    /// <summary>MRS PRIMASK.</summary>
    [RuntimeImport("*", "__intrinsic_mrs_primask")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    public static extern uint GetPrimask();

    /// <summary>MSR PRIMASK.</summary>
    [RuntimeImport("*", "__intrinsic_msr_primask")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    public static extern void SetPrimask(uint value);

    /// <summary>MRS BASEPRI.</summary>
    [RuntimeImport("*", "__intrinsic_mrs_basepri")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    public static extern uint GetBasepri();

    /// <summary>MSR BASEPRI.</summary>
    [RuntimeImport("*", "__intrinsic_msr_basepri")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    public static extern void SetBasepri(uint value);

    /// <summary>MRS MSP.</summary>
    [RuntimeImport("*", "__intrinsic_mrs_msp")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    public static extern uint GetMsp();

    /// <summary>MSR MSP.</summary>
    [RuntimeImport("*", "__intrinsic_msr_msp")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    public static extern void SetMsp(uint value);

    /// <summary>MRS PSP.</summary>
    [RuntimeImport("*", "__intrinsic_mrs_psp")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    public static extern uint GetPsp();

    /// <summary>MSR PSP.</summary>
    [RuntimeImport("*", "__intrinsic_msr_psp")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    public static extern void SetPsp(uint value);

    /// <summary>MRS CONTROL.</summary>
    [RuntimeImport("*", "__intrinsic_mrs_control")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    public static extern uint GetControl();

    /// <summary>MSR CONTROL. An ISB must follow (DDI 0403E, B5.2.3).</summary>
    [RuntimeImport("*", "__intrinsic_msr_control")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    public static extern void SetControl(uint value);

    /// <summary>BKPT #0: stops a debugger; without one, a fault.</summary>
    [RuntimeImport("*", "__intrinsic_bkpt")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    public static extern void Bkpt();

    /// <summary>BKPT #0xAB with r0 = operation and r1 = argument: Arm semihosting. Without a debugger that listens, a fault.</summary>
    [RuntimeImport("*", "__intrinsic_semihost")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    public static extern uint Semihost(uint operation, uint argument);

    /// <summary>MSR MSP and BX: another program begins, on a main stack of its own. Does not return.</summary>
    /// <param name="reset">Address of its first instruction, bit 0 set.</param>
    [RuntimeImport("*", "__intrinsic_start")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    public static extern void StartProgram(uint stack, uint reset);

    /// <summary>RBIT: bit order reversed.</summary>
    [RuntimeImport("*", "__intrinsic_rbit")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    public static extern uint Rbit(uint value);

    /// <summary>REV: byte order reversed.</summary>
    [RuntimeImport("*", "__intrinsic_rev")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    public static extern uint Rev(uint value);

    /// <summary>CLZ: leading zero bits, 32 for zero.</summary>
    [RuntimeImport("*", "__intrinsic_clz")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    public static extern uint Clz(uint value);
}

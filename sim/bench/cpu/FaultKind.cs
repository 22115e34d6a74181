namespace SharpProbe.Sim.Cpu;

/// <summary>Why an instruction did not complete. Each is one status bit of CFSR (DDI0403 B3.2.15); ARMv6-M turns all of them into HardFault.</summary>
public enum FaultKind
{
    /// <summary>UFSR.UNDEFINSTR.</summary>
    UndefinedInstruction,
    /// <summary>UFSR.INVSTATE: EPSR.T is clear.</summary>
    InvalidState,
    /// <summary>UFSR.INVPC.</summary>
    InvalidPc,
    /// <summary>UFSR.NOCP: CPACR does not grant the coprocessor, or there is none.</summary>
    NoCoprocessor,
    /// <summary>UFSR.UNALIGNED: the instruction never allows it, or CCR.UNALIGN_TRP is set.</summary>
    Unaligned,
    /// <summary>UFSR.DIVBYZERO: CCR.DIV_0_TRP is set.</summary>
    DivideByZero,
    /// <summary>MMFSR.IACCVIOL: the MPU, or an execute-never area of the default map.</summary>
    InstructionAccess,
    /// <summary>MMFSR.DACCVIOL; the address goes to MMFAR.</summary>
    DataAccess,
    /// <summary>BFSR.IBUSERR.</summary>
    InstructionBus,
    /// <summary>BFSR.PRECISERR; the address goes to BFAR.</summary>
    PreciseBus,
    /// <summary>MMFSR.MLSPERR: the MPU forbids the lazy save of floating-point registers.</summary>
    LazySaveAccess,
    /// <summary>BFSR.LSPERR: bus error in the lazy save of floating-point registers.</summary>
    LazySaveBus,
}

using SharpProbe.Sim.Scs;

namespace SharpProbe.Sim.Cpu;

/// <summary>What precedes a floating-point instruction: access rights, lazy state preservation, a fresh context (DDI0403 A2.5.5, B1.5.7).</summary>
public sealed unsafe partial class Core
{
    private const uint FpdscrBits = 0x07C0_0000;

    partial void PrepareFloatingPoint()
    {
        if (!Fpu.Allows(Privileged)) throw new CoreFault(FaultKind.NoCoprocessor, 0);
        if (Fpu.LazyPending) SaveFloats();
        if (Fpu.AutomaticState && !FpContextActive)
        {
            Fpscr = Fpscr & ~FpdscrBits | Fpu.Fpdscr;
            FpContextActive = true;
        }
        _floatReady = true;
    }

    /// <summary>Writes S0 to S15 and FPSCR to the frame that entry reserved, with the rights of the code that owned them (PreserveFPState()).</summary>
    private void SaveFloats()
    {
        bool privileged = !Fpu.ReservedByUser;
        var faults = FaultStatus.None;
        for (int i = 0; i < 16; i++) faults |= Push(Fpu.Fpcar + (uint)i * 4, S(i), privileged);
        faults |= Push(Fpu.Fpcar + 0x40, Fpscr, privileged);
        Fpu.LazyPending = false;
        Time.Cycles += FloatFrameCycles;
        if ((faults & FaultStatus.MSTKERR) != 0) throw new CoreFault(FaultKind.LazySaveAccess, Fpu.Fpcar);
        if ((faults & FaultStatus.STKERR) != 0) throw new CoreFault(FaultKind.LazySaveBus, Fpu.Fpcar);
    }
}

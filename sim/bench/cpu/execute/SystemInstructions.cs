namespace SharpProbe.Sim.Cpu.Execute;

/// <summary>Exception generating instructions, hints, barriers and special registers (DDI0403 B5.2). Imm is the number or SYSm.</summary>
internal static unsafe class SystemInstructions
{
    public static void Nothing(Core c, Op* o) { }

    public static void Undefined(Core c, Op* o) => throw new CoreFault(FaultKind.UndefinedInstruction, 0);

    public static void NoCoprocessor(Core c, Op* o) => throw new CoreFault(FaultKind.NoCoprocessor, 0);

    public static void Svc(Core c, Op* o) => c.ExecuteSvc(o->Imm);
    public static void Bkpt(Core c, Op* o) => c.ExecuteBreakpoint(o->Imm);
    public static void Wfi(Core c, Op* o) => c.ExecuteWfi();
    public static void Wfe(Core c, Op* o) => c.ExecuteWfe();
    public static void Sev(Core c, Op* o) => c.ExecuteSev();

    /// <summary>DSB and DMB wait until the stores have reached their slaves.</summary>
    public static void DataBarrier(Core c, Op* o) => c.DrainStores();

    public static void InstructionBarrier(Core c, Op* o) => c.RefillPipeline();

    public static void Mrs(Core c, Op* o)
    {
        uint value = c.ReadSpecial(o->Imm);
        c.R(o->Rd) = value;
    }

    /// <summary>MSR: Aux is the mask (bit 1 NZCVQ, bit 0 GE).</summary>
    public static void Msr(Core c, Op* o) => c.WriteSpecial(o->Imm, c.R(o->Rn), o->Aux);

    /// <summary>CPS: Imm bit 1 PRIMASK, bit 0 FAULTMASK; Aux 1 disables.</summary>
    public static void Cps(Core c, Op* o) => c.ChangeMasks((o->Imm & 2) != 0, (o->Imm & 1) != 0, o->Aux);
}

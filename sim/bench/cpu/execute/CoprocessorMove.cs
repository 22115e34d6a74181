namespace SharpProbe.Sim.Cpu.Execute;

/// <summary>MRC and MCRR. Imm holds opc1, CRn, CRm and opc2 from bit 12 down, four bits each.</summary>
internal static unsafe class CoprocessorMove
{
    private const uint Nzcv = 0xF000_0000;

    /// <summary>To a register, or as number 15 to the flags.</summary>
    public static void Read(Core c, Op* o)
    {
        if (!c.ReadyCoprocessor.TryRead(Opc1(o), (int)(o->Imm >> 8 & 15), (int)(o->Imm >> 4 & 15), (int)(o->Imm & 15), out uint value)) c.BackToInstruction();
        else if (o->Rd == 15) c.Apsr = c.Apsr & ~Nzcv | value & Nzcv;
        else c.R(o->Rd) = value;
    }

    public static void WritePair(Core c, Op* o)
    {
        if (!c.ReadyCoprocessor.TryWrite(Opc1(o), (int)(o->Imm >> 4 & 15), c.R(o->Rn), c.R(o->Rm))) c.BackToInstruction();
    }

    private static int Opc1(Op* o) => (int)(o->Imm >> 12 & 15);
}

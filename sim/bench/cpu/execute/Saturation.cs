namespace SharpProbe.Sim.Cpu.Execute;

/// <summary>Saturating arithmetic; every saturation sets Q.</summary>
internal static unsafe class Saturation
{
    /// <summary>SSAT: Rn shifted (Aux: 0 LSL, 1 ASR; amount Ra), to Imm bits.</summary>
    public static void Ssat(Core c, Op* o) => c.R(o->Rd) = (uint)Signed(c, Operand(c, o), (int)o->Imm);
    public static void Usat(Core c, Op* o) => c.R(o->Rd) = (uint)Unsigned(c, Operand(c, o), (int)o->Imm);

    public static void Ssat16(Core c, Op* o)
    {
        uint n = c.R(o->Rn);
        c.R(o->Rd) = (ushort)Signed(c, (short)n, (int)o->Imm) | (uint)Signed(c, (int)n >> 16, (int)o->Imm) << 16;
    }

    public static void Usat16(Core c, Op* o)
    {
        uint n = c.R(o->Rn);
        c.R(o->Rd) = (ushort)Unsigned(c, (short)n, (int)o->Imm) | (uint)Unsigned(c, (int)n >> 16, (int)o->Imm) << 16;
    }

    public static void Qadd(Core c, Op* o) => c.R(o->Rd) = (uint)Signed(c, (long)(int)c.R(o->Rm) + (int)c.R(o->Rn), 32);
    public static void Qsub(Core c, Op* o) => c.R(o->Rd) = (uint)Signed(c, (long)(int)c.R(o->Rm) - (int)c.R(o->Rn), 32);
    public static void Qdadd(Core c, Op* o) => c.R(o->Rd) = (uint)Signed(c, (int)c.R(o->Rm) + Doubled(c, o), 32);
    public static void Qdsub(Core c, Op* o) => c.R(o->Rd) = (uint)Signed(c, (int)c.R(o->Rm) - Doubled(c, o), 32);

    private static long Doubled(Core c, Op* o) => Signed(c, 2L * (int)c.R(o->Rn), 32);

    private static int Operand(Core c, Op* o) =>
        o->Aux == 0 ? (int)c.R(o->Rn) << o->Ra : (int)c.R(o->Rn) >> Math.Min((int)o->Ra, 31);

    private static long Signed(Core c, long value, int bits)
    {
        long high = (1L << bits - 1) - 1, low = -high - 1;
        if (value > high || value < low) c._saturated = true;
        return Math.Clamp(value, low, high);
    }

    private static long Unsigned(Core c, long value, int bits)
    {
        long high = (1L << bits) - 1;
        if (value > high || value < 0) c._saturated = true;
        return Math.Clamp(value, 0, high);
    }
}

using SharpProbe.Sim.Fpu;

namespace SharpProbe.Sim.Cpu.Execute;

/// <summary>Moves that look at no value: between floating-point registers, core registers, FPSCR (DDI0403 A6.4 to A6.6). Core registers are Ra and Rn, S registers Rm.</summary>
internal static unsafe class FloatMove
{
    private const uint Nzcv = 0xF000_0000;

    private static void Check(Core c) => _ = c.FloatStatus;

    public static void CopyS(Core c, Op* o) { Check(c); c.S(o->Rd) = c.S(o->Rm); }
    public static void CopyD(Core c, Op* o) { Check(c); c.D(o->Rd) = c.D(o->Rm); }
    public static void AbsoluteS(Core c, Op* o) { Check(c); c.S(o->Rd) = FloatUnit.Absolute(c.S(o->Rm)); }
    public static void AbsoluteD(Core c, Op* o) { Check(c); c.D(o->Rd) = FloatUnit.Absolute(c.D(o->Rm)); }
    public static void NegateS(Core c, Op* o) { Check(c); c.S(o->Rd) = FloatUnit.Negate(c.S(o->Rm)); }
    public static void NegateD(Core c, Op* o) { Check(c); c.D(o->Rd) = FloatUnit.Negate(c.D(o->Rm)); }

    /// <summary>VMOV immediate; a double's low word is zero.</summary>
    public static void ImmediateS(Core c, Op* o) { Check(c); c.S(o->Rd) = o->Imm; }
    public static void ImmediateD(Core c, Op* o) { Check(c); c.D(o->Rd) = (ulong)o->Imm << 32; }

    /// <summary>VSEL: Rn if the condition in Aux holds, else Rm.</summary>
    public static void SelectS(Core c, Op* o) { Check(c); c.S(o->Rd) = c.S(c.Passed(o->Aux) ? o->Rn : o->Rm); }
    public static void SelectD(Core c, Op* o) { Check(c); c.D(o->Rd) = c.D(c.Passed(o->Aux) ? o->Rn : o->Rm); }

    public static void FromCore(Core c, Op* o) { Check(c); c.S(o->Rm) = c.R(o->Ra); }
    public static void ToCore(Core c, Op* o) { Check(c); c.R(o->Ra) = c.S(o->Rm); }

    /// <summary>Two words: S pairs, and D registers as pairs.</summary>
    public static void PairFromCore(Core c, Op* o)
    {
        Check(c);
        (c.S(o->Rm), c.S(o->Rm + 1)) = (c.R(o->Ra), c.R(o->Rn));
    }

    public static void PairToCore(Core c, Op* o)
    {
        Check(c);
        (c.R(o->Ra), c.R(o->Rn)) = (c.S(o->Rm), c.S(o->Rm + 1));
    }

    public static void ReadStatus(Core c, Op* o) => c.R(o->Ra) = c.FloatStatus;

    /// <summary>VMRS APSR_nzcv.</summary>
    public static void ReadFlags(Core c, Op* o) => c.Apsr = c.Apsr & ~Nzcv | c.FloatStatus & Nzcv;

    public static void WriteStatus(Core c, Op* o) => c.FloatStatus = c.R(o->Ra) & FloatUnit.StatusMask;
}

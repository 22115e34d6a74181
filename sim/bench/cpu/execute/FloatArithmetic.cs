using SharpProbe.Sim.Fpu;

namespace SharpProbe.Sim.Cpu.Execute;

/// <summary>Floating-point data processing (DDI0403 A6.4): Rd, Rn and Rm are S numbers in the methods ending in S, D numbers in those ending in D.</summary>
internal static unsafe class FloatArithmetic
{
    public static void AddS(Core c, Op* o) => c.S(o->Rd) = FloatUnit.Add(c.S(o->Rn), c.S(o->Rm), ref c.FloatStatus);
    public static void AddD(Core c, Op* o) => c.D(o->Rd) = FloatUnit.Add(c.D(o->Rn), c.D(o->Rm), ref c.FloatStatus);
    public static void SubtractS(Core c, Op* o) => c.S(o->Rd) = FloatUnit.Subtract(c.S(o->Rn), c.S(o->Rm), ref c.FloatStatus);
    public static void SubtractD(Core c, Op* o) => c.D(o->Rd) = FloatUnit.Subtract(c.D(o->Rn), c.D(o->Rm), ref c.FloatStatus);
    public static void MultiplyS(Core c, Op* o) => c.S(o->Rd) = FloatUnit.Multiply(c.S(o->Rn), c.S(o->Rm), ref c.FloatStatus);
    public static void MultiplyD(Core c, Op* o) => c.D(o->Rd) = FloatUnit.Multiply(c.D(o->Rn), c.D(o->Rm), ref c.FloatStatus);
    public static void NegatedProductS(Core c, Op* o) => c.S(o->Rd) = FloatUnit.Negate(FloatUnit.Multiply(c.S(o->Rn), c.S(o->Rm), ref c.FloatStatus));
    public static void NegatedProductD(Core c, Op* o) => c.D(o->Rd) = FloatUnit.Negate(FloatUnit.Multiply(c.D(o->Rn), c.D(o->Rm), ref c.FloatStatus));
    public static void DivideS(Core c, Op* o)
    {
        c.FloatDivideTime(CycleCosts.SingleDivide);
        c.S(o->Rd) = FloatUnit.Divide(c.S(o->Rn), c.S(o->Rm), ref c.FloatStatus);
    }

    public static void DivideD(Core c, Op* o)
    {
        c.FloatDivideTime(CycleCosts.DoubleDivide);
        c.D(o->Rd) = FloatUnit.Divide(c.D(o->Rn), c.D(o->Rm), ref c.FloatStatus);
    }

    public static void SquareRootS(Core c, Op* o)
    {
        c.FloatDivideTime(CycleCosts.SingleDivide);
        c.S(o->Rd) = FloatUnit.SquareRoot(c.S(o->Rm), ref c.FloatStatus);
    }

    public static void SquareRootD(Core c, Op* o)
    {
        c.FloatDivideTime(CycleCosts.DoubleDivide);
        c.D(o->Rd) = FloatUnit.SquareRoot(c.D(o->Rm), ref c.FloatStatus);
    }

    /// <summary>VMLA, VMLS, VNMLA, VNMLS: Aux bit 0 negates the accumulator, bit 1 the product.</summary>
    public static void ChainedS(Core c, Op* o) => c.S(o->Rd) =
        FloatUnit.MultiplyThenAdd(c.S(o->Rd), c.S(o->Rn), c.S(o->Rm), (o->Aux & 1) != 0, (o->Aux & 2) != 0, ref c.FloatStatus);

    public static void ChainedD(Core c, Op* o) => c.D(o->Rd) =
        FloatUnit.MultiplyThenAdd(c.D(o->Rd), c.D(o->Rn), c.D(o->Rm), (o->Aux & 1) != 0, (o->Aux & 2) != 0, ref c.FloatStatus);

    /// <summary>VFMA, VFMS, VFNMA, VFNMS: Aux bit 0 negates the accumulator, bit 1 the first factor.</summary>
    public static void FusedS(Core c, Op* o) => c.S(o->Rd) =
        FloatUnit.Fused(c.S(o->Rd), c.S(o->Rn), c.S(o->Rm), (o->Aux & 1) != 0, (o->Aux & 2) != 0, ref c.FloatStatus);

    public static void FusedD(Core c, Op* o) => c.D(o->Rd) =
        FloatUnit.Fused(c.D(o->Rd), c.D(o->Rn), c.D(o->Rm), (o->Aux & 1) != 0, (o->Aux & 2) != 0, ref c.FloatStatus);

    public static void MaximumS(Core c, Op* o) => c.S(o->Rd) = FloatUnit.MaxNumber(c.S(o->Rn), c.S(o->Rm), ref c.FloatStatus);
    public static void MaximumD(Core c, Op* o) => c.D(o->Rd) = FloatUnit.MaxNumber(c.D(o->Rn), c.D(o->Rm), ref c.FloatStatus);
    public static void MinimumS(Core c, Op* o) => c.S(o->Rd) = FloatUnit.MinNumber(c.S(o->Rn), c.S(o->Rm), ref c.FloatStatus);
    public static void MinimumD(Core c, Op* o) => c.D(o->Rd) = FloatUnit.MinNumber(c.D(o->Rn), c.D(o->Rm), ref c.FloatStatus);

    /// <summary>VCMP and VCMPE (Aux 1); Rm 0xFF compares with zero.</summary>
    public static void CompareS(Core c, Op* o) => FloatUnit.Compare(c.S(o->Rd), o->Rm == 0xFF ? 0u : c.S(o->Rm), o->Aux != 0, ref c.FloatStatus);

    public static void CompareD(Core c, Op* o) => FloatUnit.Compare(c.D(o->Rd), o->Rm == 0xFF ? 0ul : c.D(o->Rm), o->Aux != 0, ref c.FloatStatus);

    /// <summary>VRINT: Aux is the rounding mode, <see cref="FloatConversion.ModeOfStatus"/>, or that with <see cref="FloatConversion.Exact"/>.</summary>
    public static void RoundS(Core c, Op* o)
    {
        ref uint status = ref c.FloatStatus;
        c.S(o->Rd) = FloatUnit.RoundToIntegral(c.S(o->Rm), FloatConversion.Mode(o->Aux, status), (o->Aux & FloatConversion.Exact) != 0, ref status);
    }

    public static void RoundD(Core c, Op* o)
    {
        ref uint status = ref c.FloatStatus;
        c.D(o->Rd) = FloatUnit.RoundToIntegral(c.D(o->Rm), FloatConversion.Mode(o->Aux, status), (o->Aux & FloatConversion.Exact) != 0, ref status);
    }
}

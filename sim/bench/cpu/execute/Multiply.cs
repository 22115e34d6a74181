namespace SharpProbe.Sim.Cpu.Execute;

/// <summary>Multiplication and division (DDI0403 A5.3.16, A5.3.17). Long results: Rd high, Ra low. Aux holds the halfword, exchange or rounding bits.</summary>
internal static unsafe class Multiply
{
    public static void Mul(Core c, Op* o) => c.R(o->Rd) = c.R(o->Rn) * c.R(o->Rm);

    /// <summary>16-bit MULS: N and Z; C and V stay.</summary>
    public static void MulFlags(Core c, Op* o) => c._nResult = c._zResult = c.R(o->Rd) = c.R(o->Rn) * c.R(o->Rm);

    public static void Mla(Core c, Op* o) => c.R(o->Rd) = c.R(o->Ra) + c.R(o->Rn) * c.R(o->Rm);
    public static void Mls(Core c, Op* o) => c.R(o->Rd) = c.R(o->Ra) - c.R(o->Rn) * c.R(o->Rm);

    /// <summary>SMULxy: Aux bit 1 takes the top of Rn, bit 0 the top of Rm.</summary>
    public static void SmulHalf(Core c, Op* o) => c.R(o->Rd) = (uint)(Half(c.R(o->Rn), o->Aux >> 1) * Half(c.R(o->Rm), o->Aux & 1));

    public static void SmlaHalf(Core c, Op* o)
    {
        int product = Half(c.R(o->Rn), o->Aux >> 1) * Half(c.R(o->Rm), o->Aux & 1);
        Accumulate(c, o, (long)product + (int)c.R(o->Ra));
    }

    public static void SmulWide(Core c, Op* o) => c.R(o->Rd) = (uint)((long)(int)c.R(o->Rn) * Half(c.R(o->Rm), o->Aux & 1) >> 16);

    public static void SmlaWide(Core c, Op* o) =>
        Accumulate(c, o, ((long)(int)c.R(o->Rn) * Half(c.R(o->Rm), o->Aux & 1) >> 16) + (int)c.R(o->Ra));

    /// <summary>SMUAD: the sum may overflow (both products 2^30), which sets Q.</summary>
    public static void Smuad(Core c, Op* o) => Accumulate(c, o, DualSum(c, o));
    public static void Smlad(Core c, Op* o) => Accumulate(c, o, DualSum(c, o) + (int)c.R(o->Ra));
    public static void Smusd(Core c, Op* o) => c.R(o->Rd) = (uint)DualDifference(c, o);
    public static void Smlsd(Core c, Op* o) => Accumulate(c, o, DualDifference(c, o) + (int)c.R(o->Ra));

    public static void Smmul(Core c, Op* o) => c.R(o->Rd) = (uint)((long)(int)c.R(o->Rn) * (int)c.R(o->Rm) + Rounding(o) >> 32);

    public static void Smmla(Core c, Op* o) =>
        c.R(o->Rd) = (uint)(((long)c.R(o->Ra) << 32) + (long)(int)c.R(o->Rn) * (int)c.R(o->Rm) + Rounding(o) >> 32);

    public static void Smmls(Core c, Op* o) =>
        c.R(o->Rd) = (uint)(((long)c.R(o->Ra) << 32) - (long)(int)c.R(o->Rn) * (int)c.R(o->Rm) + Rounding(o) >> 32);

    public static void Usad8(Core c, Op* o) => c.R(o->Rd) = Differences(c, o);
    public static void Usada8(Core c, Op* o) => c.R(o->Rd) = c.R(o->Ra) + Differences(c, o);

    public static void Smull(Core c, Op* o) => SetLong(c, o, (ulong)((long)(int)c.R(o->Rn) * (int)c.R(o->Rm)));
    public static void Umull(Core c, Op* o) => SetLong(c, o, (ulong)c.R(o->Rn) * c.R(o->Rm));
    public static void Smlal(Core c, Op* o) => SetLong(c, o, Long(c, o) + (ulong)((long)(int)c.R(o->Rn) * (int)c.R(o->Rm)));
    public static void Umlal(Core c, Op* o) => SetLong(c, o, Long(c, o) + (ulong)c.R(o->Rn) * c.R(o->Rm));
    public static void Umaal(Core c, Op* o) => SetLong(c, o, (ulong)c.R(o->Rn) * c.R(o->Rm) + c.R(o->Rd) + c.R(o->Ra));

    public static void SmlalHalf(Core c, Op* o) =>
        SetLong(c, o, Long(c, o) + (ulong)(long)(Half(c.R(o->Rn), o->Aux >> 1) * Half(c.R(o->Rm), o->Aux & 1)));

    public static void Smlald(Core c, Op* o) => SetLong(c, o, Long(c, o) + (ulong)DualSum(c, o));
    public static void Smlsld(Core c, Op* o) => SetLong(c, o, Long(c, o) + (ulong)DualDifference(c, o));

    public static void Sdiv(Core c, Op* o)
    {
        int n = (int)c.R(o->Rn), m = (int)c.R(o->Rm);
        c.DivideTime(n < 0 ? (uint)-n : (uint)n, m < 0 ? (uint)-m : (uint)m);
        c.R(o->Rd) = m == 0 ? ByZero(c) : (uint)((long)n / m);
    }

    public static void Udiv(Core c, Op* o)
    {
        uint n = c.R(o->Rn), m = c.R(o->Rm);
        c.DivideTime(n, m);
        c.R(o->Rd) = m == 0 ? ByZero(c) : n / m;
    }

    private static uint ByZero(Core c) => c.TrapsDivideByZero ? throw new CoreFault(FaultKind.DivideByZero, 0) : 0u;

    private static int Half(uint value, int top) => top != 0 ? (int)value >> 16 : (short)value;

    private static long DualSum(Core c, Op* o) => (long)Low(c, o) + High(c, o);
    private static long DualDifference(Core c, Op* o) => (long)Low(c, o) - High(c, o);
    private static int Low(Core c, Op* o) => Half(c.R(o->Rn), 0) * Half(c.R(o->Rm), o->Aux & 1);
    private static int High(Core c, Op* o) => Half(c.R(o->Rn), 1) * Half(c.R(o->Rm), o->Aux & 1 ^ 1);
    private static long Rounding(Op* o) => o->Aux != 0 ? 0x8000_0000L : 0;

    private static void Accumulate(Core c, Op* o, long sum)
    {
        if (sum != (int)sum) c._saturated = true;
        c.R(o->Rd) = (uint)sum;
    }

    private static uint Differences(Core c, Op* o)
    {
        uint n = c.R(o->Rn), m = c.R(o->Rm), sum = 0;
        for (int i = 0; i < 32; i += 8) sum += (uint)Math.Abs((int)(n >> i & 0xFF) - (int)(m >> i & 0xFF));
        return sum;
    }

    private static ulong Long(Core c, Op* o) => (ulong)c.R(o->Rd) << 32 | c.R(o->Ra);

    private static void SetLong(Core c, Op* o, ulong value)
    {
        c.R(o->Ra) = (uint)value;
        c.R(o->Rd) = (uint)(value >> 32);
    }
}

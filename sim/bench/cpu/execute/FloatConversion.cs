using SharpProbe.Sim.Fpu;

namespace SharpProbe.Sim.Cpu.Execute;

/// <summary>VCVT in all its forms (DDI0403 A7.7.226 to A7.7.229). Aux holds the rounding mode in bits 2:0 and the flags below.</summary>
internal static unsafe class FloatConversion
{
    public const byte ModeOfStatus = 7, Exact = 8, IsSigned = 16, Top = 32, Halfword = 64;

    public static RoundingMode Mode(byte aux, uint status) => (aux & 7) == ModeOfStatus ? FloatUnit.RoundingOf(status) : (RoundingMode)(aux & 7);

    private static bool Signed(Op* o) => (o->Aux & IsSigned) != 0;

    public static void SingleToInteger(Core c, Op* o)
    {
        ref uint status = ref c.FloatStatus;
        c.S(o->Rd) = FloatUnit.SingleToInteger(c.S(o->Rm), Signed(o), Mode(o->Aux, status), ref status);
    }

    public static void DoubleToInteger(Core c, Op* o)
    {
        ref uint status = ref c.FloatStatus;
        c.S(o->Rd) = FloatUnit.DoubleToInteger(c.D(o->Rm), Signed(o), Mode(o->Aux, status), ref status);
    }

    public static void SingleFromInteger(Core c, Op* o) => c.S(o->Rd) = FloatUnit.SingleFromInteger(c.S(o->Rm), Signed(o), ref c.FloatStatus);
    public static void DoubleFromInteger(Core c, Op* o) => c.D(o->Rd) = FloatUnit.DoubleFromInteger(c.S(o->Rm), Signed(o), ref c.FloatStatus);

    public static void SingleToDouble(Core c, Op* o) => c.D(o->Rd) = FloatUnit.SingleToDouble(c.S(o->Rm), ref c.FloatStatus);
    public static void DoubleToSingle(Core c, Op* o) => c.S(o->Rd) = FloatUnit.DoubleToSingle(c.D(o->Rm), ref c.FloatStatus);

    /// <summary>VCVTB and VCVTT (<see cref="Top"/>) from half.</summary>
    public static void HalfToSingle(Core c, Op* o) => c.S(o->Rd) = FloatUnit.HalfToSingle(Half(c, o), ref c.FloatStatus);
    public static void HalfToDouble(Core c, Op* o) => c.D(o->Rd) = FloatUnit.HalfToDouble(Half(c, o), ref c.FloatStatus);
    public static void SingleToHalf(Core c, Op* o) => SetHalf(c, o, FloatUnit.SingleToHalf(c.S(o->Rm), ref c.FloatStatus));
    public static void DoubleToHalf(Core c, Op* o) => SetHalf(c, o, FloatUnit.DoubleToHalf(c.D(o->Rm), ref c.FloatStatus));

    private static ushort Half(Core c, Op* o) => (ushort)((o->Aux & Top) != 0 ? c.S(o->Rm) >> 16 : c.S(o->Rm));

    private static void SetHalf(Core c, Op* o, uint half)
    {
        ref uint d = ref c.S(o->Rd);
        d = (o->Aux & Top) != 0 ? d & 0xFFFF | half << 16 : d & 0xFFFF_0000 | half;
    }

    private static int Size(Op* o) => (o->Aux & Halfword) != 0 ? 16 : 32;

    /// <summary>Fixed point in place: Rd, with Imm bits of fraction.</summary>
    public static void SingleToFixed(Core c, Op* o) => c.S(o->Rd) = FloatUnit.SingleToFixed(c.S(o->Rd), Size(o), (int)o->Imm, Signed(o), ref c.FloatStatus);

    public static void SingleFromFixed(Core c, Op* o) => c.S(o->Rd) = FloatUnit.SingleFromFixed(c.S(o->Rd), Size(o), (int)o->Imm, Signed(o), ref c.FloatStatus);

    public static void DoubleToFixed(Core c, Op* o)
    {
        uint result = FloatUnit.DoubleToFixed(c.D(o->Rd), Size(o), (int)o->Imm, Signed(o), ref c.FloatStatus);
        c.D(o->Rd) = Signed(o) ? (ulong)(int)result : result;
    }

    public static void DoubleFromFixed(Core c, Op* o) => c.D(o->Rd) = FloatUnit.DoubleFromFixed((uint)c.D(o->Rd), Size(o), (int)o->Imm, Signed(o), ref c.FloatStatus);
}

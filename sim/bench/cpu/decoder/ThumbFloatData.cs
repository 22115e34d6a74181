using SharpProbe.Sim.Cpu.Execute;
using SharpProbe.Sim.Fpu;

namespace SharpProbe.Sim.Cpu.Decoding;

/// <summary>
/// Floating-point data processing (DDI0403 A6.4). In these patterns z is the size bit: each row stands for a single form, in which p, q and r are
/// the lowest bits of the register numbers, and a double form, which has 0 there.
/// </summary>
internal static unsafe class ThumbFloatData
{
    /// <summary>Rounding modes of the A, N, P, M forms. Before the rows, which take their values.</summary>
    internal static readonly byte[] Directed =
        [(byte)RoundingMode.NearestAway, (byte)RoundingMode.NearestEven, (byte)RoundingMode.TowardsPlus, (byte)RoundingMode.TowardsMinus];

    public static readonly Encoding[] Rows = Make();

    private static Encoding[] Make()
    {
        var rows = new List<Encoding>();

        void Both(string pattern, string name, delegate*<Core, Op*, void> single, delegate*<Core, Op*, void> of64, CostClass cost, byte aux = 0, bool fpv5 = false)
        {
            rows.Add(ThumbFloat.Row(pattern.Replace('z', '0'), name + ".F32", (ref f) =>
            {
                if (fpv5 && !f.Core.HasFpv5) return;
                f.Op->Rd = (byte)ThumbFloat.Single(ref f, 'd', 'p');
                f.Op->Rn = (byte)ThumbFloat.Single(ref f, 'n', 'q');
                f.Op->Rm = (byte)ThumbFloat.Single(ref f, 'm', 'r');
                f.Op->Aux = aux;
                f.Code(single, cost);
            }));
            rows.Add(ThumbFloat.Row(pattern.Replace('z', '1').Replace('p', '0').Replace('q', '0').Replace('r', '0'), name + ".F64", (ref f) =>
            {
                if (!f.Core.HasDouble) return;
                (f.Op->Rd, f.Op->Rn, f.Op->Rm) = ((byte)f['d'], (byte)f['n'], (byte)f['m']);
                f.Op->Aux = aux;
                f.Code(of64, OfDouble(cost));
            }));
        }

        void Three(string op, string bits, string name, delegate*<Core, Op*, void> single, delegate*<Core, Op*, void> of64, CostClass cost, byte aux = 0) =>
            Both($"1110 1110 {op} nnnn dddd 101z {bits} mmmm", name, single, of64, cost, aux);

        void Two(string op, string bits, string name, delegate*<Core, Op*, void> single, delegate*<Core, Op*, void> of64, CostClass cost, byte aux = 0, bool fpv5 = false) =>
            Both($"1110 1110 1p11 {op} dddd 101z {bits} mmmm", name, single, of64, cost, aux, fpv5);

        Three("0p00", "q0r0", "VMLA", &FloatArithmetic.ChainedS, &FloatArithmetic.ChainedD, CostClass.FloatMultiplyAdd);
        Three("0p00", "q1r0", "VMLS", &FloatArithmetic.ChainedS, &FloatArithmetic.ChainedD, CostClass.FloatMultiplyAdd, 2);
        Three("0p01", "q0r0", "VNMLS", &FloatArithmetic.ChainedS, &FloatArithmetic.ChainedD, CostClass.FloatMultiplyAdd, 1);
        Three("0p01", "q1r0", "VNMLA", &FloatArithmetic.ChainedS, &FloatArithmetic.ChainedD, CostClass.FloatMultiplyAdd, 3);
        Three("0p10", "q0r0", "VMUL", &FloatArithmetic.MultiplyS, &FloatArithmetic.MultiplyD, CostClass.FloatMultiply);
        Three("0p10", "q1r0", "VNMUL", &FloatArithmetic.NegatedProductS, &FloatArithmetic.NegatedProductD, CostClass.FloatMultiply);
        Three("0p11", "q0r0", "VADD", &FloatArithmetic.AddS, &FloatArithmetic.AddD, CostClass.FloatAdd);
        Three("0p11", "q1r0", "VSUB", &FloatArithmetic.SubtractS, &FloatArithmetic.SubtractD, CostClass.FloatAdd);
        Three("1p00", "q0r0", "VDIV", &FloatArithmetic.DivideS, &FloatArithmetic.DivideD, CostClass.FloatDivide);
        Three("1p01", "q0r0", "VFNMS", &FloatArithmetic.FusedS, &FloatArithmetic.FusedD, CostClass.FloatMultiplyAdd, 1);
        Three("1p01", "q1r0", "VFNMA", &FloatArithmetic.FusedS, &FloatArithmetic.FusedD, CostClass.FloatMultiplyAdd, 3);
        Three("1p10", "q0r0", "VFMA", &FloatArithmetic.FusedS, &FloatArithmetic.FusedD, CostClass.FloatMultiplyAdd);
        Three("1p10", "q1r0", "VFMS", &FloatArithmetic.FusedS, &FloatArithmetic.FusedD, CostClass.FloatMultiplyAdd, 2);

        // VSEL's conditions EQ, VS, GE, GT, as the numbers that B uses.
        foreach (var (bits, condition) in new[] { ("00", (byte)0), ("01", (byte)6), ("10", (byte)10), ("11", (byte)12) })
            Both($"1111 1110 0p{bits} nnnn dddd 101z q0r0 mmmm", "VSEL", &FloatMove.SelectS, &FloatMove.SelectD, CostClass.FloatMove, condition, fpv5: true);
        Both("1111 1110 1p00 nnnn dddd 101z q0r0 mmmm", "VMAXNM", &FloatArithmetic.MaximumS, &FloatArithmetic.MaximumD, CostClass.FloatAdd, fpv5: true);
        Both("1111 1110 1p00 nnnn dddd 101z q1r0 mmmm", "VMINNM", &FloatArithmetic.MinimumS, &FloatArithmetic.MinimumD, CostClass.FloatAdd, fpv5: true);

        Two("0000", "01r0", "VMOV", &FloatMove.CopyS, &FloatMove.CopyD, CostClass.FloatMove);
        Two("0000", "11r0", "VABS", &FloatMove.AbsoluteS, &FloatMove.AbsoluteD, CostClass.FloatMove);
        Two("0001", "01r0", "VNEG", &FloatMove.NegateS, &FloatMove.NegateD, CostClass.FloatMove);
        Two("0001", "11r0", "VSQRT", &FloatArithmetic.SquareRootS, &FloatArithmetic.SquareRootD, CostClass.FloatDivide);
        Two("0100", "01r0", "VCMP", &FloatArithmetic.CompareS, &FloatArithmetic.CompareD, CostClass.FloatAdd);
        Two("0100", "11r0", "VCMPE", &FloatArithmetic.CompareS, &FloatArithmetic.CompareD, CostClass.FloatAdd, 1);
        Two("0110", "01r0", "VRINTR", &FloatArithmetic.RoundS, &FloatArithmetic.RoundD, CostClass.FloatAdd, FloatConversion.ModeOfStatus, fpv5: true);
        Two("0110", "11r0", "VRINTZ", &FloatArithmetic.RoundS, &FloatArithmetic.RoundD, CostClass.FloatAdd, (byte)RoundingMode.TowardsZero, fpv5: true);
        Two("0111", "01r0", "VRINTX", &FloatArithmetic.RoundS, &FloatArithmetic.RoundD, CostClass.FloatAdd, FloatConversion.ModeOfStatus | FloatConversion.Exact, fpv5: true);
        for (int i = 0; i < Directed.Length; i++)
            Both($"1111 1110 1p11 10{i:b2} dddd 101z 01r0 mmmm", "VRINT" + "ANPM"[i], &FloatArithmetic.RoundS, &FloatArithmetic.RoundD, CostClass.FloatAdd, Directed[i], fpv5: true);
        rows.AddRange(ThumbFloatConvert.Rows);
        rows.AddRange(Constants());
        return [.. rows];
    }

    private static CostClass OfDouble(CostClass cost) => cost switch
    {
        CostClass.FloatAdd => CostClass.DoubleAdd,
        CostClass.FloatMultiply => CostClass.DoubleMultiply,
        CostClass.FloatMultiplyAdd => CostClass.DoubleMultiplyAdd,
        CostClass.FloatDivide => CostClass.DoubleDivide,
        _ => cost,
    };

    /// <summary>VMOV immediate and comparison with zero, whose operand is not a register.</summary>
    private static Encoding[] Constants() =>
    [
        ThumbFloat.Row("1110 1110 1p11 iiii dddd 1010 0000 iiii", "VMOV.F32 imm", static (ref f) =>
        {
            f.Op->Rd = (byte)ThumbFloat.Single(ref f, 'd', 'p');
            f.Op->Imm = Expand(f['i'], 5, 19);
            f.Code(&FloatMove.ImmediateS, CostClass.FloatMove);
        }),
        ThumbFloat.Row("1110 1110 1011 iiii dddd 1011 0000 iiii", "VMOV.F64 imm", static (ref f) =>
        {
            if (!f.Core.HasDouble) return;
            f.Op->Rd = (byte)f['d'];
            f.Op->Imm = Expand(f['i'], 8, 16);
            f.Code(&FloatMove.ImmediateD, CostClass.FloatMove);
        }),
        ThumbFloat.Row("1110 1110 1p11 0101 dddd 1010 e100 0000", "VCMP.F32 0", static (ref f) =>
        {
            (f.Op->Rd, f.Op->Rm, f.Op->Aux) = ((byte)ThumbFloat.Single(ref f, 'd', 'p'), 0xFF, (byte)f['e']);
            f.Code(&FloatArithmetic.CompareS, CostClass.FloatAdd);
        }),
        ThumbFloat.Row("1110 1110 1011 0101 dddd 1011 e100 0000", "VCMP.F64 0", static (ref f) =>
        {
            if (!f.Core.HasDouble) return;
            (f.Op->Rd, f.Op->Rm, f.Op->Aux) = ((byte)f['d'], 0xFF, (byte)f['e']);
            f.Code(&FloatArithmetic.CompareD, CostClass.DoubleAdd);
        }),
    ];

    /// <summary>The highest word of VFPExpandImm() (A6.4.1): sign a, exponent NOT(b) b...b cd, fraction efgh.</summary>
    private static uint Expand(uint abcdefgh, int copies, int places)
    {
        uint b = abcdefgh >> 6 & 1;
        uint exponent = (b ^ 1) << (copies + 2) | (b != 0 ? (1u << copies) - 1 : 0) << 2 | abcdefgh >> 4 & 3;
        return abcdefgh >> 7 << 31 | exponent << (places + 4) | (abcdefgh & 15) << places;
    }
}

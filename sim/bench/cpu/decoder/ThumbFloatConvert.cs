using SharpProbe.Sim.Cpu.Execute;
using SharpProbe.Sim.Fpu;

namespace SharpProbe.Sim.Cpu.Decoding;

/// <summary>Conversions (DDI0403 A7.7.226 to A7.7.229): operand and result may differ in size, so each form is a row of its own.</summary>
internal static unsafe class ThumbFloatConvert
{
    public static readonly Encoding[] Rows = Make();

    private static Encoding[] Make()
    {
        var rows = new List<Encoding>();

        // Register numbers follow from which extra bits the pattern has: p and r are there for a single (or an integer), not for a double.
        void Row(string pattern, string name, delegate*<Core, Op*, void> run, bool fpv5 = false, int mode = FloatConversion.ModeOfStatus)
        {
            bool wide = pattern.Contains("dddd 1011") || name == "VCVT.F64.F32";
            rows.Add(ThumbFloat.Row(pattern, name, (ref f) =>
            {
                if (wide && !f.Core.HasDouble || fpv5 && !f.Core.HasFpv5) return;
                f.Op->Rd = (byte)(pattern.Contains('p') ? ThumbFloat.Single(ref f, 'd', 'p') : f.Number('d'));
                f.Op->Rm = (byte)(pattern.Contains('r') ? ThumbFloat.Single(ref f, 'm', 'r') : f.Number('m'));
                f.Op->Aux = (byte)(mode | (f['s'] != 0 ? FloatConversion.IsSigned : 0) | (f['t'] != 0 ? FloatConversion.Top : 0));
                f.Code(run, wide ? CostClass.DoubleAdd : CostClass.FloatAdd);
            }));
        }

        for (int i = 0; i < 4; i++)
        {
            Row($"1111 1110 1p11 11{i:b2} dddd 1010 s1r0 mmmm", "VCVT" + "ANPM"[i] + ".F32", &FloatConversion.SingleToInteger, true, ThumbFloatData.Directed[i]);
            Row($"1111 1110 1p11 11{i:b2} dddd 1011 s100 mmmm", "VCVT" + "ANPM"[i] + ".F64", &FloatConversion.DoubleToInteger, true, ThumbFloatData.Directed[i]);
        }
        Row("1110 1110 1p11 0010 dddd 1010 t1r0 mmmm", "VCVTB/T.F32.F16", &FloatConversion.HalfToSingle);
        Row("1110 1110 1p11 0011 dddd 1010 t1r0 mmmm", "VCVTB/T.F16.F32", &FloatConversion.SingleToHalf);
        Row("1110 1110 1011 0010 dddd 1011 t1r0 mmmm", "VCVTB/T.F64.F16", &FloatConversion.HalfToDouble, fpv5: true);
        Row("1110 1110 1p11 0011 dddd 1011 t100 mmmm", "VCVTB/T.F16.F64", &FloatConversion.DoubleToHalf, fpv5: true);
        Row("1110 1110 1011 0111 dddd 1010 11r0 mmmm", "VCVT.F64.F32", &FloatConversion.SingleToDouble, fpv5: true);
        Row("1110 1110 1p11 0111 dddd 1011 1100 mmmm", "VCVT.F32.F64", &FloatConversion.DoubleToSingle, fpv5: true);
        Row("1110 1110 1p11 1000 dddd 1010 s1r0 mmmm", "VCVT.F32.I32", &FloatConversion.SingleFromInteger);
        Row("1110 1110 1011 1000 dddd 1011 s1r0 mmmm", "VCVT.F64.I32", &FloatConversion.DoubleFromInteger);
        const int zero = (int)RoundingMode.TowardsZero;
        Row("1110 1110 1p11 110s dddd 1010 01r0 mmmm", "VCVTR.I32.F32", &FloatConversion.SingleToInteger);
        Row("1110 1110 1p11 110s dddd 1010 11r0 mmmm", "VCVT.I32.F32", &FloatConversion.SingleToInteger, mode: zero);
        Row("1110 1110 1p11 110s dddd 1011 0100 mmmm", "VCVTR.I32.F64", &FloatConversion.DoubleToInteger);
        Row("1110 1110 1p11 110s dddd 1011 1100 mmmm", "VCVT.I32.F64", &FloatConversion.DoubleToInteger, mode: zero);
        Fixed("1110 1110 1p11 101u dddd 1010 x1j0 iiii", &FloatConversion.SingleFromFixed);
        Fixed("1110 1110 1011 101u dddd 1011 x1j0 iiii", &FloatConversion.DoubleFromFixed);
        Fixed("1110 1110 1p11 111u dddd 1010 x1j0 iiii", &FloatConversion.SingleToFixed);
        Fixed("1110 1110 1011 111u dddd 1011 x1j0 iiii", &FloatConversion.DoubleToFixed);
        return [.. rows];

        void Fixed(string pattern, delegate*<Core, Op*, void> run)
        {
            bool of64 = !pattern.Contains('p');
            rows.Add(ThumbFloat.Row(pattern, "VCVT fixed", (ref f) =>
            {
                if (of64 && !f.Core.HasDouble) return;
                int size = f['x'] != 0 ? 32 : 16, places = size - (int)(f['i'] << 1 | f['j']);
                if (f.Unpredictable(places < 0)) return;
                f.Op->Rd = (byte)(of64 ? f.Number('d') : ThumbFloat.Single(ref f, 'd', 'p'));
                f.Op->Imm = (uint)places;
                f.Op->Aux = (byte)((f['u'] == 0 ? FloatConversion.IsSigned : 0) | (size == 16 ? FloatConversion.Halfword : 0));
                f.Code(run, of64 ? CostClass.DoubleAdd : CostClass.FloatAdd);
            }));
        }
    }
}

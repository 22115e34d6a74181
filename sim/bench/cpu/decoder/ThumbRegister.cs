using SharpProbe.Sim.Cpu.Execute;
using static SharpProbe.Sim.Cpu.Decoding.Requires;

namespace SharpProbe.Sim.Cpu.Decoding;

/// <summary>32-bit data processing with registers (DDI0403 A5.3.12 to A5.3.15).</summary>
internal static unsafe class ThumbRegister
{
    // Extensions by op[2:0]: with a base register, and without (Rn = 15).
    private static readonly delegate*<Core, Op*, void>[] Adding =
        [&BitFields.Sxtah, &BitFields.Uxtah, &BitFields.Sxtab16, &BitFields.Uxtab16, &BitFields.Sxtab, &BitFields.Uxtab];
    private static readonly delegate*<Core, Op*, void>[] Plain =
        [&BitFields.Sxth, &BitFields.Uxth, &BitFields.Sxtb16, &BitFields.Uxtb16, &BitFields.Sxtb, &BitFields.Uxtb];

    private static readonly delegate*<Core, Op*, void>[] Saturating = [&Saturation.Qadd, &Saturation.Qdadd, &Saturation.Qsub, &Saturation.Qdsub];
    private static readonly delegate*<Core, Op*, void>[] Reversing = [&BitFields.Rev, &BitFields.Rev16, &BitFields.Rbit, &BitFields.RevSh];

    public static readonly Encoding[] Rows =
    [
        new("11111010 0tts nnnn 1111 dddd 0000 mmmm", "LSL, LSR, ASR, ROR", V7M, static (ref f) =>
        {
            if (!Three(ref f)) return;
            f.Op->Aux = (byte)f['t'];
            if (f['s'] != 0) f.WritesFlags();
            if (f['s'] != 0) f.Code(&DataProcessing.ShiftByRegister<FlagModes.Set>, CostClass.Alu);
            else f.Code(&DataProcessing.ShiftByRegister<FlagModes.Keep>, CostClass.Alu);
        }),
        new("11111010 0ooo nnnn 1111 dddd 10rr mmmm", "extend", V7M, static (ref f) => Extend(ref f)),
        new("11111010 1ooo nnnn 1111 dddd 0upp mmmm", "parallel", Dsp, static (ref f) =>
        {
            if (f['o'] is 3 or 7 || f['p'] == 3 || !Three(ref f)) return;
            f.Op->Aux = (byte)(f['o'] | f['p'] << 3 | f['u'] << 5);
            if (f['p'] == 0) f.WritesFlags();
            f.Code(&ParallelSimd.Run, CostClass.Dsp);
        }),
        new("11111010 1000 nnnn 1111 dddd 10oo mmmm", "saturating", Dsp, static (ref f) =>
        {
            if (Three(ref f)) f.Code(Saturating[f['o']], CostClass.Dsp);
        }),
        new("11111010 1001 nnnn 1111 dddd 10oo mmmm", "REV, REV16, RBIT, REVSH", V7M, static (ref f) =>
        {
            if (Twice(ref f)) f.Code(Reversing[f['o']], CostClass.Alu);
        }),
        new("11111010 1010 nnnn 1111 dddd 1000 mmmm", "SEL", Dsp, static (ref f) =>
        {
            if (!Three(ref f)) return;
            f.ReadsFlags();
            f.Code(&ParallelSimd.Select, CostClass.Alu);
        }),
        new("11111010 1011 nnnn 1111 dddd 1000 mmmm", "CLZ", V7M, static (ref f) =>
        {
            if (Twice(ref f)) f.Code(&BitFields.Clz, CostClass.Alu);
        }),
    ];

    private static bool Bad(int register) => register is 13 or 15;

    private static bool Three(ref Fields f)
    {
        int d = f.Number('d'), n = f.Number('n'), m = f.Number('m');
        if (f.Unpredictable(Bad(d) || Bad(n) || Bad(m))) return false;
        f.D(d);
        f.N(n);
        f.M(m);
        return true;
    }

    // The operand is encoded twice and must agree.
    private static bool Twice(ref Fields f) => !f.Unpredictable(f['n'] != f['m']) && Three(ref f);

    private static void Extend(ref Fields f)
    {
        uint o = f['o'];
        int d = f.Number('d'), n = f.Number('n'), m = f.Number('m');
        if (o > 5) return;
        bool adds = n != 15;
        // Adding forms and the 16-bit pairs came with ARMv7E-M.
        if (!f.Core.HasDsp && (adds || o is 2 or 3) || f.Unpredictable(Bad(d) || Bad(m) || n == 13)) return;
        f.D(d);
        f.M(m);
        f.Op->Ra = (byte)(f['r'] * 8);
        if (adds) f.N(n);
        f.Code(adds ? Adding[o] : Plain[o], adds || o is 2 or 3 ? CostClass.Dsp : CostClass.Alu);
    }
}

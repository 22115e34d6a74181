using SharpProbe.Sim.Cpu.Execute;
using static SharpProbe.Sim.Cpu.Decoding.Requires;

namespace SharpProbe.Sim.Cpu.Decoding;

/// <summary>32-bit multiplication and division (DDI0403 A5.3.16, A5.3.17).</summary>
internal static unsafe class ThumbMultiply
{
    public static readonly Encoding[] Rows =
    [
        new("11111011 0000 nnnn aaaa dddd 0000 mmmm", "MLA, MUL", V7M, static (ref f) => Short(ref f, 0, &Multiply.Mla, &Multiply.Mul)),
        new("11111011 0000 nnnn aaaa dddd 0001 mmmm", "MLS", V7M, static (ref f) => Short(ref f, 0, &Multiply.Mls, null)),
        new("11111011 0001 nnnn aaaa dddd 00xx mmmm", "SMLAxy, SMULxy", Dsp, static (ref f) => Short(ref f, f['x'], &Multiply.SmlaHalf, &Multiply.SmulHalf)),
        new("11111011 0010 nnnn aaaa dddd 000x mmmm", "SMLAD, SMUAD", Dsp, static (ref f) => Short(ref f, f['x'], &Multiply.Smlad, &Multiply.Smuad)),
        new("11111011 0011 nnnn aaaa dddd 000x mmmm", "SMLAW, SMULW", Dsp, static (ref f) => Short(ref f, f['x'], &Multiply.SmlaWide, &Multiply.SmulWide)),
        new("11111011 0100 nnnn aaaa dddd 000x mmmm", "SMLSD, SMUSD", Dsp, static (ref f) => Short(ref f, f['x'], &Multiply.Smlsd, &Multiply.Smusd)),
        new("11111011 0101 nnnn aaaa dddd 000x mmmm", "SMMLA, SMMUL", Dsp, static (ref f) => Short(ref f, f['x'], &Multiply.Smmla, &Multiply.Smmul)),
        new("11111011 0110 nnnn aaaa dddd 000x mmmm", "SMMLS", Dsp, static (ref f) => Short(ref f, f['x'], &Multiply.Smmls, null)),
        new("11111011 0111 nnnn aaaa dddd 0000 mmmm", "USADA8, USAD8", Dsp, static (ref f) => Short(ref f, 0, &Multiply.Usada8, &Multiply.Usad8)),
        new("11111011 1000 nnnn llll hhhh 0000 mmmm", "SMULL", V7M, static (ref f) => Long(ref f, 0, &Multiply.Smull, accumulates: false)),
        new("11111011 1001 nnnn 1111 dddd 1111 mmmm", "SDIV", V7M, static (ref f) => Divide(ref f, &Multiply.Sdiv)),
        new("11111011 1010 nnnn llll hhhh 0000 mmmm", "UMULL", V7M, static (ref f) => Long(ref f, 0, &Multiply.Umull, accumulates: false)),
        new("11111011 1011 nnnn 1111 dddd 1111 mmmm", "UDIV", V7M, static (ref f) => Divide(ref f, &Multiply.Udiv)),
        new("11111011 1100 nnnn llll hhhh 0000 mmmm", "SMLAL", V7M, static (ref f) => Long(ref f, 0, &Multiply.Smlal, accumulates: true)),
        new("11111011 1100 nnnn llll hhhh 10xx mmmm", "SMLALxy", Dsp, static (ref f) => Long(ref f, f['x'], &Multiply.SmlalHalf, accumulates: true)),
        new("11111011 1100 nnnn llll hhhh 110x mmmm", "SMLALD", Dsp, static (ref f) => Long(ref f, f['x'], &Multiply.Smlald, accumulates: true)),
        new("11111011 1101 nnnn llll hhhh 110x mmmm", "SMLSLD", Dsp, static (ref f) => Long(ref f, f['x'], &Multiply.Smlsld, accumulates: true)),
        new("11111011 1110 nnnn llll hhhh 0000 mmmm", "UMLAL", V7M, static (ref f) => Long(ref f, 0, &Multiply.Umlal, accumulates: true)),
        new("11111011 1110 nnnn llll hhhh 0110 mmmm", "UMAAL", Dsp, static (ref f) => Long(ref f, 0, &Multiply.Umaal, accumulates: true)),
    ];

    private static bool Bad(int register) => register is 13 or 15;

    // Ra = 15 selects the form without addition, where there is one.
    private static void Short(ref Fields f, uint aux, delegate*<Core, Op*, void> accumulating, delegate*<Core, Op*, void> plain)
    {
        int d = f.Number('d'), n = f.Number('n'), m = f.Number('m'), a = f.Number('a');
        bool adds = a != 15;
        if (f.Unpredictable(Bad(d) || Bad(n) || Bad(m) || a == 13 || !adds && plain == null)) return;
        f.D(d);
        f.N(n);
        f.M(m);
        if (adds) f.A(a);
        f.Op->Aux = (byte)aux;
        f.Code(adds ? accumulating : plain, adds ? CostClass.MultiplyAccumulate : CostClass.Multiply);
    }

    private static void Long(ref Fields f, uint aux, delegate*<Core, Op*, void> run, bool accumulates)
    {
        int high = f.Number('h'), low = f.Number('l'), n = f.Number('n'), m = f.Number('m');
        if (f.Unpredictable(Bad(high) || Bad(low) || Bad(n) || Bad(m) || high == low)) return;
        f.D(high);
        f.N(n);
        f.M(m);
        f.A2(low);
        if (accumulates)
        {
            f.Reads(high);
            f.Reads(low);
        }
        f.Op->Aux = (byte)aux;
        f.Code(run, CostClass.LongMultiply);
    }

    private static void Divide(ref Fields f, delegate*<Core, Op*, void> run)
    {
        if (f.Unpredictable(Bad(f.Number('d')) || Bad(f.Number('n')) || Bad(f.Number('m')))) return;
        f.D(f.Number('d'));
        f.N(f.Number('n'));
        f.M(f.Number('m'));
        f.Code(run, CostClass.Divide);
    }
}

using SharpProbe.Sim.Cpu.Execute;
using static SharpProbe.Sim.Cpu.Decoding.Requires;

namespace SharpProbe.Sim.Cpu.Decoding;

/// <summary>
/// Floating-point loads, stores and moves (DDI0403 A6.5 to A6.7); the data processing rows are <see cref="ThumbFloatData"/>.
/// d, n, m are the four-bit fields, p, q, r the extra bits that go with them.
/// </summary>
internal static unsafe class ThumbFloat
{
    public static readonly Encoding[] Rows =
    [
        .. ThumbFloatData.Rows,
        Row("1110 1101 u p01 nnnn dddd 1010 iiiiiiii", "VLDR S", static (ref f) => Transfer(ref f, Single(ref f, 'd', 'p'), 1, load: true)),
        Row("1110 1101 u 001 nnnn dddd 1011 iiiiiiii", "VLDR D", static (ref f) => Transfer(ref f, 2 * f.Number('d'), 2, load: true)),
        Row("1110 1101 u p00 nnnn dddd 1010 iiiiiiii", "VSTR S", static (ref f) => Transfer(ref f, Single(ref f, 'd', 'p'), 1, load: false)),
        Row("1110 1101 u 000 nnnn dddd 1011 iiiiiiii", "VSTR D", static (ref f) => Transfer(ref f, 2 * f.Number('d'), 2, load: false)),

        Row("1110 1100 1 pwl nnnn dddd 1010 iiiiiiii", "VLDM VSTM S up", static (ref f) => Multiple(ref f, Single(ref f, 'd', 'p'), (int)f['i'], down: false)),
        Row("1110 1100 1 0wl nnnn dddd 1011 iiiiiiii", "VLDM VSTM D up", static (ref f) => Multiple(ref f, 2 * f.Number('d'), (int)f['i'] & ~1, down: false)),
        Row("1110 1101 0 p1l nnnn dddd 1010 iiiiiiii", "VLDM VSTM S down", static (ref f) => Multiple(ref f, Single(ref f, 'd', 'p'), (int)f['i'], down: true)),
        Row("1110 1101 0 01l nnnn dddd 1011 iiiiiiii", "VLDM VSTM D down", static (ref f) => Multiple(ref f, 2 * f.Number('d'), (int)f['i'] & ~1, down: true)),

        Row("1110 1110 000l nnnn tttt 1010 q001 0000", "VMOV core S", static (ref f) => Word(ref f, Single(ref f, 'n', 'q'))),
        Row("1110 1110 00xl nnnn tttt 1011 0001 0000", "VMOV core D[x]", static (ref f) => Word(ref f, 2 * f.Number('n') + f.Number('x'))),
        Row("1110 1100 010l uuuu tttt 1010 00r1 mmmm", "VMOV two core two S", static (ref f) => Pair(ref f, Single(ref f, 'm', 'r'))),
        Row("1110 1100 010l uuuu tttt 1011 0001 mmmm", "VMOV two core D", static (ref f) => Pair(ref f, 2 * f.Number('m'))),
        Row("1110 1110 1111 0001 1111 1010 0001 0000", "VMRS APSR_nzcv", static (ref f) =>
        {
            f.WritesFlags();
            f.Code(&FloatMove.ReadFlags, CostClass.FloatMove);
        }),
        Row("1110 1110 1111 0001 tttt 1010 0001 0000", "VMRS", static (ref f) =>
        {
            if (f.Unpredictable(f['t'] == 13)) return;
            f.A2(f.Number('t'));
            f.Code(&FloatMove.ReadStatus, CostClass.FloatMove);
        }),
        Row("1110 1110 1110 0001 tttt 1010 0001 0000", "VMSR", static (ref f) =>
        {
            if (f.Unpredictable(f['t'] is 13 or 15)) return;
            f.A(f.Number('t'));
            f.Code(&FloatMove.WriteStatus, CostClass.FloatMove);
        }),

        // What is left of the coprocessor space (A5.3.18): CP10 and CP11 of an FPU that has no such instruction, and coprocessors that do not exist.
        new("111x 11xx xxxx xxxx xxxx 101x xxxx xxxx", "undefined floating point", V7M, static (ref f) =>
        {
            if (f.Core.HasFpu) f.Undefined();
            else f.Code(&SystemInstructions.NoCoprocessor, CostClass.Nop);
        }),
        new("1110 1110 aaa1 nnnn tttt pppp bbb1 mmmm", "MRC", V7M, static (ref f) =>
        {
            if (!IsThere(ref f) || f.Unpredictable(f['t'] == 13)) return;
            f.Op->Imm = f['a'] << 12 | f['n'] << 8 | f['m'] << 4 | f['b'];
            f.D(f.Number('t'));
            if (f['t'] == 15) f.WritesFlags();
            f.Code(&CoprocessorMove.Read, CostClass.FloatMove);
        }),
        new("1110 1100 0100 uuuu tttt pppp aaaa mmmm", "MCRR", V7M, static (ref f) =>
        {
            if (!IsThere(ref f) || f.Unpredictable(f['t'] is 13 or 15 || f['u'] is 13 or 15)) return;
            f.Op->Imm = f['a'] << 12 | f['m'] << 4;
            f.N(f.Number('t'));
            f.M(f.Number('u'));
            f.Code(&CoprocessorMove.WritePair, CostClass.FloatMove);
        }),
        new("111x 11xx xxxx xxxx xxxx xxxx xxxx xxxx", "coprocessor", V7M, static (ref f) => f.Code(&SystemInstructions.NoCoprocessor, CostClass.Nop)),
    ];

    private static bool IsThere(ref Fields f)
    {
        if (f.Core.Coprocessor?.Number == f.Number('p')) return true;
        f.Code(&SystemInstructions.NoCoprocessor, CostClass.Nop);
        return false;
    }

    /// <summary>A row that a core without FPU does not have: there CP10 and CP11 do not exist.</summary>
    internal static Encoding Row(string pattern, string name, Encoding.Build build) => new(pattern, name, V7M, (ref f) =>
    {
        if (f.Core.HasFpu) build(ref f);
        else f.Code(&SystemInstructions.NoCoprocessor, CostClass.Nop);
    });

    internal static int Single(ref Fields f, char number, char extra) => f.Number(number) << 1 | f.Number(extra);

    private static void Transfer(ref Fields f, int first, int words, bool load)
    {
        uint offset = f['u'] != 0 ? f['i'] * 4 : 0 - f['i'] * 4;
        int n = f.Number('n');
        if (f.Unpredictable(n == 15 && !load)) return;
        f.Op->Rd = (byte)first;
        f.Op->Count = (byte)words;
        f.Op->Imm = n == 15 ? f.AlignedPc + offset : offset;
        CostClass cost = load ? words == 2 ? CostClass.LoadDouble : CostClass.Load : words == 2 ? CostClass.StoreDouble : CostClass.Store;
        if (n == 15)
        {
            f.Code(&FloatLoadStore.Literal, cost);
            return;
        }
        f.Base(n);
        f.Code(load ? &FloatLoadStore.Load : &FloatLoadStore.Store, cost);
    }

    private static void Multiple(ref Fields f, int first, int words, bool down)
    {
        int n = f.Number('n');
        bool writeBack = down || f['w'] != 0, load = f['l'] != 0;
        if (f.Unpredictable(words == 0 || words > 32 || first + words > 32 || n == 15)) return;
        f.Op->Rd = (byte)first;
        f.Op->Count = (byte)words;
        f.Op->Imm = f['i'] * 4;
        f.Op->Aux = (byte)((writeBack ? FloatLoadStore.WriteBack : 0) | (down ? FloatLoadStore.Decrement : 0));
        f.Base(n);
        if (writeBack) f.WriteBack(n);
        f.Code(load ? &FloatLoadStore.LoadMultiple : &FloatLoadStore.StoreMultiple, load ? CostClass.LoadMultiple : CostClass.StoreMultiple);
    }

    private static void Word(ref Fields f, int single)
    {
        int t = f.Number('t');
        if (f.Unpredictable(t is 13 or 15)) return;
        f.Op->Rm = (byte)single;
        if (f['l'] != 0) f.A2(t);
        else f.A(t);
        f.Code(f['l'] != 0 ? &FloatMove.ToCore : &FloatMove.FromCore, CostClass.FloatMove);
    }

    private static void Pair(ref Fields f, int single)
    {
        int t = f.Number('t'), u = f.Number('u');
        bool toCore = f['l'] != 0;
        if (f.Unpredictable(t is 13 or 15 || u is 13 or 15 || single == 31 || toCore && t == u)) return;
        f.Op->Rm = (byte)single;
        if (toCore)
        {
            f.A2(t);
            f.Op->Rn = (byte)u;
            f.WriteBack(u);
        }
        else
        {
            f.A(t);
            f.N(u);
        }
        f.Code(toCore ? &FloatMove.PairToCore : &FloatMove.PairFromCore, CostClass.FloatMove);
    }
}

using SharpProbe.Sim.Cpu.Execute;
using static SharpProbe.Sim.Cpu.Decoding.Requires;

namespace SharpProbe.Sim.Cpu.Decoding;

/// <summary>32-bit data processing with immediates and shifted registers (DDI0403 A5.3.1, A5.3.3, A5.3.11).</summary>
internal static unsafe class ThumbDataProcessing
{
    private const int Sink = 16;

    // By op[3:0]; what Rd = 15 with S, and Rn = 15, turn an operation into. Null: not allocated.
    private static readonly (AluRow Row, bool Allocated, bool Compares)[] Operations =
    [
        (Alu.And, true, true), (Alu.Bic, true, false), (Alu.Orr, true, false), (Alu.Orn, true, false),
        (Alu.Eor, true, true), (default, false, false), (default, false, false), (default, false, false),
        (Alu.Add, true, true), (default, false, false), (Alu.Adc, true, false), (Alu.Sbc, true, false),
        (default, false, false), (Alu.Sub, true, true), (Alu.Rsb, true, false), (default, false, false),
    ];

    private const uint Orr = 2, Orn = 3, Pkh = 6, Add = 8, Adc = 10, Sbc = 11, Sub = 13;

    public static readonly Encoding[] Rows =
    [
        new("1110101 0110 0 nnnn 0iii dddd iit0 mmmm", "PKH", Dsp, static (ref f) => Pack(ref f)),
        new("1110101 oooo s nnnn 0iii dddd iitt mmmm", "data processing, shifted register", V7M, static (ref f) => ShiftedRegister(ref f)),
        new("11110i 0 oooo s nnnn 0iii dddd iiiiiiii", "data processing, modified immediate", V7M, static (ref f) => Modified(ref f)),
        new("11110i 1 00000 nnnn 0iii dddd iiiiiiii", "ADDW, ADR", V7M, static (ref f) => AddWide(ref f, subtract: false)),
        new("11110i 1 01010 nnnn 0iii dddd iiiiiiii", "SUBW, ADR", V7M, static (ref f) => AddWide(ref f, subtract: true)),
        new("11110i 1 00100 jjjj 0kkk dddd llllllll", "MOVW", V7M, static (ref f) =>
        {
            f.D(f.Number('d'));
            f.Op->Imm = Imm16(ref f);
            if (!BadDestination(ref f)) f.Code(Alu.Mov.Imm, CostClass.Alu);
        }),
        new("11110i 1 01100 jjjj 0kkk dddd llllllll", "MOVT", V7M, static (ref f) =>
        {
            f.D(f.Number('d'));
            f.Reads(f.Number('d'));
            f.Op->Imm = Imm16(ref f);
            if (!BadDestination(ref f)) f.Code(&DataProcessing.MoveTop, CostClass.Alu);
        }),
        new("111100 11 0010 nnnn 0000 dddd 00 0 0ssss", "SSAT16", Dsp, static (ref f) => Saturate(ref f, &Saturation.Ssat16, f['s'] + 1)),
        new("111100 11 00t0 nnnn 0iii dddd ii 0 sssss", "SSAT", V7M, static (ref f) => Saturate(ref f, &Saturation.Ssat, f['s'] + 1)),
        new("111100 11 1010 nnnn 0000 dddd 00 0 0ssss", "USAT16", Dsp, static (ref f) => Saturate(ref f, &Saturation.Usat16, f['s'])),
        new("111100 11 10t0 nnnn 0iii dddd ii 0 sssss", "USAT", V7M, static (ref f) => Saturate(ref f, &Saturation.Usat, f['s'])),
        new("111100 11 0100 nnnn 0iii dddd ii 0 wwwww", "SBFX", V7M, static (ref f) => Extract(ref f, &BitFields.SignedExtract)),
        new("111100 11 1100 nnnn 0iii dddd ii 0 wwwww", "UBFX", V7M, static (ref f) => Extract(ref f, &BitFields.UnsignedExtract)),
        new("111100 11 0110 nnnn 0iii dddd ii 0 wwwww", "BFI, BFC", V7M, static (ref f) => Insert(ref f)),
    ];

    private static uint Imm16(ref Fields f) => f['j'] << 12 | f['i'] << 11 | f['k'] << 8 | f['l'];

    private static bool Bad(int register) => register is 13 or 15;

    private static bool BadDestination(ref Fields f) => f.Unpredictable(Bad(f.Number('d')));

    private static void ShiftedRegister(ref Fields f)
    {
        var (row, allocated, compares) = Operations[f['o']];
        if (!allocated) return;
        int d = f.Number('d'), n = f.Number('n'), m = f.Number('m');
        if (!Form(ref f, ref row, compares, d, n, m)) return;
        f.M(m);
        f.ImmediateShift(f['t'], f['i']);
        bool plain = f.Op->Ra == 0, set = f['s'] != 0;
        if (f.Op->Aux == DataProcessing.Rrx) f.ReadsFlags();
        f.Code(plain ? set ? row.RegFlags : row.Reg : set ? row.ShiftedFlags : row.ShiftedBy(f.Op->Aux, f.Op->Ra), CostClass.Alu);
    }

    private static void Modified(ref Fields f)
    {
        var (row, allocated, compares) = Operations[f['o']];
        if (!allocated || f.Unpredictable(!f.ModifiedImmediate(f['i']))) return;
        if (!Form(ref f, ref row, compares, f.Number('d'), f.Number('n'), 0)) return;
        f.Code(f['s'] != 0 ? row.ImmFlags : row.Imm, CostClass.Alu);
    }

    // Registers, and the forms that Rd = 15 and Rn = 15 stand for.
    private static bool Form(ref Fields f, ref AluRow row, bool compares, int d, int n, int m)
    {
        uint operation = f['o'];
        bool set = f['s'] != 0;
        if (operation is Orr or Orn && n == 15)
        {
            row = operation == Orr ? Alu.Mov : Alu.Mvn;
            n = Sink;
            // MOV (register, T3) may move to or from SP; nothing else here may.
            bool move = operation == Orr && f['i'] == 0 && f['t'] == 0 && !set && m != 15 && d != 15 && !(d == 13 && m == 13);
            if (move && d == 13) row = Alu.MovSp;
            if (!move && f.Unpredictable(Bad(d) || Bad(m))) return false;
        }
        else if (d == 15 && set && compares)
        {
            d = Sink;
            if (f.Unpredictable(n == 15 || Bad(m) || n == 13 && operation is not (Sub or Add))) return false;
        }
        else
        {
            bool sums = operation is Add or Sub && n == 13;
            if (sums && d == 13) row = operation == Add ? Alu.AddSp : Alu.SubSp;
            if (f.Unpredictable(d == 15 || d == 13 && !sums || n == 15 || n == 13 && !sums || Bad(m))) return false;
        }
        f.D(d);
        f.N(n);
        if (set) f.WritesFlags();
        if (operation is Adc or Sbc) f.ReadsFlags();
        return true;
    }

    private static void Pack(ref Fields f)
    {
        if (f.Unpredictable(Bad(f.Number('d')) || Bad(f.Number('n')) || Bad(f.Number('m')))) return;
        f.D(f.Number('d'));
        f.N(f.Number('n'));
        f.M(f.Number('m'));
        bool top = f['t'] != 0;
        f.Op->Aux = (byte)f['t'];
        f.Op->Ra = (byte)(top && f['i'] == 0 ? 32 : f['i']);
        f.Code(&DataProcessing.PackHalfwords, CostClass.Alu);
    }

    private static void AddWide(ref Fields f, bool subtract)
    {
        int d = f.Number('d'), n = f.Number('n');
        if (f.Unpredictable(d == 15 || d == 13 && n != 13)) return;
        f.D(d);
        if (n == 15)
        {
            f.Op->Imm = subtract ? f.AlignedPc - f['i'] : f.AlignedPc + f['i'];
            f.Code(Alu.Mov.Imm, CostClass.Alu);
            return;
        }
        f.N(n);
        f.Op->Imm = f['i'];
        var row = d == 13 ? subtract ? Alu.SubSp : Alu.AddSp : subtract ? Alu.Sub : Alu.Add;
        f.Code(row.Imm, CostClass.Alu);
    }

    private static void Saturate(ref Fields f, delegate*<Core, Op*, void> run, uint bits)
    {
        if (BadDestination(ref f) || f.Unpredictable(Bad(f.Number('n')))) return;
        f.D(f.Number('d'));
        f.N(f.Number('n'));
        f.Op->Imm = bits;
        f.Op->Aux = (byte)f['t'];
        f.Op->Ra = (byte)f['i'];
        f.Code(run, CostClass.Dsp);
    }

    private static void Extract(ref Fields f, delegate*<Core, Op*, void> run)
    {
        if (BadDestination(ref f) || f.Unpredictable(Bad(f.Number('n')) || f['i'] + f['w'] > 31)) return;
        f.D(f.Number('d'));
        f.N(f.Number('n'));
        f.Op->Ra = (byte)f['i'];
        f.Op->Aux = (byte)(f['w'] + 1);
        f.Code(run, CostClass.Alu);
    }

    private static void Insert(ref Fields f)
    {
        int n = f.Number('n');
        if (BadDestination(ref f) || f.Unpredictable(n == 13 || f['w'] < f['i'])) return;
        f.D(f.Number('d'));
        f.Reads(f.Number('d'));
        f.N(n == 15 ? 0 : n);
        f.Op->Imm = n == 15 ? 0 : uint.MaxValue;
        f.Op->Ra = (byte)f['i'];
        f.Op->Aux = (byte)(f['w'] - f['i'] + 1);
        f.Code(&BitFields.Insert, CostClass.Alu);
    }
}

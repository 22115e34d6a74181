using SharpProbe.Sim.Cpu.Execute;
using static SharpProbe.Sim.Cpu.Decoding.Requires;

namespace SharpProbe.Sim.Cpu.Decoding;

/// <summary>32-bit multiple, double and exclusive transfers and table branches (DDI0403 A5.3.5, A5.3.6).</summary>
internal static unsafe class ThumbLoadStoreMultiple
{
    public static readonly Encoding[] Rows =
    [
        new("1110100 010 w 0 nnnn rrrrrrrrrrrrrrrr", "STM", V7M, static (ref f) => Multiple(ref f, load: false, 0)),
        new("1110100 010 w 1 nnnn rrrrrrrrrrrrrrrr", "LDM", V7M, static (ref f) => Multiple(ref f, load: true, 0)),
        new("1110100 100 w 0 nnnn rrrrrrrrrrrrrrrr", "STMDB", V7M, static (ref f) => Multiple(ref f, load: false, LoadStoreMultiple.Decrement)),
        new("1110100 100 w 1 nnnn rrrrrrrrrrrrrrrr", "LDMDB", V7M, static (ref f) => Multiple(ref f, load: true, LoadStoreMultiple.Decrement)),
        new("1110100 0010 0 nnnn tttt dddd iiiiiiii", "STREX", V7M, static (ref f) => StoreExclusive(ref f, 4)),
        new("1110100 0010 1 nnnn tttt 1111 iiiiiiii", "LDREX", V7M, static (ref f) => LoadExclusive(ref f, 4)),
        new("1110100 0110 0 nnnn tttt 1111 0100 dddd", "STREXB", V7M, static (ref f) => StoreExclusive(ref f, 1)),
        new("1110100 0110 0 nnnn tttt 1111 0101 dddd", "STREXH", V7M, static (ref f) => StoreExclusive(ref f, 2)),
        new("1110100 0110 1 nnnn 1111 0000 000h mmmm", "TBB, TBH", V7M, static (ref f) => Table(ref f)),
        new("1110100 0110 1 nnnn tttt 1111 0100 1111", "LDREXB", V7M, static (ref f) => LoadExclusive(ref f, 1)),
        new("1110100 0110 1 nnnn tttt 1111 0101 1111", "LDREXH", V7M, static (ref f) => LoadExclusive(ref f, 2)),
        new("1110100 p u 1 w 0 nnnn tttt ssss iiiiiiii", "STRD", V7M, static (ref f) => Double(ref f, load: false)),
        new("1110100 p u 1 w 1 nnnn tttt ssss iiiiiiii", "LDRD", V7M, static (ref f) => Double(ref f, load: true)),
    ];

    private static bool Bad(int register) => register is 13 or 15;

    private static void Multiple(ref Fields f, bool load, byte aux)
    {
        uint list = f['r'];
        int n = f.Number('n');
        bool back = f['w'] != 0, single = (list & list - 1) == 0;
        if (f.Unpredictable(n == 15 || single || (list & 1 << 13) != 0)) return;
        if (f.Unpredictable(load ? list >> 14 == 3 : (list & 1 << 15) != 0)) return;
        if (f.Unpredictable(back && (list >> n & 1) != 0)) return;
        Thumb16Memory.Multiple(ref f, list, load, n, (byte)(aux | (back ? LoadStoreMultiple.WriteBack : 0)));
    }

    private static void Double(ref Fields f, bool load)
    {
        bool index = f['p'] != 0, back = f['w'] != 0;
        int n = f.Number('n'), t = f.Number('t'), t2 = f.Number('s');
        if (!index && !back) return;
        if (f.Unpredictable(Bad(t) || Bad(t2) || back && (n == t || n == t2 || n == 15) || load && t == t2 || !load && n == 15)) return;
        uint offset = f['u'] != 0 ? f['i'] * 4 : 0 - f['i'] * 4;
        f.Op->Imm = n == 15 ? f.AlignedPc + offset : offset;
        if (n == 15) f.Op->Rn = 16; else f.Base(n);
        if (back) f.WriteBack(n);
        f.Op->Aux = (byte)((index ? LoadStore.Index : 0) | (back ? LoadStore.WriteBack : 0));
        f.Op->Rd = (byte)t;
        f.Op->Ra = (byte)t2;
        if (!load)
        {
            f.Code(&LoadStore.StoreDouble, CostClass.StoreDouble);
            return;
        }
        f.D(t);
        f.A2(t2);
        f.Code(&LoadStore.LoadDouble, CostClass.LoadDouble);
    }

    private static void LoadExclusive(ref Fields f, byte width)
    {
        if (f.Unpredictable(Bad(f.Number('t')) || f['n'] == 15)) return;
        f.D(f.Number('t'));
        f.Base(f.Number('n'));
        f.Op->Imm = f['i'] * 4;
        f.Op->Aux = width;
        f.Code(&LoadStoreExclusive.Load, CostClass.Load);
    }

    private static void StoreExclusive(ref Fields f, byte width)
    {
        int d = f.Number('d'), t = f.Number('t'), n = f.Number('n');
        if (f.Unpredictable(Bad(d) || Bad(t) || n == 15 || d == n || d == t)) return;
        f.Op->Rd = (byte)t;
        f.A2(d);
        f.Base(n);
        f.Op->Imm = f['i'] * 4;
        f.Op->Aux = width;
        f.Code(&LoadStoreExclusive.Store, CostClass.Store);
    }

    private static void Table(ref Fields f)
    {
        int n = f.Number('n'), m = f.Number('m');
        if (f.Unpredictable(n == 13 || Bad(m))) return;
        if (n == 15) f.Op->Rn = 16; else f.Base(n);
        f.IndexRegister(m);
        f.Op->Imm = f.Pc;
        f.Op->Aux = (byte)(f['h'] != 0 ? 2 : 1);
        f.Code(&BranchControl.TableBranch, CostClass.TableBranch);
    }
}

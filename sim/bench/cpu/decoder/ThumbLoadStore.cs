using SharpProbe.Sim.Cpu.Execute;
using static SharpProbe.Sim.Cpu.Decoding.Requires;

namespace SharpProbe.Sim.Cpu.Decoding;

/// <summary>32-bit loads and stores of one register (DDI0403 A5.3.7 to A5.3.10), and those of <see cref="ThumbLoadStoreMultiple"/>.</summary>
internal static unsafe class ThumbLoadStore
{
    // By size; loads also by sign: [sign * 4 + size]. Entry 6 would be a signed word.
    private static readonly AccessRow[] Forms =
    [
        AccessRow.Of<Accesses.Byte>(), AccessRow.Of<Accesses.Half>(), AccessRow.Of<Accesses.Word>(), default,
        AccessRow.Of<Accesses.SignedByte>(), AccessRow.Of<Accesses.SignedHalf>(), default, default,
    ];

    public static readonly Encoding[] Rows =
    [
        .. ThumbLoadStoreMultiple.Rows,
        new("1111100 g u zz 1 1111 tttt iiiiiiiiiiii", "LDR literal", V7M, static (ref f) => Literal(ref f)),
        new("1111100 0 1 zz 0 nnnn tttt iiiiiiiiiiii", "STR imm12", V7M, static (ref f) => StoreImm(ref f)),
        new("1111100 g 1 zz 1 nnnn tttt iiiiiiiiiiii", "LDR imm12", V7M, static (ref f) => LoadImm(ref f, f['i'], LoadStore.Index)),
        new("1111100 0 0 zz 0 nnnn tttt 000000 ii mmmm", "STR reg", V7M, static (ref f) => StoreReg(ref f)),
        new("1111100 g 0 zz 1 nnnn tttt 000000 ii mmmm", "LDR reg", V7M, static (ref f) => LoadReg(ref f)),
        new("1111100 0 0 zz 0 nnnn tttt 1110 iiiiiiii", "STRT", V7M, static (ref f) => Unprivileged(ref f, load: false)),
        new("1111100 g 0 zz 1 nnnn tttt 1110 iiiiiiii", "LDRT", V7M, static (ref f) => Unprivileged(ref f, load: true)),
        new("1111100 0 0 zz 0 nnnn tttt 1puw iiiiiiii", "STR imm8", V7M, static (ref f) => StoreIndexed(ref f)),
        new("1111100 g 0 zz 1 nnnn tttt 1puw iiiiiiii", "LDR imm8", V7M, static (ref f) => LoadIndexed(ref f)),
    ];

    private static bool Exists(ref Fields f) => f['z'] != 3 && !(f['g'] != 0 && f['z'] == 2);

    private static AccessRow Form(ref Fields f) => Forms[f['g'] << 2 | f['z']];

    /// <summary>Loads of bytes and halfwords to PC are memory hints (PLD, PLI), which do nothing here.</summary>
    private static bool Hint(ref Fields f)
    {
        if (f['t'] != 15 || f['z'] == 2) return false;
        f.Code(&SystemInstructions.Nothing, CostClass.Nop);
        return true;
    }

    private static void LoadImm(ref Fields f, uint offset, byte aux)
    {
        if (!Exists(ref f) || Hint(ref f)) return;
        f.Base(f.Number('n'));
        f.Op->Imm = offset;
        Finish(ref f, Form(ref f).Offset, aux);
    }

    // The destination; SP and PC take the long form.
    private static void Finish(ref Fields f, delegate*<Core, Op*, void> run, byte aux, bool indexRegister = false)
    {
        int t = f.Number('t');
        if (t is 13 or 15)
        {
            if (f.Unpredictable(f['z'] != 2)) return;
            if (!indexRegister) f.Op->Rm = 16;
            f.Op->Aux = aux;
            if (t == 13) f.D(13); else f.Op->Rd = 15;
            f.Code(&LoadStore.Special, t == 15 ? CostClass.LoadMultiple : CostClass.Load);
            return;
        }
        f.D(t);
        f.Op->Aux = aux;
        f.Code(run, CostClass.Load);
    }

    private static void Literal(ref Fields f)
    {
        if (!Exists(ref f) || Hint(ref f)) return;
        f.Op->Imm = f['u'] != 0 ? f.AlignedPc + f['i'] : f.AlignedPc - f['i'];
        f.Op->Rn = 16;
        Finish(ref f, Form(ref f).Literal, LoadStore.Index);
    }

    private static void LoadReg(ref Fields f)
    {
        if (!Exists(ref f) || Hint(ref f) || f.Unpredictable(f.Number('m') is 13 or 15)) return;
        f.Base(f.Number('n'));
        f.IndexRegister(f.Number('m'));
        f.Op->Ra = (byte)f['i'];
        Finish(ref f, Form(ref f).Register, LoadStore.Index, indexRegister: true);
    }

    private static void LoadIndexed(ref Fields f)
    {
        bool index = f['p'] != 0, add = f['u'] != 0, back = f['w'] != 0;
        if (!Exists(ref f) || !index && !back) return;
        uint offset = add ? f['i'] : 0 - f['i'];
        if (index && !back)
        {
            LoadImm(ref f, offset, LoadStore.Index);
            return;
        }
        int n = f.Number('n'), t = f.Number('t');
        if (f.Unpredictable(n == t)) return;
        f.Base(n);
        f.WriteBack(n);
        f.Op->Imm = offset;
        Finish(ref f, Form(ref f).Indexed, (byte)(LoadStore.WriteBack | (index ? LoadStore.Index : 0)));
    }

    private static bool StoreExists(ref Fields f) =>
        f['z'] != 3 && f['n'] != 15 && !f.Unpredictable(f['t'] == 15 || f['t'] == 13 && f['z'] != 2);

    private static void StoreImm(ref Fields f)
    {
        if (!StoreExists(ref f)) return;
        f.Op->Rd = (byte)f['t'];
        f.Base(f.Number('n'));
        f.Op->Imm = f['i'];
        f.Code(Form(ref f).StoreOffset, CostClass.Store);
    }

    private static void StoreReg(ref Fields f)
    {
        if (!StoreExists(ref f) || f.Unpredictable(f.Number('m') is 13 or 15)) return;
        f.Op->Rd = (byte)f['t'];
        f.Base(f.Number('n'));
        f.IndexRegister(f.Number('m'));
        f.Op->Ra = (byte)f['i'];
        f.Code(Form(ref f).StoreRegister, CostClass.Store);
    }

    private static void StoreIndexed(ref Fields f)
    {
        bool index = f['p'] != 0, back = f['w'] != 0;
        if (!StoreExists(ref f) || !index && !back) return;
        f.Op->Rd = (byte)f['t'];
        f.Base(f.Number('n'));
        f.Op->Imm = f['u'] != 0 ? f['i'] : 0 - f['i'];
        if (back)
        {
            if (f.Unpredictable(f['n'] == f['t'])) return;
            f.WriteBack(f.Number('n'));
            f.Op->Aux = (byte)(LoadStore.WriteBack | (index ? LoadStore.Index : 0));
        }
        f.Code(back ? Form(ref f).StoreIndexed : Form(ref f).StoreOffset, CostClass.Store);
    }

    private static void Unprivileged(ref Fields f, bool load)
    {
        if (!Exists(ref f) || f['n'] == 15 || f.Unpredictable(f.Number('t') is 13 or 15)) return;
        f.Base(f.Number('n'));
        f.Op->Imm = f['i'];
        if (load) f.D(f.Number('t')); else f.Op->Rd = (byte)f['t'];
        f.Code(load ? Form(ref f).Unprivileged : Form(ref f).StoreUnprivileged, load ? CostClass.Load : CostClass.Store);
    }
}

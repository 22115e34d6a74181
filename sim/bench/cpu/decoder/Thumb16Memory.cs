using SharpProbe.Sim.Cpu.Execute;
using static SharpProbe.Sim.Cpu.Decoding.Requires;

namespace SharpProbe.Sim.Cpu.Decoding;

/// <summary>16-bit loads and stores (DDI0403 A5.2.4).</summary>
internal static unsafe class Thumb16Memory
{
    public static readonly Encoding[] Rows =
    [
        new("01001 ttt iiiiiiii", "LDR literal", V6M, static (ref f) =>
        {
            f.D(f.Number('t'));
            f.Op->Imm = f.AlignedPc + f['i'] * 4;
            f.Code(&LoadStore.Literal<Accesses.Word>, CostClass.Load);
        }),
        new("0101 000 mmm nnn ttt", "STR reg", V6M, static (ref f) => StoreReg(ref f, &LoadStore.StoreRegister<Accesses.Word>)),
        new("0101 001 mmm nnn ttt", "STRH reg", V6M, static (ref f) => StoreReg(ref f, &LoadStore.StoreRegister<Accesses.Half>)),
        new("0101 010 mmm nnn ttt", "STRB reg", V6M, static (ref f) => StoreReg(ref f, &LoadStore.StoreRegister<Accesses.Byte>)),
        new("0101 011 mmm nnn ttt", "LDRSB reg", V6M, static (ref f) => LoadReg(ref f, &LoadStore.Register<Accesses.SignedByte>)),
        new("0101 100 mmm nnn ttt", "LDR reg", V6M, static (ref f) => LoadReg(ref f, &LoadStore.Register<Accesses.Word>)),
        new("0101 101 mmm nnn ttt", "LDRH reg", V6M, static (ref f) => LoadReg(ref f, &LoadStore.Register<Accesses.Half>)),
        new("0101 110 mmm nnn ttt", "LDRB reg", V6M, static (ref f) => LoadReg(ref f, &LoadStore.Register<Accesses.Byte>)),
        new("0101 111 mmm nnn ttt", "LDRSH reg", V6M, static (ref f) => LoadReg(ref f, &LoadStore.Register<Accesses.SignedHalf>)),
        new("01100 iiiii nnn ttt", "STR imm", V6M, static (ref f) => Store(ref f, &LoadStore.StoreOffset<Accesses.Word>, f.Number('n'), f['i'] * 4)),
        new("01101 iiiii nnn ttt", "LDR imm", V6M, static (ref f) => Load(ref f, &LoadStore.Offset<Accesses.Word>, f.Number('n'), f['i'] * 4)),
        new("01110 iiiii nnn ttt", "STRB imm", V6M, static (ref f) => Store(ref f, &LoadStore.StoreOffset<Accesses.Byte>, f.Number('n'), f['i'])),
        new("01111 iiiii nnn ttt", "LDRB imm", V6M, static (ref f) => Load(ref f, &LoadStore.Offset<Accesses.Byte>, f.Number('n'), f['i'])),
        new("10000 iiiii nnn ttt", "STRH imm", V6M, static (ref f) => Store(ref f, &LoadStore.StoreOffset<Accesses.Half>, f.Number('n'), f['i'] * 2)),
        new("10001 iiiii nnn ttt", "LDRH imm", V6M, static (ref f) => Load(ref f, &LoadStore.Offset<Accesses.Half>, f.Number('n'), f['i'] * 2)),
        new("10010 ttt iiiiiiii", "STR SP", V6M, static (ref f) => Store(ref f, &LoadStore.StoreOffset<Accesses.Word>, 13, f['i'] * 4)),
        new("10011 ttt iiiiiiii", "LDR SP", V6M, static (ref f) => Load(ref f, &LoadStore.Offset<Accesses.Word>, 13, f['i'] * 4)),
        new("1011 010 m rrrrrrrr", "PUSH", V6M, static (ref f) =>
        {
            uint list = f['r'] | f['m'] << 14;
            if (f.Unpredictable(list == 0)) return;
            Multiple(ref f, list, load: false, 13, LoadStoreMultiple.WriteBack | LoadStoreMultiple.Decrement);
        }),
        new("1011 110 p rrrrrrrr", "POP", V6M, static (ref f) =>
        {
            uint list = f['r'] | f['p'] << 15;
            if (f.Unpredictable(list == 0)) return;
            Multiple(ref f, list, load: true, 13, LoadStoreMultiple.WriteBack);
        }),
        new("11000 nnn rrrrrrrr", "STM", V6M, static (ref f) =>
        {
            // The base in the list, but not first, would store an unknown value (A7.7.159).
            uint list = f['r'];
            int n = f.Number('n');
            if (f.Unpredictable(list == 0 || (list >> n & 1) != 0 && (list & (1u << n) - 1) != 0)) return;
            Multiple(ref f, list, load: false, n, LoadStoreMultiple.WriteBack);
        }),
        new("11001 nnn rrrrrrrr", "LDM", V6M, static (ref f) =>
        {
            uint list = f['r'];
            int n = f.Number('n');
            if (f.Unpredictable(list == 0)) return;
            Multiple(ref f, list, load: true, n, (list >> n & 1) != 0 ? (byte)0 : LoadStoreMultiple.WriteBack);
        }),
    ];

    private static void Load(ref Fields f, delegate*<Core, Op*, void> run, int n, uint offset)
    {
        f.D(f.Number('t'));
        f.Base(n);
        f.Op->Imm = offset;
        f.Code(run, CostClass.Load);
    }

    private static void LoadReg(ref Fields f, delegate*<Core, Op*, void> run)
    {
        f.D(f.Number('t'));
        f.Base(f.Number('n'));
        f.IndexRegister(f.Number('m'));
        f.Code(run, CostClass.Load);
    }

    // The data of a store are read late: they do not count as read at issue (M7Pipeline).
    private static void Store(ref Fields f, delegate*<Core, Op*, void> run, int n, uint offset)
    {
        f.Op->Rd = (byte)f.Number('t');
        f.Base(n);
        f.Op->Imm = offset;
        f.Code(run, CostClass.Store);
    }

    private static void StoreReg(ref Fields f, delegate*<Core, Op*, void> run)
    {
        f.Op->Rd = (byte)f.Number('t');
        f.Base(f.Number('n'));
        f.IndexRegister(f.Number('m'));
        f.Code(run, CostClass.Store);
    }

    public static void Multiple(ref Fields f, uint list, bool load, int n, byte aux)
    {
        f.Base(n);
        if ((aux & LoadStoreMultiple.WriteBack) != 0) f.WriteBack(n);
        f.List(list, load);
        f.Op->Aux = aux;
        if (load) f.Code(&LoadStoreMultiple.Load, CostClass.LoadMultiple);
        else f.Code(&LoadStoreMultiple.Store, CostClass.StoreMultiple);
    }
}

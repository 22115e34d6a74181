namespace SharpProbe.Sim.Cpu.Execute;

/// <summary>Single loads and stores (DDI0403 A5.3.7 to A5.3.10). Rd is Rt; the base register changes only when the access succeeded.</summary>
internal static unsafe class LoadStore
{
    // Aux bits of the indexed forms.
    public const byte Index = 1, WriteBack = 2;

    public static void Offset<T>(Core c, Op* o) where T : struct, IAccess => c.R(o->Rd) = T.Load(c, c.R(o->Rn) + o->Imm);

    /// <summary>Rm shifted left by Ra.</summary>
    public static void Register<T>(Core c, Op* o) where T : struct, IAccess => c.R(o->Rd) = T.Load(c, c.R(o->Rn) + (c.R(o->Rm) << o->Ra));

    public static void Literal<T>(Core c, Op* o) where T : struct, IAccess => c.R(o->Rd) = T.Load(c, o->Imm);

    public static void Indexed<T>(Core c, Op* o) where T : struct, IAccess
    {
        uint moved = c.R(o->Rn) + o->Imm;
        uint value = T.Load(c, (o->Aux & Index) != 0 ? moved : c.R(o->Rn));
        c.R(o->Rn) = o->Rn == 13 ? moved & ~3u : moved;
        c.R(o->Rd) = value;
    }

    /// <summary>LDR to SP or PC in any form: Rm 16 means none, then Imm; Rn 16 means literal.</summary>
    public static void Special(Core c, Op* o)
    {
        uint start = o->Rn == 16 ? 0 : c.R(o->Rn);
        uint moved = start + o->Imm + (o->Rm == 16 ? 0 : c.R(o->Rm) << o->Ra);
        uint value = c.Read32((o->Aux & Index) != 0 ? moved : start);
        if ((o->Aux & WriteBack) != 0) c.R(o->Rn) = o->Rn == 13 ? moved & ~3u : moved;
        if (o->Rd == 13)
        {
            c.R(13) = value & ~3u;
            return;
        }
        c.BranchExchange(value);
        c.PredictIndirect(o);
    }

    public static void StoreOffset<T>(Core c, Op* o) where T : struct, IAccess => T.Store(c, c.R(o->Rn) + o->Imm, c.R(o->Rd));

    public static void StoreRegister<T>(Core c, Op* o) where T : struct, IAccess => T.Store(c, c.R(o->Rn) + (c.R(o->Rm) << o->Ra), c.R(o->Rd));

    public static void StoreIndexed<T>(Core c, Op* o) where T : struct, IAccess
    {
        uint moved = c.R(o->Rn) + o->Imm;
        T.Store(c, (o->Aux & Index) != 0 ? moved : c.R(o->Rn), c.R(o->Rd));
        c.R(o->Rn) = o->Rn == 13 ? moved & ~3u : moved;
    }

    public static void Unprivileged<T>(Core c, Op* o) where T : struct, IAccess =>
        c.R(o->Rd) = T.Extend(c.ReadData(c.R(o->Rn) + o->Imm, T.Width, Alignment.Any, privileged: false));

    public static void StoreUnprivileged<T>(Core c, Op* o) where T : struct, IAccess =>
        c.WriteData(c.R(o->Rn) + o->Imm, c.R(o->Rd) & (uint)((1UL << T.Width * 8) - 1), T.Width, Alignment.Any, privileged: false);

    /// <summary>LDRD: Rd and Ra; Imm is the signed offset; Rn 16 means literal.</summary>
    public static void LoadDouble(Core c, Op* o)
    {
        uint start = o->Rn == 16 ? 0 : c.R(o->Rn);
        uint moved = start + o->Imm;
        uint address = (o->Aux & Index) != 0 ? moved : start;
        uint first = c.ReadAligned(address), second = c.ReadAligned(address + 4);
        if ((o->Aux & WriteBack) != 0) c.R(o->Rn) = o->Rn == 13 ? moved & ~3u : moved;
        c.R(o->Rd) = first;
        c.R(o->Ra) = second;
    }

    public static void StoreDouble(Core c, Op* o)
    {
        uint moved = c.R(o->Rn) + o->Imm;
        uint address = (o->Aux & Index) != 0 ? moved : c.R(o->Rn);
        c.WriteAligned(address, c.R(o->Rd));
        c.WriteAligned(address + 4, c.R(o->Ra));
        if ((o->Aux & WriteBack) != 0) c.R(o->Rn) = o->Rn == 13 ? moved & ~3u : moved;
    }
}

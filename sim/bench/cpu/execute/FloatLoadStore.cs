namespace SharpProbe.Sim.Cpu.Execute;

/// <summary>VLDR, VSTR, VLDM, VSTM (DDI0403 A6.5), word by word since registers lie in order: Rd is the first S register, Count the words.</summary>
internal static unsafe class FloatLoadStore
{
    public const byte WriteBack = 1, Decrement = 2;

    public static void Load(Core c, Op* o)
    {
        _ = c.FloatStatus;
        Fill(c, o, c.R(o->Rn) + o->Imm);
    }

    public static void Literal(Core c, Op* o)
    {
        _ = c.FloatStatus;
        Fill(c, o, o->Imm);
    }

    public static void Store(Core c, Op* o)
    {
        _ = c.FloatStatus;
        Spill(c, o, c.R(o->Rn) + o->Imm);
    }

    /// <summary>Imm is how far the base moves, which is a word more than the registers take in the FLDMX form.</summary>
    public static void LoadMultiple(Core c, Op* o)
    {
        _ = c.FloatStatus;
        uint start = c.R(o->Rn);
        Fill(c, o, (o->Aux & Decrement) != 0 ? start - o->Imm : start);
        Move(c, o, start);
    }

    public static void StoreMultiple(Core c, Op* o)
    {
        _ = c.FloatStatus;
        uint start = c.R(o->Rn);
        Spill(c, o, (o->Aux & Decrement) != 0 ? start - o->Imm : start);
        Move(c, o, start);
    }

    private static void Move(Core c, Op* o, uint start)
    {
        if ((o->Aux & WriteBack) != 0) c.R(o->Rn) = (o->Aux & Decrement) != 0 ? start - o->Imm : start + o->Imm;
    }

    // All reads come before the first register changes: a fault leaves them as they were.
    private static void Fill(Core c, Op* o, uint address)
    {
        uint* values = stackalloc uint[32];
        c.MultipleTime(o->Count);
        for (uint i = 0; i < o->Count; i++) values[i] = c.ReadAligned(address + 4 * i);
        for (int i = 0; i < o->Count; i++) c.S(o->Rd + i) = values[i];
    }

    private static void Spill(Core c, Op* o, uint address)
    {
        c.MultipleTime(o->Count);
        for (int i = 0; i < o->Count; i++) c.WriteAligned(address + 4 * (uint)i, c.S(o->Rd + i));
    }
}

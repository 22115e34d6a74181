namespace SharpProbe.Sim.Cpu.Execute;

/// <summary>
/// LDM, STM, PUSH, POP. Imm is the register list. A fault on any word leaves every register as it was, so that the instruction can be restarted
/// (DDI0403 B1.5.10); interrupts are taken between instructions only.
/// </summary>
internal static unsafe class LoadStoreMultiple
{
    // Aux bits.
    public const byte WriteBack = 1, Decrement = 2;

    public static void Load(Core c, Op* o)
    {
        uint list = o->Imm, count = o->Count, start = c.R(o->Rn);
        uint address = (o->Aux & Decrement) != 0 ? start - 4 * count : start;
        uint final = (o->Aux & Decrement) != 0 ? address : start + 4 * count;
        uint* values = stackalloc uint[16];
        c.MultipleTime(count);
        for (uint i = 0; i < count; i++) values[i] = c.ReadAligned(address + 4 * i);
        if ((o->Aux & WriteBack) != 0) c.R(o->Rn) = o->Rn == 13 ? final & ~3u : final;
        int next = 0;
        for (int r = 0; r < 15; r++)
            if ((list >> r & 1) != 0) c.R(r) = values[next++];
        if ((list & 0x8000) == 0) return;
        c.BranchExchange(values[next]);
        c.PredictIndirect(o);
    }

    public static void Store(Core c, Op* o)
    {
        uint list = o->Imm, count = o->Count, start = c.R(o->Rn);
        uint address = (o->Aux & Decrement) != 0 ? start - 4 * count : start;
        uint final = (o->Aux & Decrement) != 0 ? address : start + 4 * count;
        c.MultipleTime(count);
        for (int r = 0; r < 15; r++)
        {
            if ((list >> r & 1) == 0) continue;
            c.WriteAligned(address, c.R(r));
            address += 4;
        }
        if ((o->Aux & WriteBack) != 0) c.R(o->Rn) = o->Rn == 13 ? final & ~3u : final;
    }
}

namespace SharpProbe.Sim.Cpu.Execute;

/// <summary>LDREX and STREX on the local monitor (DDI0403 A3.4). Count is not used; Aux is the width in bytes.</summary>
internal static unsafe class LoadStoreExclusive
{
    public static void Load(Core c, Op* o)
    {
        uint address = c.R(o->Rn) + o->Imm;
        uint value = c.ReadData(address, o->Aux, Alignment.Required, c.Privileged);
        (c._exclusiveOpen, c._exclusiveAddress) = (true, address);
        c.R(o->Rd) = value;
    }

    /// <summary>Rd is Rt, Ra receives 0 when stored, 1 when not. Another address than the tagged one fails.</summary>
    public static void Store(Core c, Op* o)
    {
        uint address = c.R(o->Rn) + o->Imm;
        if ((address & (uint)(o->Aux - 1)) != 0) throw new CoreFault(FaultKind.Unaligned, address);
        bool pass = c._exclusiveOpen && c._exclusiveAddress == address;
        if (pass) c.WriteData(address, c.R(o->Rd) & (uint)((1UL << o->Aux * 8) - 1), o->Aux, Alignment.Required, c.Privileged);
        c._exclusiveOpen = false;
        c.R(o->Ra) = pass ? 0u : 1;
    }

    public static void Clear(Core c, Op* o) => c.ClearExclusive();
}

namespace SharpProbe.Sim.Cpu.Execute;

/// <summary>Branches. Imm is the target of direct ones.</summary>
internal static unsafe class BranchControl
{
    public static void Branch(Core c, Op* o)
    {
        c._pc = o->Imm;
        c.PredictDirect(o);
    }

    // One method a condition spares the run loop a switch.
    public static void Equal(Core c, Op* o) => If(c, o, c._zResult == 0);
    public static void NotEqual(Core c, Op* o) => If(c, o, c._zResult != 0);
    public static void CarrySet(Core c, Op* o) => If(c, o, c._carry);
    public static void CarryClear(Core c, Op* o) => If(c, o, !c._carry);
    public static void Minus(Core c, Op* o) => If(c, o, (int)c._nResult < 0);
    public static void Plus(Core c, Op* o) => If(c, o, (int)c._nResult >= 0);
    public static void Overflow(Core c, Op* o) => If(c, o, c._overflow);
    public static void NoOverflow(Core c, Op* o) => If(c, o, !c._overflow);
    public static void Higher(Core c, Op* o) => If(c, o, c._carry && c._zResult != 0);
    public static void LowerOrSame(Core c, Op* o) => If(c, o, !c._carry || c._zResult == 0);
    public static void GreaterOrEqual(Core c, Op* o) => If(c, o, c.N == c._overflow);
    public static void Less(Core c, Op* o) => If(c, o, c.N != c._overflow);
    public static void Greater(Core c, Op* o) => If(c, o, c._zResult != 0 && c.N == c._overflow);
    public static void LessOrEqual(Core c, Op* o) => If(c, o, c._zResult == 0 || c.N != c._overflow);

    public static readonly delegate*<Core, Op*, void>[] Conditions =
    [
        &Equal, &NotEqual, &CarrySet, &CarryClear, &Minus, &Plus, &Overflow, &NoOverflow,
        &Higher, &LowerOrSame, &GreaterOrEqual, &Less, &Greater, &LessOrEqual,
    ];

    public static void CompareZero(Core c, Op* o) => If(c, o, c.R(o->Rn) == 0);
    public static void CompareNotZero(Core c, Op* o) => If(c, o, c.R(o->Rn) != 0);

    private static void If(Core c, Op* o, bool taken)
    {
        if (taken) c._pc = o->Imm;
        c.PredictDirection(o, taken);
    }

    public static void BranchLink(Core c, Op* o)
    {
        c.R(14) = c._pc | 1;
        c._pc = o->Imm;
        c.PredictDirect(o);
    }

    public static void BranchExchange(Core c, Op* o)
    {
        c.BranchExchange(c.R(o->Rm));
        c.PredictIndirect(o);
    }

    public static void BranchLinkExchange(Core c, Op* o)
    {
        uint target = c.R(o->Rm);
        c.R(14) = c._pc | 1;
        c.InterworkTo(target);
        c.PredictIndirect(o);
    }

    /// <summary>TBB and TBH: Aux is the width of an entry, Imm the address of the table when Rn is PC (Rn 16).</summary>
    public static void TableBranch(Core c, Op* o)
    {
        uint table = o->Rn == 16 ? o->Imm : c.R(o->Rn);
        uint offset = o->Aux == 1 ? c.Read8(table + c.R(o->Rm)) : c.Read16(table + 2 * c.R(o->Rm));
        c._pc += 2 * offset;
        c.PredictIndirect(o);
    }

    /// <summary>IT: Imm is the new ITSTATE.</summary>
    public static void If(Core c, Op* o) => c.ItState = (byte)o->Imm;
}

using SharpProbe.Sim.Cpu.Execute;
using static SharpProbe.Sim.Cpu.Decoding.Requires;

namespace SharpProbe.Sim.Cpu.Decoding;

/// <summary>16-bit branches, IT, hints and exception generation (DDI0403 A5.2.5, A5.2.6).</summary>
internal static unsafe class Thumb16Control
{
    public static readonly Encoding[] Rows =
    [
        new("010001 110 mmmm 000", "BX", V6M, static (ref f) => Indirect(ref f, &BranchControl.BranchExchange)),
        new("010001 111 mmmm 000", "BLX", V6M, static (ref f) =>
        {
            Indirect(ref f, &BranchControl.BranchLinkExchange);
            f.WriteBack(14);
        }),
        new("1101 1110 iiiiiiii", "UDF", V6M, static (ref f) => f.Undefined()),
        new("1101 1111 iiiiiiii", "SVC", V6M, static (ref f) =>
        {
            f.Op->Imm = f['i'];
            f.Code(&SystemInstructions.Svc, CostClass.System);
        }),
        new("1101 cccc iiiiiiii", "B cond", V6M, static (ref f) =>
        {
            f.Op->Imm = f.Pc + Fields.Signed(f['i'] << 1, 9);
            f.Code(BranchControl.Conditions[f['c']], CostClass.BranchConditional);
        }),
        new("11100 iiiiiiiiiii", "B", V6M, static (ref f) =>
        {
            f.Op->Imm = f.Pc + Fields.Signed(f['i'] << 1, 12);
            f.Code(&BranchControl.Branch, CostClass.Branch);
        }),
        new("1011 0 0 i 1 iiiii nnn", "CBZ", V7M, static (ref f) => CompareBranch(ref f, &BranchControl.CompareZero)),
        new("1011 1 0 i 1 iiiii nnn", "CBNZ", V7M, static (ref f) => CompareBranch(ref f, &BranchControl.CompareNotZero)),
        new("1011 0110 011 m 00 p q", "CPS", V6M, static (ref f) =>
        {
            if (f.Unpredictable(f['p'] == 0 && f['q'] == 0 || f.Core.IsV6M && f['q'] != 0)) return;
            f.Op->Imm = f['p'] << 1 | f['q'];
            f.Op->Aux = (byte)f['m'];
            f.Code(&SystemInstructions.Cps, CostClass.System);
        }),
        new("1011 1110 iiiiiiii", "BKPT", V6M, static (ref f) =>
        {
            f.Op->Imm = f['i'];
            f.Code(&SystemInstructions.Bkpt, CostClass.Breakpoint);
        }),
        new("1011 1111 hhhh 0000", "hint", V6M, static (ref f) => Hint(ref f, f['h'])),
        new("1011 1111 cccc mmmm", "IT", V7M, static (ref f) =>
        {
            if (f.Unpredictable(f['c'] == 15 || f['c'] == 14 && System.Numerics.BitOperations.PopCount(f['m']) != 1)) return;
            f.Op->Imm = f['c'] << 4 | f['m'];
            f.Code(&BranchControl.If, CostClass.It);
        }),
    ];

    /// <summary>NOP, YIELD, WFE, WFI, SEV; the others are reserved and execute as NOP.</summary>
    public static void Hint(ref Fields f, uint hint)
    {
        f.Code(&SystemInstructions.Nothing, CostClass.Nop);
        if (hint == 2) f.Code(&SystemInstructions.Wfe, CostClass.System);
        if (hint == 3) f.Code(&SystemInstructions.Wfi, CostClass.System);
        if (hint == 4) f.Code(&SystemInstructions.Sev, CostClass.System);
    }

    private static void Indirect(ref Fields f, delegate*<Core, Op*, void> run)
    {
        if (f.Unpredictable(f['m'] == 15)) return;
        f.M(f.Number('m'));
        f.Code(run, CostClass.BranchIndirect);
    }

    private static void CompareBranch(ref Fields f, delegate*<Core, Op*, void> run)
    {
        f.N(f.Number('n'));
        f.Op->Imm = f.Pc + f['i'] * 2;
        f.Code(run, CostClass.BranchConditional);
    }
}

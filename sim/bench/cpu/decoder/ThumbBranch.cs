using SharpProbe.Sim.Cpu.Execute;
using static SharpProbe.Sim.Cpu.Decoding.Requires;

namespace SharpProbe.Sim.Cpu.Decoding;

/// <summary>32-bit branches and miscellaneous control (DDI0403 A5.3.4 to A5.3.6).</summary>
internal static unsafe class ThumbBranch
{
    public static readonly Encoding[] Rows =
    [
        new("111100 1110 00 nnnn 1000 mm00 ssssssss", "MSR", V6M, static (ref f) =>
        {
            // DDI0403 B5.2.3: the mask is NZCVQ unless the DSP extension is there, and means something for APSR only.
            if (f.Unpredictable(f.Number('n') is 13 or 15 || !SpecialExists(f.Core, f['s']))) return;
            f.N(f.Number('n'));
            f.Op->Imm = f['s'];
            f.Op->Aux = (byte)f['m'];
            f.WritesFlags();
            f.Code(&SystemInstructions.Msr, CostClass.System);
        }),
        new("111100 1110 10 1111 1000 0000 hhhhhhhh", "hint", V7M, static (ref f) => Thumb16Control.Hint(ref f, f['h'])),
        new("111100 1110 11 1111 1000 1111 oooo xxxx", "CLREX, DSB, DMB, ISB", V6M, static (ref f) => Barrier(ref f)),
        new("111100 1111 10 1111 1000 dddd ssssssss", "MRS", V6M, static (ref f) =>
        {
            if (f.Unpredictable(f.Number('d') is 13 or 15 || !SpecialExists(f.Core, f['s']))) return;
            f.D(f.Number('d'));
            f.Op->Imm = f['s'];
            f.ReadsFlags();
            f.Code(&SystemInstructions.Mrs, CostClass.System);
        }),
        new("11110 s cccc iiiiii 10 j 0 k lllllllllll", "B cond", V7M, static (ref f) =>
        {
            if (f['c'] >= 14) return;
            uint offset = f['s'] << 20 | f['k'] << 19 | f['j'] << 18 | f['i'] << 12 | f['l'] << 1;
            f.Op->Imm = f.Pc + Fields.Signed(offset, 21);
            f.Code(BranchControl.Conditions[f['c']], CostClass.BranchConditional);
        }),
        new("11110 s iiiiiiiiii 10 j 1 k lllllllllll", "B", V7M, static (ref f) =>
        {
            f.Op->Imm = Far(ref f);
            f.Code(&BranchControl.Branch, CostClass.Branch);
        }),
        new("11110 s iiiiiiiiii 11 j 1 k lllllllllll", "BL", V6M, static (ref f) =>
        {
            f.Op->Imm = Far(ref f);
            f.WriteBack(14);
            f.Code(&BranchControl.BranchLink, CostClass.BranchLink);
        }),
    ];

    // I1 = NOT(J1 EOR S), I2 = NOT(J2 EOR S).
    private static uint Far(ref Fields f)
    {
        uint s = f['s'], i1 = f['j'] ^ s ^ 1, i2 = f['k'] ^ s ^ 1;
        return f.Pc + Fields.Signed(s << 24 | i1 << 23 | i2 << 22 | f['i'] << 12 | f['l'] << 1, 25);
    }

    private static void Barrier(ref Fields f)
    {
        switch (f['o'])
        {
            case 2 when !f.Core.IsV6M:
                f.Code(&LoadStoreExclusive.Clear, CostClass.System);
                break;
            case 4 or 5:
                f.Code(&SystemInstructions.DataBarrier, CostClass.Barrier);
                break;
            case 6:
                f.Code(&SystemInstructions.InstructionBarrier, CostClass.Barrier);
                break;
        }
    }

    private static bool SpecialExists(Core core, uint special) =>
        special is <= 3 or >= 5 and <= 9 or 16 or 20 || !core.IsV6M && special is 17 or 18 or 19 || core.Features.HasStackLimits && special is 10 or 11;
}

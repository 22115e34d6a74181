namespace SharpProbe.Build.PostLink;

/// <summary>cmp rN, #0 and beq or bne forward are one instruction: CBZ or CBNZ (DDI 0403E, A7.7.21), which RyuJIT does not know. It leaves the flags, so nobody may want them.</summary>
static class ZeroBranch
{
    /// <summary>Marks the branches that may become one, if their targets come near enough.</summary>
    public static void Find(Function function)
    {
        Flow flow = new(function);
        for (int place = 0; place < function.Items.Count; place++)
        {
            CodeItem test = function.Items[place];
            int next = flow.Next(place);
            if (!IsZeroTest(test) || next >= function.Items.Count) continue;
            CodeItem branch = function.Items[next];
            if (branch is { Kind: CodeKind.Branch, Condition: 0 or 1, IsLabel: false } && Flags.AreDead(flow, next + 1) && Flags.AreDead(flow, flow.PlaceOf(branch.Target))) branch.ZeroTest = test;
        }
    }

    public static void Join(CodeItem test, CodeItem branch)
    {
        branch.Kind = CodeKind.CompareBranch;
        branch.HalfWords = [(ushort)(0xB100 | branch.Condition << 11 | test.HalfWords[0] >> 8 & 7)];
        branch.ZeroTest = null;
        test.Kind = CodeKind.Removed;
    }

    private static bool IsZeroTest(CodeItem item) => item is { Kind: CodeKind.Plain, HalfWords: [var first] } && (first & 0xF8FF) == 0x2800;
}

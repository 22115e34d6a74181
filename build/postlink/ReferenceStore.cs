namespace SharpProbe.Build.PostLink;

/// <summary>
/// RyuJIT stores a reference by a helper call with the address in r0 and the reference in r1; the rewriter has made it str r1, [r0]. Where both were only put there for the call, the store takes them
/// from where they were. The helper keeps r0 and r1 (RyuJIT's RBM_CALLEE_TRASH_WRITEBARRIER), so code after it may still read them: folded is only where both are seen to be written, or left, first (a value that is returned is put into r0 for that).
/// </summary>
static class ReferenceStore
{
    private static readonly ushort[] Store = [0x6001];

    /// <returns>True: the address is counted by the store itself.</returns>
    public static bool Fold(Flow flow, int index)
    {
        List<CodeItem> items = flow.Items;
        CodeItem store = items[index];
        if (!store.HalfWords.AsSpan().SequenceEqual(Store)) return false;
        int sum = LastNaming(items, index, 0), copy = LastNaming(items, index, 1);
        if (sum < 0 || Sum(items[sum].HalfWords) is not { } address || !RegisterLife.IsDead(flow, index, 0)) return false;
        int value = copy < 0 ? -1 : Copied(items[copy].HalfWords);
        if (value < 0 || (value == 0 && copy > sum) || !RegisterLife.IsDead(flow, index, 1) || !Keeps(items, copy, index, value, sum)) (copy, value) = (-1, 1);
        if (!Keeps(items, sum, index, address.Base, copy)) return false;
        items[sum].Kind = CodeKind.Removed;
        if (copy >= 0) items[copy].Kind = CodeKind.Removed;
        bool narrow = address.Offset % 4 == 0 && address.Offset < 128 && address.Base < 8 && value < 8;
        store.HalfWords = narrow ? [(ushort)(0x6000 | address.Offset << 4 | address.Base << 3 | value)] : [(ushort)(0xF8C0 | address.Base), (ushort)(value << 12 | address.Offset)];
        return true;
    }

    /// <summary>The last instruction before that names the register, in straight code; -1: there is none.</summary>
    private static int LastNaming(List<CodeItem> items, int index, int register)
    {
        for (int i = index - 1; i >= 0 && !items[i + 1].IsLabel; i--)
        {
            int named = RegisterUse.Of(items[i]);
            if ((named & RegisterUse.Pc) != 0) return -1;
            if ((named >> register & 1) != 0) return items[i].Kind == CodeKind.Plain ? i : -1;
        }
        return -1;
    }

    /// <summary>Between the two the register stays, but for one instruction that goes.</summary>
    private static bool Keeps(List<CodeItem> items, int from, int to, int register, int except)
    {
        for (int i = from + 1; i < to; i++)
            if (i != except && (RegisterUse.Of(items[i]) >> register & 1) != 0) return false;
        return true;
    }

    /// <summary>mov r0, rN and the forms of add r0, rN, #n: what they count from, and n.</summary>
    private static (int Base, int Offset)? Sum(ushort[] code) => code switch
    {
        [var first] when (first & 0xFF87) == 0x4600 => (first >> 3 & 15, 0),
        [var first] when (first & 0xFE07) == 0x1C00 => (first >> 3 & 7, first >> 6 & 7),
        [var first] when (first & 0xFF00) == 0x3000 => (0, first & 0xFF),
        [var first, var second] when (first & 0xFFF0) == 0xF100 && (second & 0xFF00) == 0 => (first & 15, second),
        [var first, var second] when (first & 0xFBF0) == 0xF100 && (second & 0x8F00) == 0 => Modified(first, second),
        [var first, var second] when (first & 0xFFF0) == 0xF200 && (second & 0x8F00) == 0 => (first & 15, second >> 4 & 0x700 | second & 0xFF),
        _ => null,
    };

    private static (int Base, int Offset)? Modified(int first, int second) =>
        Thumb.ModifiedImmediate(first, second) is { } offset and < 4096 ? (first & 15, (int)offset) : null;

    /// <summary>mov r1, rN: N; else -1.</summary>
    private static int Copied(ushort[] code) => code is [var first] && (first & 0xFF87) == 0x4601 ? first >> 3 & 15 : -1;
}

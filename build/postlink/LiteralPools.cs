namespace SharpProbe.Build.PostLink;

/// <summary>
/// movw and movt take eight bytes, LDR from a word behind the code two and the word, which others in reach load too (LDR literal, T1: r0 to r7, up to 1020 bytes ahead; DDI 0403E, A7.7.43).
/// Loops and timed functions keep what they have.
/// </summary>
static class LiteralPools
{
    /// <summary>What a function's alignment may add after the pools were chosen is left.</summary>
    private const uint Reach = 1020 - 64;

    /// <summary>Functions have their offsets; code only shrinks from here on.</summary>
    public static void Assign(List<Function> functions)
    {
        Function? last = null;
        LiteralPool pool = new();
        uint first = 0;
        foreach (Function function in functions.Where(function => !function.IsDropped))
        {
            List<CodeItem> loads = function.IsTimed ? [] : Loads(function);
            uint end = function.NewOffset + function.NewSize;
            if (pool.Size != 0 && end + pool.Size + (uint)loads.Count * 4 - first > Reach) Close();
            loads.RemoveAll(item => end + pool.Size + (uint)loads.Count * 4 - item.NewOffset > Reach);
            if (pool.Size == 0 && loads.Count > 0) first = loads[0].NewOffset;
            foreach (CodeItem item in loads) pool.Add(item);
            last = function;
        }
        Close();

        void Close()
        {
            if (pool.Size == 0) return;
            last!.Pool = pool;
            pool = new();
        }
    }

    private static List<CodeItem> Loads(Function function)
    {
        List<(uint Start, uint End)> loops = function.Items.Where(item => item.Kind == CodeKind.Branch && item.Target <= item.OldOffset).Select(item => (item.Target, item.OldOffset)).ToList();
        return function.Items.Where(item => item.Kind is CodeKind.Address or CodeKind.Constant && item.Register < 8 && !loops.Exists(loop => item.OldOffset >= loop.Start && item.OldOffset <= loop.End)).ToList();
    }
}

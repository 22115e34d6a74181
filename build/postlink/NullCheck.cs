namespace SharpProbe.Build.PostLink;

/// <summary>
/// Takes out loads whose value nobody wants: RyuJIT loads from an object to fault at once where it is null, before a call to its method or when only a constant property is read. Here the method
/// itself faults at its first field, as the MPU closes address 0. A load that a barrier follows is a volatile one, such as a register that is cleared by reading.
/// </summary>
static class NullCheck
{
    /// <returns>How many loads went.</returns>
    public static int Remove(Function function)
    {
        Flow flow = new(function);
        int removed = 0;
        for (int i = 0; i + 1 < function.Items.Count; i++)
        {
            CodeItem item = function.Items[i];
            if (item.Kind != CodeKind.Plain || Loaded(item.HalfWords) is not { } register || function.Items[i + 1].HalfWords is [0xF3BF, 0x8F5F] || !RegisterLife.IsDeadToCaller(flow, i, register)) continue;
            item.Kind = CodeKind.Removed;
            removed++;
        }
        return removed;
    }

    /// <summary>ldr, ldr.w and ldrsb.w without an offset: the register that they write.</summary>
    private static int? Loaded(ushort[] code) => code switch
    {
        [var first] when (first & 0xFFC0) == 0x6800 => first & 7,
        [var first, var second] when (first & 0xFFF0) is 0xF8D0 or 0xF990 && (second & 0xFFF) == 0 => second >> 12,
        _ => null,
    };
}

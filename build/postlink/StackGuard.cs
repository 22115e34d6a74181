namespace SharpProbe.Build.PostLink;

/// <summary>
/// Takes out the guard word that RyuJIT puts above a method's stackalloc and looks at before every return. Here such a buffer is reached through a span only, whose indexer already checks
/// (docs/csharp.md), and the MPU closes what lies below the stack.
/// </summary>
static class StackGuard
{
    private const string Symbol = "__security_cookie";

    /// <returns>How many stores and looks went.</returns>
    public static int Remove(Function function)
    {
        int removed = 0;
        for (int i = 0; i < function.Items.Count; i++)
        {
            if (function.Items[i] is not { Kind: CodeKind.Address, Symbol.Name: Symbol }) continue;
            int length = Length(function.Items, i);
            if (length == 0) throw new BuildError($"{function.Name}: a guard word that is used otherwise than known at +0x{function.Items[i].OldOffset:X} (build/postlink/StackGuard.cs)");
            foreach (CodeItem item in function.Items.GetRange(i, length)) item.Kind = CodeKind.Removed;
            removed++;
        }
        return removed;
    }

    /// <summary>Address, load, store; or address, load, load of the copy, comparison, branch over the call that ends the program. 0: neither.</summary>
    private static int Length(List<CodeItem> items, int index)
    {
        if (index + 5 >= items.Count || items[index + 1].Kind != CodeKind.Plain || items[index + 2].Kind != CodeKind.Plain) return 0;
        if (IsStore(items[index + 2].HalfWords)) return 3;
        if (items[index + 3].Kind != CodeKind.Plain || items[index + 4] is not { Kind: CodeKind.Branch, Condition: 0 } branch) return 0;
        int target = items.FindIndex(index, item => item.OldOffset == branch.Target);
        return target > 0 && items[(index + 5)..target].Count(item => item.Kind != CodeKind.Removed) == 1 && items[target - 1].Kind == CodeKind.Call ? target - index : 0;
    }

    /// <summary>str to the stack, by sp or a register that points there.</summary>
    private static bool IsStore(ushort[] code) => code switch
    {
        [var first] => (first & 0xF800) is 0x9000 or 0x6000,
        [var first, _] => (first & 0xFFF0) is 0xF8C0 or 0xF840,
        _ => false,
    };
}

namespace SharpProbe.Build.PostLink;

/// <summary>
/// Takes r11 out of functions that only set it: RyuJIT makes it a frame pointer in nearly every method, and nothing here walks frames (hal/boot/CallStack.cs reads the stack itself). Where the
/// registers allow it, another one keeps the word on the stack that r11 had, so that PUSH and POP become narrow and every distance from sp stays as it was.
/// </summary>
static class FramePointer
{
    private const ushort Push = 0xE92D, Pop = 0xE8BD;
    private const int CalleeSaved = 0xF0, Arguments = 0x0F, High = 0x1700;

    /// <returns>False: the function needs it, or has none.</returns>
    public static bool Remove(Function function, FrameLocations locations)
    {
        List<CodeItem> lists = [];
        CodeItem? setting = null;
        int distance = 0;
        foreach (CodeItem item in function.Items)
        {
            if ((RegisterUse.Of(item) & RegisterUse.Fp) == 0 || item.Kind is CodeKind.Call or CodeKind.Jump) continue;
            if (item.Kind != CodeKind.Plain) return false;
            if (IsList(item)) lists.Add(item);
            else if (setting == null && Distance(item) is { } found) (setting, distance) = (item, found);
            else if (setting == null) throw new BuildError($"{function.Name} uses r11 before it sets it: its caller's frame pointer may not go (build/postlink/FramePointer.cs)");
            else return false;
        }
        if (setting == null || lists.Count == 0 || lists[0].HalfWords[0] != Push || lists.Skip(1).Any(item => item.HalfWords[0] != Pop) || !locations.Move(function, distance)) return false;
        setting.Kind = CodeKind.Removed;
        if (Substitute(lists) is { } other)
            foreach (CodeItem list in lists) list.HalfWords = Narrow(list.HalfWords[0], list.HalfWords[1] & ~RegisterUse.Fp | other);
        return true;
    }

    private static bool IsList(CodeItem item) => item.HalfWords is [Push or Pop, _];

    /// <summary>add fp, sp, #n or mov fp, sp: n.</summary>
    private static int? Distance(CodeItem item) => item.HalfWords switch
    {
        [0x46EB] => 0,
        [0xF10D or 0xF50D, var second] when (second & 0x8F00) == 0x0B00 => (int?)Thumb.ModifiedImmediate(item.HalfWords[0], second),
        [0xF20D or 0xF60D, var second] when (second & 0x8F00) == 0x0B00 => (item.HalfWords[0] & 0x400) << 1 | second >> 4 & 0x700 | second & 0xFF,
        _ => null,
    };

    /// <summary>
    /// A register to push and pop in place of r11, as a bit: one that the callee saves, else r3 or r2, which no caller expects anything of, below all those that are saved. Null: a high register
    /// needs the wide form anyway, or none is free. Before a tail call r3 and r2 are arguments.
    /// </summary>
    private static int? Substitute(List<CodeItem> lists)
    {
        int used = lists.Aggregate(0, (mask, item) => mask | item.HalfWords[1]);
        if ((used & High) != 0) return null;
        int saved = lists[0].HalfWords[1] & CalleeSaved;
        if (lists.Any(item => (item.HalfWords[1] & CalleeSaved) != saved)) return null;
        for (int register = 7; register >= 4; register--)
            if ((saved >> register & 1) == 0) return 1 << register;
        bool returns = lists.Skip(1).All(item => (item.HalfWords[1] & RegisterUse.Pc) != 0);
        if (!returns) return null;
        return (used & Arguments) switch { 0 => 1 << 3, 1 << 3 => 1 << 2, _ => null };
    }

    private static ushort[] Narrow(ushort form, int list)
    {
        int low = list & 0xFF;
        if (form == Push && (list & ~(0xFF | RegisterUse.Lr)) == 0) return [(ushort)(0xB400 | low | (list & RegisterUse.Lr) >> 6)];
        if (form == Pop && (list & ~(0xFF | RegisterUse.Pc)) == 0) return [(ushort)(0xBC00 | low | (list & RegisterUse.Pc) >> 7)];
        return [form, (ushort)list];
    }
}

namespace SharpProbe.Build.PostLink;

/// <summary>Whether a register's value is still wanted.</summary>
static class RegisterLife
{
    /// <summary>What a call destroys and takes no argument in: r12 and r14 (AAPCS32, 6.1.1 and 6.3).</summary>
    private const int Scratch = 1 << 12 | RegisterUse.Lr;

    private const int FarEnough = 40;

    /// <summary>After the item, on every path, the register is written before it is read, or the function returns. Anything else counts as a reader, and so does too long a way.</summary>
    public static bool IsDead(Flow flow, int place, int register) => IsDead(flow, place + 1, register, atReturn: true, FarEnough);

    /// <summary>The same, but r0 and r1 may be what the function returns.</summary>
    public static bool IsDeadToCaller(Flow flow, int place, int register) => IsDead(flow, place + 1, register, atReturn: register > 1, FarEnough);

    private static bool IsDead(Flow flow, int place, int register, bool atReturn, int left)
    {
        for (; left > 0 && place < flow.Items.Count; place++, left--)
        {
            CodeItem item = flow.Items[place];
            if (item.Kind is CodeKind.Address or CodeKind.Constant && item.Register == register) return true;
            if (Flow.Calls(item) && (Scratch >> register & 1) != 0) return true;
            if (item.Kind == CodeKind.Branch)
            {
                if (item.Condition != CodeItem.Always && !IsDead(flow, place + 1, register, atReturn, left / 2)) return false;
                place = flow.PlaceOf(item.Target) - 1;
                continue;
            }
            int named = RegisterUse.Of(item);
            if (item.Kind == CodeKind.Plain && (named >> register & 1) != 0) return Writes(item.HalfWords, register);
            if (Flow.Returns(item)) return atReturn;
            if ((named & (1 << register | RegisterUse.Pc)) != 0) return false;
        }
        return false;
    }

    /// <summary>It writes the register and does not read it: some forms of mov, add and ldr.</summary>
    private static bool Writes(ushort[] code, int register) => code switch
    {
        [var first] when (first & 0xF800) is 0x2000 or 0x9800 or 0xA800 => (first >> 8 & 7) == register,
        [var first] when (first & 0xFF00) == 0x4600 => (first & 7 | first >> 4 & 8) == register && (first >> 3 & 15) != register,
        [var first] when (first & 0xF800) is 0x6800 or 0x7800 or 0x8800 || (first & 0xFE00) == 0x1C00 => (first & 7) == register && (first >> 3 & 7) != register,
        [var first, var second] when (first & 0xFFF0) is 0xF8D0 or 0xF890 or 0xF8B0 => second >> 12 == register && (first & 15) != register,
        [var first, var second] when (first & 0xFBE0) == 0xF100 && (second & 0x8000) == 0 => (second >> 8 & 15) == register && (first & 15) != register,
        [var first, var second] when (first & 0xFB70) == 0xF240 && (second & 0x8000) == 0 => (second >> 8 & 15) == register,
        _ => false,
    };
}

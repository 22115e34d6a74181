namespace SharpProbe.Build.PostLink;

/// <summary>
/// The core registers that an instruction names, read or written, as bits. Where a field's meaning depends on more than is decoded here, it counts as a register: too many are named, never too few
/// (DDI 0403E, A5.2 and A5.3).
/// </summary>
static class RegisterUse
{
    public const int Fp = 1 << 11, Sp = 1 << 13, Lr = 1 << 14, Pc = 1 << 15, All = 0xFFFF;

    public static int Of(CodeItem item) => item.Kind switch
    {
        CodeKind.Plain => Of(item.HalfWords),
        CodeKind.Address or CodeKind.Constant => 1 << item.Register,
        CodeKind.CompareBranch => 1 << (item.HalfWords[0] & 7) | Pc,
        CodeKind.Branch => Pc,
        CodeKind.Removed => 0,
        _ => All,
    };

    /// <summary>One instruction, or what stands in place of a call.</summary>
    public static int Of(ReadOnlySpan<ushort> code)
    {
        int named = 0;
        while (!code.IsEmpty)
        {
            bool wide = code[0] >> 11 >= 0x1D;
            named |= wide ? Wide(code[0], code[1]) : Narrow(code[0]);
            code = code[(wide ? 2 : 1)..];
        }
        return named;
    }

    private static int Narrow(int code)
    {
        int low = 1 << (code & 7), middle = 1 << (code >> 3 & 7), third = 1 << (code >> 6 & 7), high = 1 << (code >> 8 & 7);
        return (code >> 12) switch
        {
            0 => low | middle,
            1 => low | middle | ((code & 0xFC00) == 0x1800 ? third : 0),                 // add and sub of three registers
            2 or 3 => high,
            4 => (code & 0xFC00) switch
            {
                0x4000 => low | middle,
                0x4400 => 1 << (code >> 3 & 15) | ((code & 0xFF00) == 0x4700 ? Pc : 1 << (code & 7 | code >> 4 & 8)),
                _ => high | Pc,
            },
            5 => low | middle | third,
            6 or 7 or 8 => low | middle,
            9 => high | Sp,
            10 => high | ((code & 0x800) != 0 ? Sp : Pc),
            11 => (code & 0xFF00) switch
            {
                0xB000 => Sp,
                0xB400 or 0xB500 => code & 0xFF | Sp | (code << 6 & Lr),
                0xBC00 or 0xBD00 => code & 0xFF | Sp | (code << 7 & Pc),
                0xB200 or 0xBA00 => low | middle,
                0xB600 or 0xBE00 or 0xBF00 => 0,
                _ => low | Pc,                                                           // cbz, cbnz
            },
            12 => code & 0xFF | high,
            _ => Pc,
        };
    }

    private static int Wide(int first, int second)
    {
        int n = 1 << (first & 15), t = 1 << (second >> 12), d = 1 << (second >> 8 & 15), m = 1 << (second & 15);
        if ((first & 0xFE40) == 0xE800) return n | second;                               // ldm, stm, push, pop
        if ((first & 0xFE40) == 0xE840) return n | t | d | ((first & 0x120) == 0 ? m : 0);        // ldrd and strd; the rest are exclusive accesses
        if ((first & 0xFE00) == 0xEA00) return n | d | m;                                // shifted register
        if ((first & 0xEC00) == 0xEC00) return n | t;                                    // coprocessor: a base or a register that is moved
        if ((first & 0xF800) == 0xF000)
        {
            if ((second & 0x8000) != 0) return (first & 0xFFE0) == 0xF380 ? n : (first & 0xFFE0) == 0xF3E0 ? d : Pc;      // msr; mrs; branches and hints
            return (first & 0xFB70) == 0xF240 || (first & 0xFB70) == 0xF2C0 ? d : n | d;                                     // movw and movt have an immediate where others have Rn
        }
        if ((first & 0xFE00) == 0xF800) return n | t | ((first & 0x80) == 0 && (second & 0x800) == 0 ? m : 0);
        if ((first & 0xFF00) == 0xFA00) return n | d | m;
        return n | t | d | m;
    }
}

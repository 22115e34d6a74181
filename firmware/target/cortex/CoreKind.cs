namespace SharpProbe.Target.Cortex;

/// <summary>One row of the cores known: CPUID.PARTNO, gdb's name of it, and its architecture.</summary>
readonly struct CoreKind(ushort part, string name, Architecture architecture)
{
    public ushort Part { get; } = part;
    public string Name { get; } = name;
    public Architecture Architecture { get; } = architecture;

    /// <summary>BASEPRI, FAULTMASK, the configurable faults and their status registers.</summary>
    public bool IsMainline => Architecture is Architecture.V7M or Architecture.V8MMainline;

    public bool IsV8 => Architecture is Architecture.V8MBaseline or Architecture.V8MMainline;

    private static readonly CoreKind[] s_kinds =
    [
        new(0xC20, "M0", Architecture.V6M),
        new(0xC21, "M1", Architecture.V6M),
        new(0xC60, "M0+", Architecture.V6M),
        new(0xC23, "M3", Architecture.V7M),
        new(0xC24, "M4", Architecture.V7M),
        new(0xC27, "M7", Architecture.V7M),
        new(0x132, "STAR-MC1", Architecture.V8MMainline),
        new(0xD20, "M23", Architecture.V8MBaseline),
        new(0xD21, "M33", Architecture.V8MMainline),
        new(0xD22, "M55", Architecture.V8MMainline),
        new(0xD23, "M85", Architecture.V8MMainline),
        new(0xD24, "M52", Architecture.V8MMainline),
        new(0xD31, "M35P", Architecture.V8MMainline),
    ];

    private static readonly CoreKind s_other6 = new(0, "M (v6-M)", Architecture.V6M);
    private static readonly CoreKind s_other7 = new(0, "M (v7-M)", Architecture.V7M);

    /// <summary>False: this is not the CPUID of an M-profile core. CPUID.Architecture is 0xC for v6-M and v8-M Baseline, 0xF for the others (DDI 0403E, B3.2.3).</summary>
    public static bool TryFind(uint cpuid, out CoreKind kind)
    {
        kind = default;
        uint implementer = cpuid >> 24, architecture = cpuid >> 16 & 0xF, part = cpuid >> 4 & 0xFFF;
        if (implementer is 0 or 0xFF || architecture is not (0xC or 0xF)) return false;
        foreach (CoreKind row in s_kinds)
        {
            if (row.Part != part) continue;
            kind = row;
            return true;
        }
        kind = architecture == 0xC ? s_other6 : s_other7;
        return true;
    }
}

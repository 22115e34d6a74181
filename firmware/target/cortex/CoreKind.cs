using System;

namespace SharpProbe.Target.Cortex;

/// <summary>One of the cores known: gdb's name of it, and its architecture.</summary>
readonly struct CoreKind(byte row, Architecture architecture)
{
    public Architecture Architecture { get; } = architecture;

    public ReadOnlySpan<byte> Name => PartTable.Row(Rows, row).From(2);

    /// <summary>BASEPRI, FAULTMASK, the configurable faults and their status registers.</summary>
    public bool IsMainline => Architecture is Architecture.V7M or Architecture.V8MMainline;

    public bool IsV8 => Architecture is Architecture.V8MBaseline or Architecture.V8MMainline;

    /// <summary>CPUID.PARTNO, architecture (0 v6-M, 1 v7-M, 2 v8-M Baseline, 3 v8-M Mainline), name; the last two are for parts that are not listed.</summary>
    private static ReadOnlySpan<byte> Rows =>
        """
        xC20 0 M0
        xC21 0 M1
        xC60 0 M0+
        xC23 1 M3
        xC24 1 M4
        xC27 1 M7
        x132 3 STAR-MC1
        xD20 2 M23
        xD21 3 M33
        xD22 3 M55
        xD23 3 M85
        xD24 3 M52
        xD31 3 M35P
        - 0 M (v6-M)
        - 1 M (v7-M)
        """u8;

    private const int Other6 = 13, Other7 = 14;

    /// <summary>False: this is not the CPUID of an M-profile core. CPUID.Architecture is 0xC for v6-M and v8-M Baseline, 0xF for the others (DDI 0403E, B3.2.3).</summary>
    public static bool TryFind(uint cpuid, out CoreKind kind)
    {
        kind = default;
        uint implementer = cpuid >> 24, architecture = cpuid >> 16 & 0xF, part = cpuid >> 4 & 0xFFF;
        if (implementer is 0 or 0xFF || architecture is not (0xC or 0xF)) return false;
        int other = architecture == 0xC ? Other6 : Other7;
        var table = new PartTable(Rows);
        while (table.TryTake(out PartRow row))
        {
            if (table.Index < Other6 ? row[0] != part : table.Index != other) continue;
            kind = new((byte)table.Index, (Architecture)row[1]);
            return true;
        }
        return false;
    }
}

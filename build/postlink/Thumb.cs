namespace SharpProbe.Build.PostLink;

/// <summary>Encodings of the position-dependent instructions (DDI 0403E, A7.7.12, A7.7.18, A7.7.76, A7.7.79). Distances count from the instruction's address + 4.</summary>
static class Thumb
{
    public static ushort[] Branch(int distance, int condition, bool wide)
    {
        uint bits = (uint)distance;
        if (condition == CodeItem.Always)
        {
            return wide ? Long(bits, 0x9000) : [(ushort)(0xE000 | bits >> 1 & 0x7FF)];
        }
        if (!wide) return [(ushort)(0xD000 | (uint)condition << 8 | bits >> 1 & 0xFF)];
        return
        [
            (ushort)(0xF000 | (bits >> 20 & 1) << 10 | (uint)condition << 6 | bits >> 12 & 63),
            (ushort)(0x8000 | (bits >> 18 & 1) << 13 | (bits >> 19 & 1) << 11 | bits >> 1 & 0x7FF),
        ];
    }

    public static ushort[] Call(int distance) => Long((uint)distance, 0xD000);

    /// <summary>movw and movt.</summary>
    public static ushort[] Address(int register, uint value) => [.. Move(0xF240, register, value & 0xFFFF), .. Move(0xF2C0, register, value >> 16)];

    /// <summary>LDR (literal, T1): a distance of whole words from the instruction's address + 4, rounded down to a word.</summary>
    public static ushort LoadLiteral(int register, uint distance) =>
        register < 8 && distance <= 1020 && distance % 4 == 0 ? (ushort)(0x4800 | (uint)register << 8 | distance / 4) : throw new ArgumentOutOfRangeException(nameof(distance));

    /// <summary>The modified immediate of a wide data-processing instruction: eight bits, shifted left by what its rotation leaves; null for a pattern of repeated bytes (DDI 0403E, A5.3.2).</summary>
    public static uint? ModifiedImmediate(int first, int second)
    {
        int rotation = first >> 6 & 0x10 | second >> 11 & 0xE | second >> 7 & 1;
        if (rotation >= 8) return (0x80u | (uint)second & 0x7F) << (32 - rotation);
        return rotation < 2 ? (uint)second & 0xFF : null;
    }

    private static ushort[] Move(uint opcode, int register, uint value) =>
    [
        (ushort)(opcode | (value >> 11 & 1) << 10 | value >> 12),
        (ushort)((value >> 8 & 7) << 12 | (uint)register << 8 | value & 0xFF),
    ];

    /// <summary>B.W (T4) and BL (T1): 25 bits, whose bits 23 and 22 are stored inverted against the sign.</summary>
    private static ushort[] Long(uint bits, uint second)
    {
        uint sign = bits >> 24 & 1;
        uint j1 = ~(bits >> 23 ^ sign) & 1, j2 = ~(bits >> 22 ^ sign) & 1;
        return [(ushort)(0xF000 | sign << 10 | bits >> 12 & 0x3FF), (ushort)(second | j1 << 13 | j2 << 11 | bits >> 1 & 0x7FF)];
    }
}

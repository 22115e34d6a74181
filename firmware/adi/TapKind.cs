using System;

namespace SharpProbe.Adi;

/// <summary>A row about TAPs whose IDCODE has certain bits: JEP106 designer in 11:1, part number in 27:12, version in 31:28.</summary>
readonly struct TapKind(uint mask, uint value, byte irLength, byte[] name)
{
    /// <summary>The ones that tell what capture bits do not: a first match counts.</summary>
    private static readonly TapKind[] s_rows =
    [
        new(0x0FF0_0FFF, 0x0BA0_0477, 4, "Arm debug port"u8.ToArray()),
        new(0x0000_0FFF, 0x0000_0041, 5, "STMicroelectronics boundary scan"u8.ToArray()),
        new(0x0FE0_0FFF, 0x0360_0093, 6, "Xilinx 7 series"u8.ToArray()),
    ];

    /// <summary>0: not known.</summary>
    public int IrLength { get; } = irLength;

    public byte[]? Name { get; } = name;

    public static TapKind Of(uint idCode)
    {
        foreach (TapKind row in s_rows)
            if (idCode != 0 && (idCode & row.Mask) == row.Value) return row;
        return default;
    }

    public static bool IsDebugPort(uint idCode) => (idCode & s_rows[0].Mask) == s_rows[0].Value;

    private uint Mask { get; } = mask;
    private uint Value { get; } = value;
}

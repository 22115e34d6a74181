using System;
using SharpProbe.Target.Cortex;

namespace SharpProbe.Target.Nxp;

/// <summary>A row of the LPC parts: those of one flash and RAM size, with all their ids.</summary>
readonly ref struct LpcPart(PartRow row)
{
    private readonly PartRow _row = row;

    /// <summary>For <see cref="LpcLayout"/>.</summary>
    public uint Series => _row[0];

    /// <summary>KiB; of LPC43xx, the most that a bank has.</summary>
    public uint Flash => _row[1];

    /// <summary>KiB of the RAM at the layout's address.</summary>
    public uint Ram => _row[2];

    /// <summary>Number of sectors at the beginning that have the layout's size; those behind are eight times as large.</summary>
    public uint SmallSectors => Series switch { 6 or 7 => 16, 1 => 24, LpcLayout.Series43 => 8, _ => uint.MaxValue };

    public ReadOnlySpan<byte> Name
    {
        get
        {
            ReadOnlySpan<byte> name = _row.From(3);
            int end = name.IndexOf((byte)' ');
            return end < 0 ? name : name[..end];
        }
    }

    public bool Has(uint id)
    {
        for (int i = 4; !_row.From(i).IsEmpty; i++)
            if (_row[i] == id) return true;
        return false;
    }

    public static LpcPart Of(CortexM core) => new(PartTable.Row(Rows, core.PartRow));

    /// <summary>UM10398 26.5.11, UM10462 20.13.11, UM10375, UM10524 (LPC11xx, 11U, 13xx); UM10601, UM10800, UM11021, UM11029, UM11045, UM11065 (LPC8xx); UM10736 (15xx); UM10360 32.7.11, UM10470 (17xx); UM10562 (40xx); UM10503 47.8.7 (43xx, whose last digit is by their flash).</summary>
    public static ReadOnlySpan<byte> Rows => """
        8 4 1 LPC810 x8100
        8 8 2 LPC811 x8110
        8 16 4 LPC812 x8120 x8121 x8122 x8123
        8 16 4 LPC822 x8221 x8222
        8 32 8 LPC824 x8241 x8242
        8 16 4 LPC832 x8322
        8 32 4 LPC834 x8341
        8 30 8 LPC8N04 x8A04
        4 14 2 LPC802 x8021 x8022 x8023 x8024
        4 30 4 LPC804 x8040 x8041 x8042 x8043 x8044
        4 64 8 LPC844 x8441 x8442 x8443 x8444
        4 64 16 LPC845 x8451 x8452 x8453 x8454
        1 4 1 LPC1110 x0A07102B x1A07102B
        1 8 2 LPC1111 x0A16D02B x1A16D02B x041E502B x2516D02B x10013
        1 8 4 LPC1111 x0416502B x2516902B x10012
        1 16 2 LPC1112 x042D502B x2524D02B x20023
        1 16 4 LPC1112 x0A24902B x1A24902B x0A23902B x1A23902B x0425502B x2524902B x20022
        1 24 4 LPC1113 x0434502B x2532902B x30032
        1 24 8 LPC1113 x0434102B x2532102B x30030
        1 32 4 LPC1114 x0A40902B x1A40902B x0444502B x2540902B x40042
        1 32 8 LPC1114 x0444102B x2540102B x40040
        1 48 8 LPC1114 x40060
        1 56 8 LPC1114 x40070
        1 64 8 LPC1115 x50080
        1 16 8 LPC11C12 x1421102B x1431102B
        1 32 8 LPC11C14 x1440102B x1430102B
        1 16 4 LPC11A12 x4D4C802B x4574802B
        1 8 2 LPC11A11 x455EC02B
        1 24 6 LPC11A13 x458A402B
        1 32 8 LPC11A14 x4D80002B x35A0002B x45A0002B
        1 8 4 LPC11E11 x293E902B
        1 16 4 LPC11E12/U12 x2954502B x095C802B x295C802B
        1 16 6 LPC11U22 x2954402B
        1 24 4 LPC11E13/U13 x296A102B x097A802B x297A802B
        1 24 6 LPC11U23 x2972402B
        1 32 4 LPC11U14 x0998802B x2998802B
        1 32 6 LPC11U24/301 x2988402B
        1 32 8 LPC11E14/U24 x2980102B x2980002B
        1 40 8 LPC11U34/311 x3D440
        1 48 8 LPC11U34/421 x1CC40
        1 64 8 LPC11U35 x1BC40 xBC40
        1 96 8 LPC11E36/U36 x9C41 x19C40
        1 128 8 LPC11E37/U37 x7C45 x7C41 x17C40 x7C44 x7C40
        1 64 8 LPC11E66/U66 xDCC1 xDCC8
        1 128 16 LPC11E67/U67 xBC81 xBC88 xBC80
        1 256 32 LPC11E68/U68 x7C01 x7C08 x7C00
        1 8 4 LPC1311 x2C42502B x1816902B
        1 32 8 LPC1313 x2C40102B x1830102B
        1 32 8 LPC1315/45 x3A010523 x28010541
        1 48 8 LPC1316/46 x1A018524 x08018542
        1 64 8 LPC1317/47 x1A020525 x08020543
        1 16 4 LPC1342 x3D01402B
        1 32 8 LPC1343 x3D00002B x3000002B
        5 64 12 LPC15x7 x1547 x1517
        5 128 20 LPC15x8 x1548 x1518
        5 256 36 LPC15x9 x1549 x1519
        7 32 8 LPC1751 x25001110 x25001118
        7 64 16 LPC1752 x25001121
        7 128 16 LPC1754 x25011722
        7 256 16 LPC1756 x25011723
        7 512 32 LPC1758/59 x25013F37 x25113737
        7 256 32 LPC1763/65/66 x26012033 x26013733 x26013F33
        7 128 16 LPC1764 x26011922
        7 512 32 LPC1767/68/69 x26012837 x26013F37 x26113F37
        6 128 32 LPC1774 x27011132
        6 256 64 LPC1776/85/86 x27191F43 x281D1743 x281D1F43
        6 512 64 LPC1777/78/87/88 x27193747 x27193F47 x281D3747 x281D3F47
        6 64 16 LPC4072 x47011121
        6 128 32 LPC4074 x47011132
        6 256 64 LPC4076 x47191F43
        6 512 64 LPC4078/88 x47193F47 x481D3F47
        3 512 32 LPC435 xA001C830
        3 512 32 LPC433 xA001CA30
        3 512 32 LPC432 xA001CB3C xA00BCB3C
        3 512 32 LPC431 xA001CB3F xA00BCB3F
        """u8;
}

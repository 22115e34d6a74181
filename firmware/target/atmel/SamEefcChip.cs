using System;
using SharpProbe.Target.Cortex;

namespace SharpProbe.Target.Atmel;

/// <summary>What CHIPID_CIDR and a row say of a part with EEFC.</summary>
readonly struct SamEefcChip
{
    /// <summary>
    /// ARCH and EPROC of CIDR (bits 27:20 and 7:5); kind: 3: SAM3N and SAM3S, X: SAM3A and SAM3X, U: SAM3U, 4: SAM4 and G5x, D: with two planes, 7: Cortex-M7; last letter of the name, and the name up to
    /// the size. (Datasheets 11100, 11057, 6430, DS60001527, "CHIPID".)
    /// </summary>
    public static ReadOnlySpan<byte> Rows =>
        "x88 3 3 A SAM3S\n"u8 +
        "x89 3 3 B SAM3S\n"u8 +
        "x8A 3 3 C SAM3S\n"u8 +
        "x93 3 3 A SAM3N\n"u8 +
        "x94 3 3 B SAM3N\n"u8 +
        "x95 3 3 C SAM3N\n"u8 +
        "x98 3 3 A SAM3SD\n"u8 +
        "x99 3 3 B SAM3SD\n"u8 +
        "x9A 3 3 C SAM3SD\n"u8 +
        "x83 3 X C SAM3A\n"u8 +
        "x84 3 X C SAM3X\n"u8 +
        "x85 3 X E SAM3X\n"u8 +
        "x86 3 X H SAM3X\n"u8 +
        "x80 3 U C SAM3U\n"u8 +
        "x81 3 U E SAM3U\n"u8 +
        "x88 7 4 A SAM4S\n"u8 +
        "x89 7 4 B SAM4S\n"u8 +
        "x8A 7 4 C SAM4S\n"u8 +
        "x93 7 4 A SAM4N\n"u8 +
        "x94 7 4 B SAM4N\n"u8 +
        "x95 7 4 C SAM4N\n"u8 +
        "x99 7 D B SAM4SD\n"u8 +
        "x9A 7 D C SAM4SD\n"u8 +
        "x3C 7 4 - SAM4E\n"u8 +
        "x43 7 4 - SAMG51\n"u8 +
        "x44 7 4 - SAMG55G\n"u8 +
        "x45 7 4 - SAMG55J\n"u8 +
        "x47 7 4 - SAMG53\n"u8 +
        "x10 - 7 - SAME70\n"u8 +
        "x11 - 7 - SAMS70\n"u8 +
        "x12 - 7 - SAMV71\n"u8 +
        "x13 - 7 - SAMV70\n"u8;

    /// <summary>KiB of flash by NVPSIZ, in units of 16; of RAM by SRAMSIZ, in units of 2.</summary>
    private static ReadOnlySpan<byte> FlashUnits => [0, 0, 1, 2, 0, 4, 0, 8, 10, 16, 32, 0, 64, 0, 128, 0];
    private static ReadOnlySpan<byte> RamUnits => [24, 96, 192, 3, 12, 2, 40, 80, 4, 8, 16, 32, 64, 128, 48, 255];

    private readonly uint _kind;

    private SamEefcChip(uint kind, uint cidr)
    {
        _kind = kind;
        FlashKilobytes = FlashUnits[(int)(cidr >> 8 & 15)] * 16u;
        RamKilobytes = RamUnits[(int)(cidr >> 16 & 15)] * 2u;
        // The rest is elsewhere.
        if (kind == 'X') RamKilobytes = RamKilobytes > 64 ? 64u : 32;
    }

    public uint FlashKilobytes { get; }

    public uint RamKilobytes { get; }

    public uint Flash => _kind is 'X' or 'U' ? 0x0008_0000u : 0x0040_0000;

    public uint Ram => _kind == 7 ? 0x2040_0000u : 0x2000_0000;

    /// <summary>Bytes.</summary>
    public uint Page => HasErasePages ? 512u : 256;

    public uint LockRegion => _kind is 4 or 'D' ? 8192u : 16384;

    public bool HasErasePages => _kind is 4 or 'D' or 7;

    /// <summary>Bytes that an erase takes: 16 pages, or a page that is programmed with ones.</summary>
    public uint Block => HasErasePages ? Page * 16 : Page;

    /// <summary>The 128 and 64 KB parts of the SAM3U have one plane.</summary>
    public int Planes => _kind is 'X' or 'D' || _kind == 'U' && FlashKilobytes > 128 ? 2 : 1;

    public uint PlaneSize => FlashKilobytes * 1024 / (uint)Planes;

    /// <summary>From one plane's first address to the next one's.</summary>
    public uint Stride => _kind == 'U' ? 0x0008_0000u : PlaneSize;

    public uint Controller(int plane) => (_kind == 'U' ? 0x400E_0800u : _kind == 7 ? 0x400E_0C00u : 0x400E_0A00u) + (uint)plane * 0x200u;

    public static SamEefcChip Of(CortexM core) => new(PartTable.Row(Rows, core.PartRow)[2], core.PartData);

    public static bool TryFind(uint cidr, out int index)
    {
        var rows = new PartTable(Rows);
        index = 0;
        // NVPTYP: embedded flash; and how large it is.
        if ((cidr >> 28 & 7) != 2 || FlashUnits[(int)(cidr >> 8 & 15)] == 0) return false;
        while (rows.TryTake(out PartRow row))
        {
            index = rows.Index;
            if (row[0] == (cidr >> 20 & 0xFF) && row[1] == (cidr >> 5 & 7)) return true;
        }
        return false;
    }
}

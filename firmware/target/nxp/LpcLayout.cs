namespace SharpProbe.Target.Nxp;

/// <summary>What a series of LPCs has in common: where its boot ROM's IAP is, how its flash is cut, how flash is put at address 0 and its core on the internal oscillator.</summary>
/// <param name="entry">Of IAP; 0: the boot ROM has a pointer to it.</param>
/// <param name="ram">First address.</param>
/// <param name="sector">Bytes of the sectors at the beginning; those behind are eight times as large.</param>
/// <param name="unit">Smallest count of bytes that IAP copies.</param>
/// <param name="kilohertz">Of the internal oscillator.</param>
/// <param name="remap">Memory remap register; 0: flash needs none.</param>
/// <param name="flashAtZero">Its value that puts flash at 0.</param>
readonly struct LpcLayout(uint entry, uint ram, uint sector, int unit, uint kilohertz, uint remap, uint flashAtZero)
{
    public const uint Series43 = 3;

    /// <summary>LPC8xx; 84x and 80x; 15xx; 175x, 176x; 177x, 178x, 40xx; 43xx; 11xx, 11Uxx, 13xx.</summary>
    public static LpcLayout Of(uint series) => series switch
    {
        8 => new(0x1FFF_1FF1, 0x1000_0000, 1024, 64, 12_000, 0x4004_8000, 2),
        4 => new(0x0F00_1FF1, 0x1000_0000, 1024, 64, 12_000, 0x4004_8000, 2),
        5 => new(0x0300_0205, 0x0200_0000, 4096, 256, 12_000, 0x4007_4000, 2),
        7 => new(0x1FFF_1FF1, 0x1000_0000, 4096, 256, 4_000, 0x400F_C040, 1),
        6 => new(0x1FFF_1FF1, 0x1000_0000, 4096, 256, 12_000, 0x400F_C040, 1),
        Series43 => new(0, 0x1000_0000, 8192, 512, 12_000, 0, 0),
        _ => new(0x1FFF_1FF1, 0x1000_0000, 4096, 256, 12_000, 0x4004_8000, 2),
    };

    public uint Entry { get; } = entry;

    public uint Ram { get; } = ram;

    public uint Sector { get; } = sector;

    public int Unit { get; } = unit;

    public uint Kilohertz { get; } = kilohertz;

    public uint Remap { get; } = remap;

    public uint FlashAtZero { get; } = flashAtZero;
}

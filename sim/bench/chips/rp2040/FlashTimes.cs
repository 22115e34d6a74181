namespace SharpProbe.Sim.Chips.Rp2040;

/// <summary>How long a serial flash takes; femtoseconds.</summary>
public readonly record struct FlashTimes(ulong Page, ulong Sector, ulong HalfBlock, ulong Block, ulong Chip)
{
    private const ulong Millisecond = TimeBase.Second / 1000;

    /// <summary>W25Q16JV, AC characteristics, typical: tPP 0.4 ms, tSE 45 ms, tBE1 120 ms, tBE2 150 ms, tCE 5 s.</summary>
    public static FlashTimes W25Q16 { get; } = new(Millisecond * 2 / 5, 45 * Millisecond, 120 * Millisecond, 150 * Millisecond, 5000 * Millisecond);

    /// <summary>W25Q32JV: tPP 0.4 ms, tSE 45 ms, tBE1 120 ms, tBE2 150 ms, tCE 10 s.</summary>
    public static FlashTimes W25Q32 { get; } = W25Q16 with { Chip = 10_000 * Millisecond };
}

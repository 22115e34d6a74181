namespace SharpProbe.Sim.Chips.Efm32;

/// <summary>How long the flash of an EFM32 or EFR32 takes; femtoseconds.</summary>
/// <param name="First">A word alone, or the first of a sequence.</param>
/// <param name="Next">Each further word of a sequence.</param>
/// <param name="Page">Erasing a page.</param>
/// <param name="Mass">Erasing all of it, or a half.</param>
public readonly record struct MscTimes(ulong First, ulong Next, ulong Page, ulong Mass)
{
    private const ulong Microsecond = TimeBase.Second / 1_000_000;

    /// <summary>EFM32GG230 datasheet, "Flash": word 20 µs at least, page 20.4 ms, device 40.4 ms typical.</summary>
    public static MscTimes Efm32GG { get; } = new(20 * Microsecond, 20 * Microsecond, 20_400 * Microsecond, 40_400 * Microsecond);

    /// <summary>EFR32MG12 datasheet, "Flash memory characteristics", typical: 68.9 µs a word, 26.3 on the average of 128 in a sequence, 29.5 ms a page, 30 ms for all.</summary>
    public static MscTimes Efr32MG12 { get; } = new(68_900 * Microsecond / 1000, 25_960 * Microsecond / 1000, 29_500 * Microsecond, 30_000 * Microsecond);

    /// <summary>EFR32xG22 datasheets, the same table: 44 µs, 10.9 of 128, 12.9 ms, 13 ms.</summary>
    public static MscTimes Efr32xG22 { get; } = new(44 * Microsecond, 10_640 * Microsecond / 1000, 12_900 * Microsecond, 13_000 * Microsecond);
}

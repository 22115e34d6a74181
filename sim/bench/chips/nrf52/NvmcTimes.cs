namespace SharpProbe.Sim.Chips.Nrf52;

/// <summary>How long the flash of an nRF51 or nRF52 takes; femtoseconds.</summary>
/// <param name="Word">Programming 32 bits.</param>
/// <param name="PageErase">Erasing a page, or the UICR.</param>
/// <param name="EraseAll">Erasing flash and UICR.</param>
public readonly record struct NvmcTimes(ulong Word, ulong PageErase, ulong EraseAll)
{
    private const ulong Nanosecond = TimeBase.Second / 1_000_000_000, Microsecond = 1000 * Nanosecond;

    /// <summary>
    /// nRF52832 Product Specification, NVMC, electrical specification: a word takes 67.5 to 338 µs, a page up to 89.7 ms, everything up to 295.3 ms. Here a word takes the shortest time, so that a
    /// probe must keep up, and an erase the longest, so that it must be patient.
    /// </summary>
    public static NvmcTimes Nrf52832 { get; } = new(Microsecond * 135 / 2, 89_700 * Microsecond, 295_300 * Microsecond);

    /// <summary>nRF5340 Product Specification, NVMC, electrical specification, the longest of each, as remembered; taken for the nRF9160 too.</summary>
    public static NvmcTimes Nrf5340 { get; } = new(43 * Microsecond, 87_500 * Microsecond, 173_000 * Microsecond);

    /// <summary>nRF51822 Product Specification 3.1, flash: the longest of each as remembered; no copy was at hand.</summary>
    public static NvmcTimes Nrf51822 { get; } = new(46_300 * Nanosecond, 22_300 * Microsecond, 22_300 * Microsecond);
}

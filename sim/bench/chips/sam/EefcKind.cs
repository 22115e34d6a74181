namespace SharpProbe.Sim.Chips.Sam;

/// <summary>Where the EEFC of one family differs from another's. Times in femtoseconds.</summary>
/// <param name="Page">Bytes.</param>
/// <param name="LockRegion">Bytes.</param>
/// <param name="Bits">General-purpose bits.</param>
/// <param name="HasErasePages">The command EPA.</param>
/// <param name="EraseWriteLimit">EWP works below this offset only.</param>
/// <param name="SmallSectors">Bytes at the beginning that are two sectors of 8 KB.</param>
/// <param name="MostInSmall">Pages that EPA takes there at most.</param>
/// <param name="LeastInLarge">Pages that it takes elsewhere at least.</param>
public sealed record EefcKind(uint Page, uint LockRegion, uint Bits, bool HasErasePages, uint EraseWriteLimit, uint SmallSectors, uint MostInSmall, uint LeastInLarge)
{
    private const ulong Microsecond = TimeBase.Second / 1_000_000;

    public ulong PageTime { get; init; } = 1500 * Microsecond;

    /// <summary>16 pages; of EWP the page's erase.</summary>
    public ulong EraseTime { get; init; } = 50_000 * Microsecond;

    public ulong BitTime { get; init; } = 1500 * Microsecond;

    /// <summary>The command ES.</summary>
    public bool HasEraseSector => HasErasePages;

    /// <summary>Measured by OpenOCD's contributors: 7.3 s for 1 MB of a SAM4S.</summary>
    public ulong EraseAllTime(uint size) => 7_300_000 * Microsecond / 1024 * (size / 1024);

    public static EefcKind Sam3X { get; } = new(256, 16 * 1024, 3, false, uint.MaxValue, 0, 0, 0) { EraseTime = 2500 * Microsecond };
    public static EefcKind Sam4S { get; } = new(512, 8 * 1024, 2, true, 16 * 1024, 16 * 1024, 16, 16);
    public static EefcKind SamE70 { get; } = new(512, 16 * 1024, 9, true, 16 * 1024, 16 * 1024, 32, 16);
}

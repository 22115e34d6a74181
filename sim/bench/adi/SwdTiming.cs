namespace SharpProbe.Sim.Adi;

/// <summary>What a chip's SWD pins demand and do, in femtoseconds. The F103's datasheet gives none; the defaults are of the order of what those of the STM32H7 give.</summary>
public sealed record SwdTiming
{
    public const ulong Nanosecond = TimeBase.Second / 1_000_000_000;

    /// <summary>Rising edges closer than this frequency allows are sampled and answered wrongly, the more so the closer they are.</summary>
    public uint MaximumHertz { get; init; } = 50_000_000;
    /// <summary>SWCLK high and low at least.</summary>
    public ulong MinimumPulse { get; init; } = 8 * Nanosecond;
    /// <summary>SWDIO stable before the rising edge.</summary>
    public ulong Setup { get; init; } = 2 * Nanosecond;
    /// <summary>SWDIO stable after the rising edge.</summary>
    public ulong Hold { get; init; } = 1 * Nanosecond;
    /// <summary>From the rising edge to the target's new level on SWDIO.</summary>
    public ulong Output { get; init; } = 4 * Nanosecond;

    internal ulong MinimumPeriod => TimeBase.Second / MaximumHertz;
}

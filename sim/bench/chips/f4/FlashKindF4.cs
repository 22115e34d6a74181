namespace SharpProbe.Sim.Chips.F4;

/// <summary>What distinguishes the flash interfaces of F2, F4 and F7: one design (RM0033, RM0090, RM0385, RM0410, RM0431, chapter 3).</summary>
public sealed record FlashKindF4
{
    /// <summary>KB of each of the first four sectors; one of four times that follows, then those of eight times.</summary>
    public uint SmallSector { get; init; } = 16;
    public uint AcrMask { get; init; } = 0x1F07;
    public uint LatencyBits { get; init; } = 3;
    public uint CrMask { get; init; } = 0x8301_037F;
    /// <summary>Flags of SR, cleared by writing 1.</summary>
    public uint Flags { get; init; } = 0xF3;
    /// <summary>Writable bits of OPTCR, OPTCR1, OPTCR2, and what the factory has in them, OPTLOCK set.</summary>
    public (uint Mask, uint Factory)[] Options { get; init; } = [(0x0FFF_FFEF, 0x0FFF_AAED)];
    /// <summary>Two banks, and by what: OPTCR's bit 30, DB1M, on parts of 1 MB, always on larger ones; or bit 29, nDBANK, as 0, with sectors of half the size.</summary>
    public FlashBanksF4 Banks { get; init; }
    /// <summary>OPTCR1 has the boot addresses.</summary>
    public bool BootsByOptions { get; init; }

    /// <summary>STM32F40x, F410, F412: RM0090, RM0402; F2: RM0033.</summary>
    public static FlashKindF4 F40x { get; } = new();

    /// <summary>STM32F42x, F43x: RM0090 3.9.</summary>
    public static FlashKindF4 F42x { get; } = new()
    {
        AcrMask = 0x1F0F, LatencyBits = 4, CrMask = 0x8301_83FF, Flags = 0x1F3, Banks = FlashBanksF4.BySize, Options = [(0xCFFF_FFFF, 0x0FFF_AAED), (0x0FFF_0000, 0x0FFF_0000)],
    };

    /// <summary>STM32F74x, F75x: RM0385 3.7.</summary>
    public static FlashKindF4 F74x { get; } = new()
    {
        SmallSector = 32, AcrMask = 0xB0F, LatencyBits = 4, BootsByOptions = true, Options = [(0xC0FF_FFFF, 0xC0FF_AAFD), (uint.MaxValue, 0x0040_0080)],
    };

    /// <summary>STM32F76x, F77x: RM0410 3.7.</summary>
    public static FlashKindF4 F76x { get; } = F74x with { CrMask = 0x8301_83FF, Banks = FlashBanksF4.ByOption, Options = [(uint.MaxValue, 0xFFFF_AAFD), (uint.MaxValue, 0x0040_0080)] };

    /// <summary>STM32F72x, F73x: RM0431 3.7.</summary>
    public static FlashKindF4 F72x { get; } = F74x with
    {
        SmallSector = 16, CrMask = 0x8701_037F, Flags = 0x1F3, Options = [(0xC0FF_FFFF, 0xC0FF_AAFD), (uint.MaxValue, 0x0040_0080), (0x8000_00FF, 0x8000_0000)],
    };
}

using SharpProbe.Sim.Chips.Efm32;
using SharpProbe.Sim.Scs;

namespace SharpProbe.Sim.Targets;

/// <summary>An EFM32 or EFR32 of series 0 or 1.</summary>
/// <param name="Name">As the command line has it.</param>
/// <param name="Die">The maker's name of the family.</param>
/// <param name="Words">What it is, for people.</param>
/// <param name="Core">Identification of core and ROM table.</param>
/// <param name="IsSeries1">Or 0.</param>
/// <param name="Hertz">After reset.</param>
/// <param name="Times">Of the flash.</param>
/// <param name="FlashKilobytes">Main flash.</param>
/// <param name="RamKilobytes">From 0x20000000 on.</param>
/// <param name="PageSize">Bytes.</param>
/// <param name="Part">PART of the device information page: revision, family, number.</param>
/// <param name="Msc">Where its MSC is.</param>
/// <param name="Aap">IDR of the authentication access port.</param>
/// <param name="Port">Debug port.</param>
public sealed record Efm32Part(string Name, string Die, string Words, CoreFeatures Core, bool IsSeries1, ulong Hertz, MscTimes Times, uint FlashKilobytes, uint RamKilobytes, uint PageSize, uint Part, uint Msc, uint Aap, PlainPort Port)
{
    private static readonly uint[] s_components = [0xFFF0_F003, 0xFFF0_2003, 0xFFF0_3003, 0xFFF0_1003, 0xFFF4_1003, 0xFFF4_2003];

    /// <summary>Of parts with a Cortex-M0+.</summary>
    public const uint RomTableM0Plus = 0xF00F_F000;

    public static IReadOnlyList<Efm32Part> All { get; } =
    [
        new("efm32gg", "EFM32GG", "EFM32GG230, 1 MB of flash, 128 KB of RAM",
            CoreFeatures.CortexM3 with { CpuId = 0x412F_C231, InterruptLines = 39, PriorityBits = 3, MpuRegions = 8, HasEtm = true, PartRomTable = (0x0C4, 0x673, s_components) },
            false, 14_000_000, MscTimes.Efm32GG, 1024, 128, 4096, 0x1F48_0000 | 230, 0x400C_0000, 0x16E6_0001, new(0x2BA0_1477, 0x2477_0011, PlainPort.ArmTable, false, ("PD4", "PD5"))),
        new("efm32hg", "EFM32HG", "EFM32HG322, 64 KB of flash, 8 KB of RAM, a Cortex-M0+",
            CoreFeatures.CortexM0Plus with { InterruptLines = 19, MpuRegions = 0 },
            false, 14_000_000, MscTimes.Efm32GG, 64, 8, 1024, 0x044D_0000 | 322, 0x400C_0000, 0x16E6_0001, PlainPort.M0Plus(RomTableM0Plus | 3, "PD7", "PD6")),
        new("efr32mg12", "EFR32MG12", "EFR32MG12P432, 1 MB of flash, 256 KB of RAM, a Cortex-M4F",
            CoreFeatures.CortexM4 with { InterruptLines = 51, PriorityBits = 3, HasEtm = true, PartRomTable = (0x0C9, 0x673, s_components) },
            true, 19_000_000, MscTimes.Efr32MG12, 1024, 256, 2048, 0x021C_0000 | 432, 0x400E_0000, 0x26E6_0011, PlainPort.M4(PlainPort.ArmTable, "PA0", "PA1")),
    ];
}

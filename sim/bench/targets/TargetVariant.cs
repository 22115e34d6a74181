using SharpProbe.Sim.Chips.F1;
using SharpProbe.Sim.Scs;

namespace SharpProbe.Sim.Targets;

/// <summary>What tells the members of the F103 family apart, for a debugger.</summary>
/// <param name="Kind">Which.</param>
/// <param name="Name">As the command line has it.</param>
/// <param name="Dpidr">SW-DP DPIDR.</param>
/// <param name="JtagId">IDCODE of the JTAG-DP.</param>
/// <param name="ApIdr">AHB-AP IDR.</param>
/// <param name="Core">Identification of core and ROM table.</param>
/// <param name="Idcode">DBGMCU_IDCODE.</param>
/// <param name="FlashKilobytes">What the flash size register says and what is there.</param>
/// <param name="Times">Of the flash.</param>
public sealed record TargetVariant(TargetKind Kind, string Name, uint Dpidr, uint JtagId, uint ApIdr, CoreFeatures Core, uint Idcode, uint FlashKilobytes, FlashTimesF1 Times)
{
    /// <summary>KB from 0x20000000 on.</summary>
    public uint RamKilobytes { get; init; } = 20;

    /// <summary>Flash controller.</summary>
    public FlashKindF1 Flash { get; init; } = FlashKindF1.F1;

    /// <summary>What it really is.</summary>
    public string Words { get; init; } = "STM32F103";

    /// <summary>BASE of the AHB-AP: the ROM table, present, in its old format.</summary>
    public const uint RomBase = 0xE00F_F003;

    /// <summary>IDCODE of the boundary scan TAP of a medium-density part, revision B (RM0008 31.6.1).</summary>
    public const uint BoundaryScanId = 0x1641_0041;

    private const ulong Microsecond = TimeBase.Second / 1_000_000, Millisecond = 1000 * Microsecond;

    /// <summary>Arm's own table in place of ST's, core r2p1: what sets the copies apart.</summary>
    private static CoreFeatures CoreR2 { get; } = CoreFeatures.Stm32F103 with { CpuId = 0x412F_C231, HasEtm = false, PartRomTable = null };

    /// <summary>A Cortex-M4 of another maker: no ETM, no ROM table of ST's.</summary>
    private static CoreFeatures CoreM4(int interrupts) => CoreFeatures.CortexM4 with { InterruptLines = interrupts };

    /// <summary>
    /// Times: DS5319 table "Flash memory characteristics", 52.5 µs typical, 20 to 40 ms. Of the copies' datasheets only orders of magnitude are certain; they are
    /// here so that a debugger is seen to work with whatever it meets.
    /// </summary>
    public static IReadOnlyList<TargetVariant> All { get; } =
    [
        new(TargetKind.Genuine, "stm32f103", 0x1BA0_1477, 0x3BA0_0477, 0x1477_0011, CoreFeatures.Stm32F103, 0x2003_6410, 64, new(52_500_000_000, 20 * Millisecond, 20 * Millisecond)),
        new(TargetKind.Clone, "stm32f103-clone", 0x2BA0_1477, 0x4BA0_0477, 0x2477_0011, CoreR2, 0x2003_6410, 64, new(10 * Microsecond, 2 * Millisecond, 4 * Millisecond)),
        new(TargetKind.Gd32, "gd32f103", 0x1BA0_1477, 0x3BA0_0477, 0x1477_0011, CoreR2, 0x1303_0410, 128, new(100 * Microsecond, 60 * Millisecond, 3000 * Millisecond)),
        new(TargetKind.Ch32, "ch32f103", 0x2BA0_1477, 0x4BA0_0477, 0x2477_0011, CoreR2, 0x2000_4410, 64, new(52_500_000_000, 20 * Millisecond, 20 * Millisecond)) { Flash = FlashKindF1.Ch32, Words = "CH32F103C8" },
        new(TargetKind.Gd32F303, "gd32f303", 0x2BA0_1477, 0x4BA0_0477, 0x2477_0011, CoreM4(68) with { PartRomTable = (0x414, 0x751, [0xFFF0_F003, 0xFFF0_2003, 0xFFF0_3003, 0xFFF0_1003, 0xFFF4_1003]) }, 0x1303_0414, 256, new(37_500_000_000, 50 * Millisecond, 1000 * Millisecond)) { Flash = FlashKindF1.Gd32F30x, RamKilobytes = 48, Words = "GD32F303RC, a Cortex-M4" },
        new(TargetKind.At32F403A, "at32f403a", 0x2BA0_1477, 0x4BA0_0477, 0x2477_0011, CoreM4(76), 0x7005_0344, 1024, new(50 * Microsecond, 50 * Millisecond, 800 * Millisecond)) { Flash = FlashKindF1.At32, RamKilobytes = 96, Words = "AT32F403AVG, two banks, a Cortex-M4" },
        new(TargetKind.At32F415, "at32f415", 0x2BA0_1477, 0x4BA0_0477, 0x2477_0011, CoreM4(76) with { MediaFeatures = [] }, 0x7003_0240, 256, new(50 * Microsecond, 50 * Millisecond, 800 * Millisecond)) { Flash = FlashKindF1.At32F415, RamKilobytes = 32, Words = "AT32F415RC, a Cortex-M4" },
        new(TargetKind.At32F421, "at32f421", 0x2BA0_1477, 0x4BA0_0477, 0x2477_0011, CoreM4(60) with { MediaFeatures = [] }, 0x5002_0100, 64, new(50 * Microsecond, 40 * Millisecond, 800 * Millisecond)) { Flash = FlashKindF1.At32F421, RamKilobytes = 16, Words = "AT32F421C8, a Cortex-M4" },
        new(TargetKind.Cs32, "cs32f103", 0x2BA0_1477, 0x4BA0_0477, 0x2477_0011, CoreR2, 0x2003_629B, 64, new(52_500_000_000, 20 * Millisecond, 20 * Millisecond)) { Words = "CS32F103C8" },
        new(TargetKind.Slow, "stm32f103-slow", 0x1BA0_1477, 0x3BA0_0477, 0x1477_0011, CoreFeatures.Stm32F103, 0x2003_6410, 128, new(70 * Microsecond, 40 * Millisecond, 40 * Millisecond)),
    ];

    public static TargetVariant Of(TargetKind kind) => All.First(v => v.Kind == kind);
}

using SharpProbe.Sim.Boards;
using SharpProbe.Sim.Chips;
using SharpProbe.Sim.Chips.Clocks;
using SharpProbe.Sim.Chips.F4;
using SharpProbe.Sim.Cpu;
using SharpProbe.Sim.Pins;
using SharpProbe.Sim.Scs;

namespace SharpProbe.Sim.Targets;

/// <summary>
/// STM32 whose flash controller is the F4's: F207, F429, F722, F746, F767, as a reset leaves them: memories, flash, watchdog, DBGMCU. The clock stays that of reset, 16 MHz; what debuggers write to the RCC's
/// first registers is kept without effect.
/// </summary>
public sealed class ChipF4Kin : StChip
{
    private const uint ItcmFlash = 0x0020_0000, CoreCoupled = 0x1000_0000;
    private const ulong Hsi = 16_000_000, Lsi = 32_000;

    private readonly FlashF4 _flash;
    private readonly MemoryRegion _system;

    /// <summary>Cortex-M3 r2p0.</summary>
    private static CoreFeatures Core3 => CoreFeatures.CortexM3 with { CpuId = 0x412F_C230, InterruptLines = 81, MpuRegions = 8, HasEtm = true, PartRomTable = CoreFeatures.Stm32M4(0x411, 81).PartRomTable };

    /// <summary>DEV_ID and REV_ID: RM0033 32.6.1, RM0090 38.6.1, RM0431 40.6.1, RM0385 40.6.1, RM0410 43.6.1. The F767 is set to two banks.</summary>
    public static IReadOnlyList<StPart> Parts { get; } =
    [
        new("stm32f207", "STM32F207VG, 1 MB of flash", Core3, 0x2001_6411, 1024, 120) { RamKilobytes = 128 },
        new("stm32f429", "STM32F429ZI, 2 MB of flash in two banks", CoreFeatures.Stm32M4(0x419, 91), 0x2003_6419, 2048, 180) { RamKilobytes = 192 },
        M7("stm32f722", "STM32F722ZE, 512 KB of flash", Core7(0x411F_C270, 0x452, 8), 0x1000_0452, 512, 256),
        M7("stm32f746", "STM32F746ZG, 1 MB of flash", Core7(0x410F_C271, 0x449, 4), 0x1001_6449, 1024, 320),
        M7("stm32f767", "STM32F767ZI, 2 MB of flash as two banks (nDBANK = 0)", Core7(0x411F_C270, 0x451, 16) with { MediaFeatures = CoreFeatures.Stm32H743.MediaFeatures }, 0x1001_6451, 2048, 512),
    ];

    public ChipF4Kin(StPart part, TimeBase time, Nets nets) : base(part.Name[5..].ToUpperInvariant(), KindOf(part.Core), part, time, nets)
    {
        bool isF7 = part.Core.IsM7;
        if (isF7) AddRam("ITCM", 0, 16, MemoryTiming.Tcm);
        uint tcm = !isF7 ? 0u : part.FlashKilobytes == 2048 ? 128u : 64;
        if (isF7) AddRam("DTCM", 0x2000_0000, tcm, MemoryTiming.Tcm);
        AddRam("SRAM", 0x2000_0000 + tcm * 1024, part.RamKilobytes - tcm, isF7 ? MemoryTiming.Axi : MemoryTiming.Ahb);
        if (DevId == 0x419) AddRam("CCM", CoreCoupled, 64, MemoryTiming.Ahb);
        if (isF7) Bus.Alias(ItcmFlash, Array);
        bool largeF7 = DevId is 0x449 or 0x451;
        _system = new("system memory", isF7 ? 0x1FF0_0000u : 0x1FFF_0000, isF7 ? 0x1_0000u : 0x7C00, MemoryTiming.Flash);
        Bus.Map(_system);
        FillBootLoader(_system);
        _flash = new(Die, Array, _system, largeF7 ? (0xF000u, 0x420u) : (0x7800u, 0x210u), null, FlashOf(DevId));
        if (DevId == 0x451) _flash.SetOption(0, 0xDFFF_AAFD);
        uint id = _system.Address + (largeF7 ? 0xF420u : 0x7A10u);
        Identity.Write(_system, id, id + (largeF7 ? 0x22u : 0x12u), part.FlashKilobytes);
        var clocks = new ResetClocks(Die, Hsi, Lsi, [], Kept("CR", 0x00, 0x83), Kept("PLLCFGR", 0x04, 0x2400_3010), Kept("CFGR", 0x08, 0), Kept("CIR", 0x0C, 0));
        Assemble(clocks, MemoryMapF4.Kin, Dbgmcu.F4(part.Idcode), 0xE004_2000, []);
    }

    public override FlashF4 Flash => _flash;

    private uint DevId => Part.Idcode & 0xFFF;

    protected override PeripheralPath[] Paths => Part.Core.IsM7 ? [] : PeripheralPath.F4;

    protected override void Boot()
    {
        if (Part.Core.IsM7) Core.BootVectorTable = _flash.BootAddress(BootPin);
        else MapAtZero(BootPin ? _system : Array);
    }

    protected override bool IsClosedBeside(uint address) => Part.Core.IsM7 && address - ItcmFlash < Array.Size;

    protected override void CheckClocks() { }

    private static CoreKind KindOf(CoreFeatures core) => core.IsM7 ? core.MediaFeatures == CoreFeatures.Stm32H743.MediaFeatures ? CoreKind.CortexM7Double : CoreKind.CortexM7 : core.HasFpu ? CoreKind.CortexM4 : CoreKind.CortexM3;

    private static FlashKindF4 FlashOf(uint devId) => devId switch
    {
        0x419 => FlashKindF4.F42x,
        0x449 => FlashKindF4.F74x,
        0x451 => FlashKindF4.F76x,
        0x452 => FlashKindF4.F72x,
        _ => FlashKindF4.F40x,
    };

    private static Register Kept(string name, uint offset, uint reset) => new() { Name = name, Offset = offset, Reset = reset, Widths = 7 };

    /// <param name="cache">KB of each.</param>
    private static CoreFeatures Core7(uint cpuId, ushort part, int cache) => CoreFeatures.Stm32F723 with { CpuId = cpuId, InstructionCache = cache, DataCache = cache, PartRomTable = (part, 0x020, [0x0000_1003]) };

    private static StPart M7(string name, string words, CoreFeatures core, uint idcode, uint flash, uint ram) => new(name, words, core, idcode, flash, 216)
    {
        RamKilobytes = ram, Dpidr = 0x5BA0_2477, ApIdr = 0x7477_0001, RomBase = 0xE00F_D003, TargetId = (idcode & 0xFFF) << 16 | 0x41,
    };
}

using SharpProbe.Sim.Boards;
using SharpProbe.Sim.Chips;
using SharpProbe.Sim.Chips.Clocks;
using SharpProbe.Sim.Chips.F1;
using SharpProbe.Sim.Cpu;
using SharpProbe.Sim.Pins;
using SharpProbe.Sim.Scs;

namespace SharpProbe.Sim.Targets;

/// <summary>STM32F051 and F303 as targets (RM0091, RM0316, DS8668, DS9118): core, the F1's flash controller, RAM, GPIO and watchdog. The clock is that of reset, 8 MHz.</summary>
public sealed class ChipF0 : StChip
{
    private const uint OptionBytes = 0x1FFF_F800, UniqueId = 0x1FFF_F7AC, FlashSize = 0x1FFF_F7CC, FlashSizeGd32 = 0x1FFF_F7E0;
    private const ulong Hsi = 8_000_000, Lsi = 40_000, Millisecond = TimeBase.Second / 1000;

    private static readonly AlternateFunctions Functions = new("", partial: true);

    private readonly FlashF1 _flash;
    private readonly MemoryRegion _system;

    /// <summary>DEV_ID and REV_ID: RM0091 32.4.1, RM0316 33.6.1. The Cortex-M0 here is the M0+ model with the M0's CPUID and no MPU.</summary>
    public static IReadOnlyList<StPart> Parts { get; } =
    [
        new("stm32f051", "STM32F051R8, 64 KB of flash, a Cortex-M0", CoreFeatures.CortexM0Plus with { CpuId = 0x410C_C200, MpuRegions = 0 }, 0x2000_0440, 64, 48)
        {
            RamKilobytes = 8, Dpidr = 0x0BB1_1477, ApIdr = 0x0477_0021, RomBase = 0xF000_0003,
        },
        // A Cortex-M23 of GigaDevice; the M0+ model, which has no divider and none of v8-M's instructions, with its CPUID.
        new("gd32e230", "GD32E230C8, 64 KB of flash, a Cortex-M23", CoreFeatures.CortexM0Plus with { CpuId = 0x411C_D200, MpuRegions = 0 }, 0x1000_0410, 64, 72)
        {
            RamKilobytes = 8, Dpidr = 0x0BF1_1477, ApIdr = 0x0477_0051, RomBase = 0xF000_0003,
        },
        new("stm32f303", "STM32F303VC, 256 KB of flash", CoreFeatures.Stm32M4(0x422, 82), 0x1003_6422, 256, 72) { RamKilobytes = 40 },
    ];

    public ChipF0(StPart part, TimeBase time, Nets nets) : base(part.Core.IsV6M ? "F0" : "F3", part.Core.IsV6M ? CoreKind.CortexM0Plus : CoreKind.CortexM4, part, time, nets)
    {
        bool isF0 = part.Core.IsV6M, isGd32 = part.Name.StartsWith("gd32", StringComparison.Ordinal);
        AddRam("SRAM", 0x2000_0000, part.RamKilobytes, MemoryTiming.Ahb);
        if (!isF0) AddRam("CCM", 0x1000_0000, 8, MemoryTiming.Ahb);
        uint system = isF0 ? 0x1FFF_EC00u : 0x1FFF_D800;
        _system = new("system memory", system, OptionBytes - system, MemoryTiming.Flash) { OnWrite = (_, _, _) => { } };
        Bus.Map(_system);
        FillBootLoader(_system);
        Identity.Write(_system, UniqueId, isGd32 ? FlashSizeGd32 : FlashSize, part.FlashKilobytes);
        var options = new MemoryRegion("option bytes", OptionBytes, 16, MemoryTiming.Flash);
        Bus.Map(options);
        // DS8668 table 44, DS9118 table 43: typical times of programming and of a page; a mass erase takes the same.
        _flash = new(Die, Array, options, new(53_500_000_000, 30 * Millisecond, 30 * Millisecond), isGd32 ? FlashKindF1.Gd32E23x : isF0 ? FlashKindF1.F0 : FlashKindF1.F3);
        _flash.LaunchRequested += () => RequestReset(ResetCause.OptionBytes, "FLASH_CR.OBL_LAUNCH");
        if (isF0) Bus.Map(0xF000_0000, 0x1000, new RomTable("ROM table", (ushort)(part.Idcode & 0xFFF), isGd32 ? 0x751u : 0x020, [0xF00F_F003]));
        var clocks = new ResetClocks(Die, Hsi, Lsi, isF0 ? RccRowsF0.F0 : RccRowsF0.F3, new Register { Name = "CR", Offset = 0, Reset = 0x83, ReadMask = 0xFBFF_FFFB, WriteMask = 0xF9, Widths = 7 });
        Assemble(clocks, isF0 ? MemoryMapF0.F0 : MemoryMapF0.F3, isF0 ? Dbgmcu.F0(part.Idcode) : Dbgmcu.F4(part.Idcode), isF0 ? 0x4001_5800 : 0xE004_2000,
            [.. (isF0 ? "ABCDF" : "ABCDEF").Select(port => new Gpio(port, Die, GpioResets.F4(port) with { HasBrr = true }, Functions))]);
    }

    public override FlashF1 Flash => _flash;

    protected override PeripheralPath[] Paths => PeripheralPath.F4;

    protected override void Boot() => MapAtZero(BootPin ? _system : Array);

    protected override void CheckClocks() { }
}

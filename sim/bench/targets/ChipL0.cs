using SharpProbe.Sim.Boards;
using SharpProbe.Sim.Chips;
using SharpProbe.Sim.Chips.Clocks;
using SharpProbe.Sim.Chips.L0;
using SharpProbe.Sim.Cpu;
using SharpProbe.Sim.Pins;
using SharpProbe.Sim.Scs;

namespace SharpProbe.Sim.Targets;

/// <summary>STM32L011, L053, L151, L152 and L162 as targets (RM0376, RM0038, DS10152, DS6876): core, flash, EEPROM, RAM, GPIO and watchdog; MSI and HSI16.</summary>
public sealed class ChipL0 : StChip
{
    private const uint Eeprom = 0x0808_0000, System = 0x1FF0_0000, Options = 0x1FF8_0000;

    private static readonly AlternateFunctions Functions = new("", partial: true);

    private readonly FlashL0 _flash;
    private readonly MemoryRegion _system;

    /// <summary>DEV_ID and REV_ID: RM0376 27.4.1, RM0038 30.6.1. The L1's core is a Cortex-M3 r2p0 with MPU.</summary>
    public static IReadOnlyList<StPart> Parts { get; } =
    [
        new("stm32l053", "STM32L053R8, 64 KB of flash, 2 KB of EEPROM, a Cortex-M0+", CoreFeatures.CortexM0Plus, 0x1008_6417, 64, 32)
        {
            RamKilobytes = 8, Dpidr = 0x0BC1_1477, ApIdr = 0x0477_0031, RomBase = 0xF000_0003,
        },
        new("stm32l011", "STM32L011F3, 8 KB of flash, 512 bytes of EEPROM, a Cortex-M0+", CoreFeatures.CortexM0Plus, 0x1008_6457, 8, 32)
        {
            RamKilobytes = 2, Dpidr = 0x0BC1_1477, ApIdr = 0x0477_0031, RomBase = 0xF000_0003,
        },
        new("stm32l151", "STM32L151C6, 32 KB of flash, 4 KB of EEPROM", L1Core, 0x1008_6416, 32, 32) { RamKilobytes = 10 },
        new("stm32l152", "STM32L152RB, 128 KB of flash, 4 KB of EEPROM", L1Core, 0x1008_6416, 128, 32) { RamKilobytes = 16 },
        new("stm32l162", "STM32L162RC, category 3, 256 KB of flash, 8 KB of EEPROM", L1Core with { PartRomTable = L1Core.PartRomTable!.Value with { Part = 0x427 } }, 0x1018_6427, 256, 32) { RamKilobytes = 32 },
    ];

    private static CoreFeatures L1Core => CoreFeatures.Stm32F103 with
    {
        CpuId = 0x412F_C230, InterruptLines = 45, MpuRegions = 8, PartRomTable = CoreFeatures.Stm32F103.PartRomTable!.Value with { Part = 0x416 },
    };

    public ChipL0(StPart part, TimeBase time, Nets nets) : base(part.Core.IsV6M ? "L0" : "L1", part.Core.IsV6M ? CoreKind.CortexM0Plus : CoreKind.CortexM3, part, time, nets)
    {
        bool isL0 = part.Core.IsV6M, isCategory3 = part.FlashKilobytes == 256;
        AddRam("SRAM", 0x2000_0000, part.RamKilobytes, MemoryTiming.Ahb);
        var eeprom = new MemoryRegion("data EEPROM", Eeprom, isCategory3 ? 8192u : !isL0 ? 4096u : part.FlashKilobytes == 8 ? 512u : 2048, MemoryTiming.Flash);
        Bus.Map(eeprom);
        _system = new("system memory", System, 0x1000, MemoryTiming.Flash) { OnWrite = (_, _, _) => { } };
        Bus.Map(_system);
        FillBootLoader(_system);
        var options = new MemoryRegion("option bytes", Options, 32, MemoryTiming.Flash);
        Bus.Map(options);
        var factory = new MemoryRegion("factory options", Options + 0x20, 0xE0, MemoryTiming.Flash) { OnWrite = (_, _, _) => { } };
        Bus.Map(factory);
        // RM0376 28.1 and 28.2, RM0038 31.1 and 31.2.
        uint category = isCategory3 ? 0x80u : 0;
        Identity.Write(factory, Options + category + 0x50, Options + category + (isL0 ? 0x7Cu : 0x4C), part.FlashKilobytes, third: 0x14);
        _flash = new(Die, Array, eeprom, options, isL0 ? FlashKindL0.L0 : isCategory3 ? FlashKindL0.L1Category3 : FlashKindL0.L1);
        _flash.LaunchRequested += () => RequestReset(ResetCause.OptionBytes, "FLASH_PECR.OBL_LAUNCH");
        if (isL0) Bus.Map(0xF000_0000, 0x1000, new RomTable("ROM table", (ushort)(part.Idcode & 0xFFF), 0x020, [0xF00F_F003]));
        var clocks = new RccL0(Die, isL0, isL0 ? RccRowsL0.L0 : RccRowsL0.L1);
        Assemble(clocks, isL0 ? MemoryMapL0.L0 : MemoryMapL0.L1, isL0 ? Dbgmcu.L0(part.Idcode) : Dbgmcu.F4(part.Idcode), isL0 ? 0x4001_5800 : 0xE004_2000,
            [.. (isL0 ? "ABCDH" : "ABCDEH").Select(port => new Gpio(port, Die, isL0 ? GpioResets.L4(port) with { HasAscr = false } : GpioResets.F4(port) with { HasBrr = true }, Functions))]);
    }

    public override FlashL0 Flash => _flash;

    protected override PeripheralPath[] Paths => PeripheralPath.F4;

    public override void Reset(ResetCause cause)
    {
        if (cause is ResetCause.PowerOn or ResetCause.OptionBytes) _flash.LoadOptions();
        base.Reset(cause);
    }

    protected override void Boot() => MapAtZero(BootPin ? _system : Array);

    protected override void CheckClocks() { }

    /// <summary>The data EEPROM goes with the program memory (RM0376 3.4.1).</summary>
    protected override bool IsClosedBeside(uint address) => address - Eeprom < 0x2000;
}

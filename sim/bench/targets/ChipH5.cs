using SharpProbe.Sim.Boards;
using SharpProbe.Sim.Chips;
using SharpProbe.Sim.Chips.Clocks;
using SharpProbe.Sim.Chips.H5;
using SharpProbe.Sim.Cpu;
using SharpProbe.Sim.Pins;
using SharpProbe.Sim.Scs;

namespace SharpProbe.Sim.Targets;

/// <summary>STM32H563 as a target, TrustZone off (RM0481): flash, RAM, watchdog. Its core is the bench's Cortex-M4 with the Cortex-M33's CPUID and breakpoint unit: enough for a debugger that programs it.</summary>
public sealed class ChipH5 : StChip
{
    private const uint Information = 0x08FF_F000, System = 0x0BF8_0000;
    private const ulong Hsi = 64_000_000, Lsi = 32_000;

    private readonly FlashH5 _flash;
    private readonly MemoryRegion _system;

    /// <summary>DEV_ID and REV_ID: RM0481 59.12.4.</summary>
    public static IReadOnlyList<StPart> Parts { get; } =
    [
        new("stm32h563", "STM32H563ZI, 2 MB of flash in two banks", CoreFeatures.Stm32M4(0x484, 131) with { CpuId = 0x410F_D214, FpbVersion = 2, FpbCodeComparators = 8, FpbLiteralComparators = 0 }, 0x1007_6484, 2048, 250)
        {
            RamKilobytes = 640, ApIdr = 0x8477_0015,
        },
    ];

    public ChipH5(StPart part, TimeBase time, Nets nets) : base("H5", CoreKind.CortexM4, part, time, nets)
    {
        AddRam("SRAM", 0x2000_0000, part.RamKilobytes, MemoryTiming.Ahb);
        var information = new MemoryRegion("flash information", Information, 0x1000, MemoryTiming.Flash) { OnWrite = (_, _, _) => { } };
        Bus.Map(information);
        Identity.Write(information, Information + 0x800, Information + 0x80C, part.FlashKilobytes);
        _system = new("system memory", System, 0x1000, MemoryTiming.Flash) { OnWrite = (_, _, _) => { } };
        Bus.Map(_system);
        FillBootLoader(_system);
        _flash = new(Die, Array);
        Assemble(new ResetClocks(Die, Hsi, Lsi, []), MemoryMapH5.Blocks, Dbgmcu.H5(part.Idcode), 0xE004_4000, []);
    }

    public override FlashH5 Flash => _flash;

    protected override PeripheralPath[] Paths => [];

    protected override void Boot()
    {
        Core.BootVectorTable = BootPin ? System : FlashStart;
        MapAtZero(BootPin ? _system : Array);
    }

    protected override void CheckClocks() { }
}

using SharpProbe.Sim.Boards;
using SharpProbe.Sim.Chips;
using SharpProbe.Sim.Chips.Clocks;
using SharpProbe.Sim.Chips.H5;
using SharpProbe.Sim.Cpu;
using SharpProbe.Sim.Pins;
using SharpProbe.Sim.Scs;

namespace SharpProbe.Sim.Targets;

/// <summary>STM32H563 and H503 as targets, TrustZone off (RM0481, RM0492): flash, RAM, watchdog. Its core is the bench's Cortex-M4 with the Cortex-M33's CPUID and breakpoint unit: enough for a debugger that programs it.</summary>
public sealed class ChipH5 : StChip
{
    private const uint Information = 0x08FF_F000, System = 0x0BF8_0000;
    private const ulong Hsi = 64_000_000, Lsi = 32_000;

    private readonly FlashH5 _flash;
    private readonly MemoryRegion _system;

    /// <summary>DEV_ID and REV_ID: RM0481 59.12.4, RM0492 41.12.4.</summary>
    public static IReadOnlyList<StPart> Parts { get; } =
    [
        Part33("stm32h563", "STM32H563ZI, 2 MB of flash in two banks", 0x1007_6484, 2048, 640),
        Part33("stm32h503", "STM32H503RB, 128 KB of flash in two banks", 0x1001_6474, 128, 32),
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
        _flash = new(Die, Array, part.FlashKilobytes > 128 ? 4u : 1);
        Assemble(new ResetClocks(Die, Hsi, Lsi, []), MemoryMapH5.Blocks, Dbgmcu.H5(part.Idcode), 0xE004_4000, []);
    }

    public override FlashH5 Flash => _flash;

    protected override PeripheralPath[] Paths => [];

    protected override void Boot()
    {
        Core.BootVectorTable = BootPin ? System : _flash.BootAddress;
        MapAtZero(BootPin ? _system : Array);
    }

    protected override void CheckClocks() { }

    private static StPart Part33(string name, string words, uint idcode, uint flash, uint ram) =>
        new(name, words, CoreFeatures.Stm32M4((ushort)(idcode & 0xFFF), 131) with { CpuId = 0x410F_D214, FpbVersion = 2, FpbCodeComparators = 8, FpbLiteralComparators = 0 }, idcode, flash, 250) { RamKilobytes = ram, ApIdr = 0x8477_0015 };
}

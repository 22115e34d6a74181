using SharpProbe.Sim.Adi;
using SharpProbe.Sim.Boards;
using SharpProbe.Sim.Chips;
using SharpProbe.Sim.Chips.Clocks;
using SharpProbe.Sim.Chips.H7;
using SharpProbe.Sim.Cpu;
using SharpProbe.Sim.Pins;
using SharpProbe.Sim.Scs;

namespace SharpProbe.Sim.Targets;

/// <summary>
/// STM32H743, H723 and H7A3 as targets (RM0433, RM0468, RM0455): the core behind AP 0, the debug bus behind AP 2, flash, RAM, GPIO and watchdog. The clock is that of reset, 64 MHz.
/// </summary>
public sealed class ChipH7 : StChip
{
    private const uint System = 0x1FF0_0000, DebugBus = 0x5C00_0000, DebugBusAtAp = 0xE00E_0000, DebugBusSize = 0x2_0000, SecondBank = 0x0810_0000, InfoH7A = 0x08FF_F000;
    private const ulong Hsi = 64_000_000, Lsi = 32_000;

    private static readonly AlternateFunctions Functions = new("", partial: true);

    private readonly FlashH7 _flash;
    private readonly MemoryRegion? _bank2;

    /// <summary>DEV_ID and REV_ID: RM0433 60.5.8, RM0468 63.5.8, RM0455 65.5.8.</summary>
    public static IReadOnlyList<StPart> Parts { get; } =
    [
        Part7("stm32h743", "STM32H743ZI, 2 MB of flash in two banks", 0x2003_6450, 2048),
        Part7("stm32h723", "STM32H723ZG, 1 MB of flash", 0x1001_6483, 1024),
        Part7("stm32h7a3", "STM32H7A3ZI, 2 MB of flash in two banks of small sectors", 0x1001_6480, 2048),
    ];

    public ChipH7(StPart part, TimeBase time, Nets nets) : base("H7", CoreKind.CortexM7Double, part, time, nets, Math.Min(part.FlashKilobytes, 1024))
    {
        AddRam("ITCM", 0, 64, MemoryTiming.Tcm);
        AddRam("DTCM", 0x2000_0000, part.RamKilobytes, MemoryTiming.Tcm);
        AddRam("AXI SRAM", 0x2400_0000, DevId == 0x483 ? 320u : DevId == 0x480 ? 1024u : 512, MemoryTiming.Axi);
        AddRam("SRAM4", 0x3800_0000, DevId == 0x483 ? 16u : DevId == 0x480 ? 32u : 64, MemoryTiming.Ahb);
        if (part.FlashKilobytes > 1024) Bus.Map(_bank2 = new("flash bank 2", SecondBank, Array.Size, MemoryTiming.Flash));
        bool isH7A = DevId == 0x480;
        var system = Information("system memory", System, 0x2_0000);
        if (isH7A) Identity.Write(Information("flash information", InfoH7A, 0x1000), InfoH7A + 0x800, InfoH7A + 0x80C, part.FlashKilobytes);
        else Identity.Write(system, System + 0x1_E800, System + 0x1_E880, part.FlashKilobytes);
        _flash = new(Die, Array, _bank2, isH7A ? FlashKindH7.H7Ax : FlashKindH7.H74x, strict: false);
        var clocks = new ResetClocks(Die, Hsi, Lsi, RccRowsH7.All);
        Bus.Map(DebugBus, 0x1000, new RomTable("debug ROM table", (ushort)DevId, 0x020, [0x0000_1003, 0x0000_3003, 0x0000_4003]));
        foreach (var (name, offset) in new[] { ("SWO", 0x3000u), ("SWTF", 0x4000u) }) Bus.Map(DebugBus + offset, 0x1000, new TraceControl(name));
        Assemble(clocks, MemoryMapH7.Blocks, Dbgmcu.H7(part.Idcode), DebugBus + 0x1000, [.. "ABCDEFGHIJK".Select(port => new Gpio(port, Die, GpioResets.H7(port), Functions))]);
    }

    public override FlashH7 Flash => _flash;

    protected override PeripheralPath[] Paths => [];

    private uint DevId => Part.Idcode & 0xFFF;

    /// <summary>RM0433 60.2: AP 0 is the Cortex-M7's, AP 1 that of a second core, with nothing here, AP 2 the debug bus's.</summary>
    public override ApBlock?[] AccessPorts(IDebugBus bus) =>
        [new MemAp(bus, Part.ApIdr, Part.RomBase), new MemAp(new WindowBus(bus, 0, 0, 0), Part.ApIdr, 2), new MemAp(new WindowBus(bus, DebugBusAtAp, DebugBusSize, DebugBus), 0x5477_0002, DebugBusAtAp | 3)];

    public override void StartAt(uint address) => _flash.SetBootAddress(address);

    protected override void Boot() => Core.BootVectorTable = _flash.BootAddress(BootPin);

    protected override void CheckClocks() { }

    protected override bool IsClosedBeside(uint address) => _bank2 is not null && address - SecondBank < _bank2.Size;

    private MemoryRegion Information(string name, uint address, uint size)
    {
        var region = new MemoryRegion(name, address, size, MemoryTiming.Flash) { OnWrite = (offset, _, _) => throw new CoreFault(FaultKind.PreciseBus, address + offset) };
        Bus.Map(region);
        return region;
    }

    private static StPart Part7(string name, string words, uint idcode, uint flash) => new(name, words, CoreFeatures.Stm32H743, idcode, flash, 480)
    {
        RamKilobytes = 128, Dpidr = 0x6BA0_2477, ApIdr = 0x8477_0001, RomBase = 0xE00F_E003, TargetId = (idcode & 0xFFF) << 16 | 0x41,
    };
}

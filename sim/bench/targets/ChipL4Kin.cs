using SharpProbe.Sim.Adi;
using SharpProbe.Sim.Boards;
using SharpProbe.Sim.Chips;
using SharpProbe.Sim.Chips.Clocks;
using SharpProbe.Sim.Chips.L4;
using SharpProbe.Sim.Cpu;
using SharpProbe.Sim.Pins;
using SharpProbe.Sim.Scs;

namespace SharpProbe.Sim.Targets;

/// <summary>
/// STM32 whose flash controller is the L4's: L4R5, G431, G474, C031, U083, WB55, WL55, as a reset leaves them: memories, flash, watchdog, DBGMCU. The clock stays that of reset; what debuggers write to the
/// RCC's first registers is kept without effect. The radio parts' second core is held in reset, and its access port leads nowhere.
/// </summary>
public sealed class ChipL4Kin : StChip
{
    private const uint Information = 0x1FFF_0000, InformationSize = 0x7800, OneTimeSize = 0x400, MakersTable = 0xF000_0000;
    private const ulong Msi = 4_000_000, Hsi = 16_000_000, HsiC0 = 12_000_000, Lsi = 32_000;

    private readonly FlashL4 _flash;
    private readonly MemoryRegion _system;

    /// <summary>DEV_ID and REV_ID: RM0432 57.6.1, RM0440 47.6.1, RM0490 41.10.1, RM0503, RM0434 41.8.1, RM0453 38.12.1.</summary>
    public static IReadOnlyList<StPart> Parts { get; } =
    [
        new("stm32l4r5", "STM32L4R5ZI, 2 MB of flash in two banks of 4 KB pages", CoreFeatures.Stm32M4(0x470, 95), 0x1003_6470, 2048, 120) { RamKilobytes = 640 },
        new("stm32g431", "STM32G431RB, 128 KB of flash", CoreFeatures.Stm32M4(0x468, 102), 0x2001_6468, 128, 170) { RamKilobytes = 32 },
        new("stm32g474", "STM32G474RE, 512 KB of flash in two banks", CoreFeatures.Stm32M4(0x469, 102), 0x2001_6469, 512, 170) { RamKilobytes = 128 },
        M0("stm32c031", "STM32C031C6, 32 KB of flash, a Cortex-M0+", 0x1001_6453, 32, 48, 12),
        M0("stm32u083", "STM32U083RC, 256 KB of flash, a Cortex-M0+", 0x1000_6489, 256, 56, 40),
        Radio("stm32wb55", "STM32WB55RG, 1 MB of flash, its last 48 KB the radio core's", 0x2001_6495, 1024, 64, 192),
        Radio("stm32wl55", "STM32WL55JC, 256 KB of flash", 0x1000_6497, 256, 48, 64),
    ];

    public ChipL4Kin(StPart part, TimeBase time, Nets nets) : base(part.Name[5..].ToUpperInvariant(), part.Core.IsV6M ? CoreKind.CortexM0Plus : CoreKind.CortexM4, part, time, nets)
    {
        AddRam("SRAM", 0x2000_0000, part.RamKilobytes, MemoryTiming.Ahb);
        _system = new("system memory", Information, InformationSize, MemoryTiming.Flash);
        Bus.Map(_system);
        FillBootLoader(_system);
        var kind = KindOf(part);
        bool isU0 = kind == FlashKindsL4.U08x, isC0 = kind == FlashKindsL4.C03x;
        _flash = new(Die, Array, _system, (isU0 ? 0x6800u : 0x7000u, OneTimeSize), kind);
        uint size = isU0 ? 0x1FFF_6EA0u : isC0 ? 0x1FFF_75A0u : 0x1FFF_75E0u;
        Identity.Write(_system, size - 0x50, size, part.FlashKilobytes);
        _flash.LaunchRequested += () => RequestReset(ResetCause.OptionBytes, "FLASH_CR.OBL_LAUNCH");
        if (part.Core.IsV6M) Bus.Map(MakersTable, 0x1000, new RomTable("ROM table", (ushort)(part.Idcode & 0xFFF), 0x020, [0xF00F_F003]));
        bool startsWithHsi = part.Name.StartsWith("stm32g4", StringComparison.Ordinal);
        var clocks = new ResetClocks(Die, startsWithHsi ? Hsi : isC0 ? HsiC0 : Msi, Lsi, [], Kept("CR", 0, startsWithHsi ? 0x500u : isC0 ? 0x1540u : 0x63u), Kept("CFGR", 8, startsWithHsi ? 5u : 0));
        var dbgmcu = part.Core.IsV6M ? Dbgmcu.G0(part.Idcode) : IsRadio ? Dbgmcu.Wb(part.Idcode) : Dbgmcu.L4(part.Idcode);
        Assemble(clocks, IsRadio ? MemoryMapL4Kin.Radio : part.Core.IsV6M ? MemoryMapL4Kin.M0 : MemoryMapL4Kin.M4, dbgmcu, part.Core.IsV6M ? 0x4001_5800 : 0xE004_2000, []);
    }

    public override FlashL4 Flash => _flash;

    protected override PeripheralPath[] Paths => PeripheralPath.F4;

    private bool IsRadio => Part.TargetId != 0;

    /// <summary>AP 1 is the second core's, with nothing behind it before PWR_CR4.C2BOOT (RM0434 41.4, RM0453 38.4).</summary>
    public override ApBlock?[] AccessPorts(IDebugBus bus) => IsRadio ? [.. base.AccessPorts(bus), new MemAp(new WindowBus(bus, 0, 0, 0), 0x0477_0031, 0xF000_0003)] : base.AccessPorts(bus);

    public override void Reset(ResetCause cause)
    {
        if (cause is ResetCause.PowerOn or ResetCause.OptionBytes) _flash.LoadOptions();
        base.Reset(cause);
    }

    protected override void Boot() => MapAtZero(BootPin ? _system : Array);

    public override bool IsSecret(uint address) => address - FlashStart < Array.Size && _flash.IsSecure(address - FlashStart);

    protected override void CheckClocks() { }

    private static FlashKindL4 KindOf(StPart part) => (part.Idcode & 0xFFF) switch
    {
        0x470 => FlashKindsL4.L4Rx,
        0x468 => FlashKindsL4.G43x,
        0x469 => FlashKindsL4.G47x,
        0x453 => FlashKindsL4.C03x,
        0x489 => FlashKindsL4.U08x,
        0x495 => FlashKindsL4.Wb55,
        _ => FlashKindsL4.Wl55,
    };

    private static Register Kept(string name, uint offset, uint reset) => new() { Name = name, Offset = offset, Reset = reset, Widths = 7 };

    private static StPart M0(string name, string words, uint idcode, uint flash, uint megahertz, uint ram) => new(name, words, CoreFeatures.CortexM0Plus, idcode, flash, megahertz)
    {
        RamKilobytes = ram, Dpidr = 0x0BC1_1477, ApIdr = 0x0477_0031, RomBase = MakersTable | 3,
    };

    private static StPart Radio(string name, string words, uint idcode, uint flash, uint megahertz, uint ram) => new(name, words, CoreFeatures.Stm32M4((ushort)(idcode & 0xFFF), 63), idcode, flash, megahertz)
    {
        RamKilobytes = ram, Dpidr = 0x6BA0_2477, TargetId = (idcode & 0xFFF) << 16 | 0x41,
    };
}

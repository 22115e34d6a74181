using SharpProbe.Sim.Adi;
using SharpProbe.Sim.Boards;
using SharpProbe.Sim.Chips;
using SharpProbe.Sim.Chips.Clocks;
using SharpProbe.Sim.Chips.F1;
using SharpProbe.Sim.Chips.L4;
using SharpProbe.Sim.Chips.L5;
using SharpProbe.Sim.Cpu;
using SharpProbe.Sim.Pins;
using SharpProbe.Sim.Scs;

namespace SharpProbe.Sim.Targets;

/// <summary>
/// STM32L552 and STM32U575 without TrustZone, and an L552 with it (RM0438, RM0456), as a reset leaves them: memories, flash controller, watchdog, DBGMCU. The core executes what a Cortex-M4 does, says it is a Cortex-M33, and has
/// the comparators for breakpoints but none for watchpoints, whose v8-M registers the bench does not know.
/// </summary>
public sealed class ChipL5 : StChip
{
    private const uint Information = 0x0BFA_0000, OneTimeSize = 0x200, BootRom = 0x0BF9_0000, SecureFlash = 0x0C00_0000;

    private readonly FlashL4 _flash;

    /// <summary>Cortex-M33 r0p4.</summary>
    private static CoreFeatures Core33(ushort part) => CoreFeatures.Stm32M4(part, 109) with
    {
        CpuId = 0x410F_D214, FpbVersion = 2, FpbCodeComparators = 8, FpbLiteralComparators = 0, DwtComparators = 0, HasTpiu = false, HasEtm = false, HasCti = true,
        PartRomTable = (part, 0x020, [0xFFF0_F003, 0xFFF0_2003, 0xFFF0_3003]),
    };

    /// <summary>DEV_ID and REV_ID: RM0438 52.11.3 (revision Z), RM0456 75.12.4 (revision X).</summary>
    public static IReadOnlyList<StPart> Parts { get; } =
    [
        new("stm32l552", "STM32L552ZE, 512 KB of flash in two banks, TrustZone off", Core33(0x472), 0x2001_6472, 512, 110) { RamKilobytes = 256, Dpidr = 0x0BE1_2477, TargetId = 0x0472_0041, ApIdr = 0x1477_0015 },
        new("stm32l552-tz", "STM32L552ZE, TrustZone on, all of its flash secure", Core33(0x472) with { StartsSecure = true }, 0x2001_6472, 512, 110) { RamKilobytes = 256, Dpidr = 0x0BE1_2477, TargetId = 0x0472_0041, ApIdr = 0x1477_0015 },
        new("stm32u575", "STM32U575ZI, 2 MB of flash in two banks, TrustZone off", Core33(0x482), 0x3001_6482, 2048, 160) { RamKilobytes = 768, Dpidr = 0x0BE1_2477, TargetId = 0x0482_0041, ApIdr = 0x1477_0015 },
    ];

    public ChipL5(StPart part, TimeBase time, Nets nets) : base(part.Name.StartsWith("stm32l552", StringComparison.Ordinal) ? "L5" : "U5", CoreKind.CortexM4, part, time, nets)
    {
        bool isU5 = part.FlashKilobytes == 2048;
        var sram = AddRam("SRAM", 0x2000_0000, part.RamKilobytes, MemoryTiming.Ahb);
        if (Trusts) Bus.Alias(0x3000_0000, sram);
        if (Trusts) Bus.Alias(SecureFlash, Array);
        var rom = new MemoryRegion("boot loader", BootRom, 0x8000, MemoryTiming.Flash);
        Bus.Map(rom);
        // There is no boot loader here: whoever boots it stays in a loop.
        ReadOnlySpan<byte> loop = [0x00, 0x04, 0x00, 0x20, 0x09, 0x00, 0xF9, 0x0B, 0xFE, 0xE7];
        loop.CopyTo(rom.Span);
        var information = new MemoryRegion("engineering bytes", Information, 0x800, MemoryTiming.Flash);
        Bus.Map(information);
        _flash = new(Die, Array, information, (0, OneTimeSize), isU5 ? FlashKindL4.U5 : Trusts ? FlashKindL4.L5Trusts : FlashKindL4.L5);
        Identity.Write(information, isU5 ? 0x0BFA_0700u : 0x0BFA_0590u, isU5 ? 0x0BFA_07A0u : 0x0BFA_05E0u, part.FlashKilobytes);
        _flash.LaunchRequested += () => RequestReset(ResetCause.OptionBytes, "FLASH_NSCR.OBL_LAUNCH");
        Assemble(new ClocksL5(Die), isU5 ? MemoryMapL5.U5 : MemoryMapL5.L5, Dbgmcu.L5(part.Idcode), 0xE004_4000, [new Unclocked("SAI2")]);
        if (Trusts) Bus.Map(0x5002_2000, 0x400, new BlockOnBus(_flash, () => true));
    }

    public override FlashL4 Flash => _flash;

    private bool Trusts => Part.Core.StartsSecure;

    public override ApBlock?[] AccessPorts(IDebugBus bus) => Trusts
        ? [new MemAp(new SecurityBus(bus, _flash, true), Part.ApIdr, Part.RomBase) { IncrementBits = 12, HasSecurity = true, NonSecureBus = new SecurityBus(bus, _flash, false) }]
        : base.AccessPorts(bus);

    protected override PeripheralPath[] Paths => PeripheralPath.F4;

    protected override string? GateOf(Peripheral block) => null;

    public override void Reset(ResetCause cause)
    {
        if (cause is ResetCause.PowerOn or ResetCause.OptionBytes) _flash.LoadOptions();
        base.Reset(cause);
    }

    /// <summary>NSBOOTADD0 or, with BOOT0 high, NSBOOTADD1 is where the vector table is (RM0438 3.2); nothing is at 0.</summary>
    protected override void Boot() => Core.BootVectorTable = Trusts ? _flash.Option("SECBOOTADD0R") & ~0x7Fu : _flash.Option(BootPin ? "NSBOOTADD1R" : "NSBOOTADD0R") & ~0x7Fu;

    /// <summary>4 MHz without wait states is within every limit.</summary>
    protected override void CheckClocks() { }
}

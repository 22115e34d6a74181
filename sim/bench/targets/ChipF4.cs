using SharpProbe.Sim.Boards;
using SharpProbe.Sim.Chips;
using SharpProbe.Sim.Chips.Clocks;
using SharpProbe.Sim.Chips.F1;
using SharpProbe.Sim.Chips.F4;
using SharpProbe.Sim.Cpu;
using SharpProbe.Sim.Pins;
using SharpProbe.Sim.Scs;

namespace SharpProbe.Sim.Targets;

/// <summary>STM32F405, F407, F412 and (with more of them than it has) the F410's blocks, assembled (RM0090, RM0402, DS8626, DS11139), with an 8 MHz crystal. Their GPIO ports are the F7's, their USARTs the F1's.</summary>
public sealed class ChipF4 : StChip
{
    private const uint Information = 0x1FFF_0000, OneTime = 0x7800, OneTimeSize = 0x210, UniqueId = 0x1FFF_7A10, FlashSize = 0x1FFF_7A22, Crystal = 8_000_000;
    private const uint CoreCoupled = 0x1000_0000, BackupRam = 0x4002_4000;

    private static readonly AlternateFunctions Functions = new("""
        PA2 7:USART2_TX
        PA3 7:USART2_RX
        PA9 7:USART1_TX
        PA10 7:USART1_RX
        PB6 7:USART1_TX
        PB7 7:USART1_RX
        PC6 8:USART6_TX
        PC7 8:USART6_RX
        PD5 7:USART2_TX
        PD6 7:USART2_RX
        """, partial: true);

    private readonly RccF4 _rcc;
    private readonly FlashF4 _flash;
    private readonly MemoryRegion _system, _sram;
    private readonly PwrF4 _pwr;
    private readonly SyscfgF4 _syscfg = new();

    /// <summary>DEV_ID and REV_ID: RM0090 38.6.1 (F40x revision 2), RM0402 30.6.1.</summary>
    public static IReadOnlyList<StPart> Parts { get; } =
    [
        new("stm32f407", "STM32F407VG, 1 MB of flash", CoreFeatures.Stm32M4(0x413, 82), 0x1007_6413, 1024, 168) { RamKilobytes = 128 },
        new("stm32f412", "STM32F412ZG, 1 MB of flash", CoreFeatures.Stm32M4(0x441, 97), 0x3000_6441, 1024, 100) { RamKilobytes = 256 },
        // GigaDevice's ROM table has its own designer and part number (firmware of its users tells it so).
        new("gd32f407", "GD32F407VG, 1 MB of flash", CoreFeatures.CortexM4 with { InterruptLines = 82, PartRomTable = (0x2B3, 0x751, [0xFFF0_F003, 0xFFF0_2003, 0xFFF0_3003, 0xFFF0_1003, 0xFFF4_1003]) }, 0x1608_0413, 1024, 168) { RamKilobytes = 128 },
        new("stm32f410", "STM32F410RB, 128 KB of flash", CoreFeatures.Stm32M4(0x458, 98), 0x1000_0458, 128, 100) { RamKilobytes = 32 },
    ];

    public ChipF4(StPart part, TimeBase time, Nets nets) : base("F4", CoreKind.CortexM4, part, time, nets)
    {
        _sram = AddRam("SRAM", 0x2000_0000, part.RamKilobytes, MemoryTiming.Ahb);
        bool isF40x = part.RamKilobytes == 128;
        if (isF40x) AddRam("CCM", CoreCoupled, 64, MemoryTiming.Ahb);
        _system = new("system memory", Information, 0x7C00, MemoryTiming.Flash);
        Bus.Map(_system);
        FillBootLoader(_system);
        var options = new MemoryRegion("option bytes", 0x1FFF_C000, 16, MemoryTiming.Flash);
        Bus.Map(options);
        _flash = new(Die, Array, _system, (OneTime, OneTimeSize), options, FlashKindF4.F40x);
        Identity.Write(_system, UniqueId, FlashSize, part.FlashKilobytes);
        _rcc = new(Die, Crystal);
        var pwr = _pwr = new(isF40x ? 1 : 2);
        pwr.Changed += ClocksChanged;
        _syscfg.Remapped += Remap;
        if (isF40x) AddRam("BKPSRAM", BackupRam, 4, MemoryTiming.Ahb);
        Assemble(_rcc, MemoryMapF4.Blocks, Dbgmcu.F4(part.Idcode), 0xE004_2000,
        [
            pwr, _syscfg, .. "ABCDEFGHI".Select(port => new Gpio(port, Die, GpioResets.F4(port), Functions)),
            new UsartF1("USART1", Die, () => _rcc.Pclk2, 37, true), new UsartF1("USART2", Die, () => _rcc.Pclk1, 38, true), new UsartF1("USART6", Die, () => _rcc.Pclk2, 71, true),
        ]);
    }

    public override FlashF4 Flash => _flash;
    public RccF4 Rcc => _rcc;

    protected override PeripheralPath[] Paths => PeripheralPath.F4;

    /// <summary>RM0090 2.4: BOOT0 high and BOOT1 low choose the system memory.</summary>
    protected override void Boot()
    {
        _syscfg.Boot(BootPin ? 1u : 0);
        MapAtZero(BootPin ? _system : Array);
    }

    private void Remap(uint mode)
    {
        if (mode == 2) throw new BenchStop("SYSCFG.MEMRM: MEM_MODE = 2: nothing is at the external memory controller");
        MapAtZero(mode switch { 0 => Array, 1 => _system, _ => _sram });
    }

    /// <summary>RM0090 2.3.3: backup SRAM goes with the main flash.</summary>
    protected override bool IsClosedBeside(uint address) => address - BackupRam < 0x1000;

    protected override void CheckClocks()
    {
        const ulong Mega = 1_000_000;
        // RM0090 table 10 and RM0402 table 5, 2.7 to 3.6 V: a wait state for each 30 MHz.
        ulong needed = _rcc.Hclk == 0 ? 0 : (_rcc.Hclk - 1) / (30 * Mega);
        if (_flash.Latency < needed) throw new BenchStop($"FLASH.ACR: LATENCY = {_flash.Latency}, HCLK at {_rcc.Hclk} Hz needs {needed} wait states (RM0090 3.5.1)");
        ulong apb1 = Part.MaxMegahertz == 168 ? 42u : 50, apb2 = apb1 * 2;
        if (_rcc.Pclk1 > apb1 * Mega) throw new BenchStop($"APB1 clock is {_rcc.Pclk1} Hz: it must not pass {apb1} MHz");
        if (_rcc.Pclk2 > apb2 * Mega) throw new BenchStop($"APB2 clock is {_rcc.Pclk2} Hz: it must not pass {apb2} MHz");
        if (Part.MaxMegahertz == 168 && _pwr.Scale == 0 && _rcc.Hclk > 144 * Mega) throw new BenchStop($"HCLK is {_rcc.Hclk} Hz: with VOS at scale 2 it must not pass 144 MHz (RM0090 5.1.3)");
    }
}

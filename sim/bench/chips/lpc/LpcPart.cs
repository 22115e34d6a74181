using SharpProbe.Sim.Cpu;
using SharpProbe.Sim.Scs;

namespace SharpProbe.Sim.Chips.Lpc;

/// <summary>What tells one LPC from its sisters.</summary>
/// <param name="Name">As the command line has it.</param>
/// <param name="Words">What it is, for people.</param>
/// <param name="Kind">Core.</param>
/// <param name="Core">Identification of the core.</param>
/// <param name="Rams">Address and KB; IAP uses the last 32 bytes of the first.</param>
/// <param name="PartId">What IAP says.</param>
/// <param name="SmallSectors">Number and bytes of the sectors at the beginning.</param>
/// <param name="LargeSectors">Of those behind them.</param>
/// <param name="Page">Bytes that a destination must be a multiple of, and that are programmed in <see cref="PageTime"/>.</param>
/// <param name="Counts">Bytes that one copy may have.</param>
/// <param name="Hertz">Of the oscillator after reset.</param>
/// <param name="System">Name of the block that has the remap register.</param>
/// <param name="Remap">Offset of that register.</param>
/// <param name="RemapFlash">Its value that puts flash at 0.</param>
/// <param name="Blocks">Peripherals by address.</param>
public sealed record LpcPart(
    string Name, string Words, CoreKind Kind, CoreFeatures Core, (uint Address, uint Kilobytes)[] Rams, uint PartId, (uint Count, uint Size) SmallSectors, (uint Count, uint Size) LargeSectors,
    uint Page, uint[] Counts, ulong Hertz, string System, uint Remap, uint RemapFlash, MemoryMap Blocks)
{
    private const ulong Millisecond = TimeBase.Second / 1000;

    /// <summary>Data sheet LPC1769_68_67_66_65_64_63, table "Flash characteristics": 100 ms, one sector or several at once.</summary>
    public ulong EraseTime => 100 * Millisecond;

    /// <summary>The same table: 1 ms for 256 bytes.</summary>
    public ulong PageTime => Millisecond;

    public uint Dpidr { get; init; } = 0x2BA0_1477;
    public uint ApIdr { get; init; } = 0x2477_0011;
    public uint JtagId { get; init; }
    public uint RomBase => 0xE00F_F003;

    public uint Sectors => SmallSectors.Count + LargeSectors.Count;

    public uint FlashSize => SmallSectors.Count * SmallSectors.Size + LargeSectors.Count * LargeSectors.Size;

    /// <summary>Offset of a sector; of the flash's end for the number behind the last.</summary>
    public uint SectorStart(uint number) => number <= SmallSectors.Count
        ? number * SmallSectors.Size
        : SmallSectors.Count * SmallSectors.Size + (number - SmallSectors.Count) * LargeSectors.Size;

    public uint SectorOf(uint address)
    {
        uint number = 0;
        while (SectorStart(number + 1) <= address) number++;
        return number;
    }

    /// <summary>UM10360 and NXP's data sheet: 512 KB, 32 KB of RAM for the core and 32 KB on AHB, a Cortex-M3 r2p0.</summary>
    public static LpcPart Lpc1768 { get; } = new("lpc1768", "LPC1768, 512 KB of flash, 64 KB of RAM, a Cortex-M3", CoreKind.CortexM3,
        CoreFeatures.CortexM3 with { CpuId = 0x412F_C230, InterruptLines = 35, PriorityBits = 5, MpuRegions = 8 },
        [(0x1000_0000, 32), (0x2007_C000, 32)], 0x2601_3F37, (16, 4096), (14, 32768), 256, [256, 512, 1024, 4096], 4_000_000, "SYSCON", 0x40, 1,
        new("""
            40000000 4000 WDT; 40004000 4000 TIMER0; 40008000 4000 TIMER1; 4000C000 4000 UART0; 40010000 4000 UART1; 40018000 4000 PWM1; 4001C000 4000 I2C0; 40020000 4000 SPI
            40024000 4000 RTC; 40028000 4000 GPIOINT; 4002C000 4000 PINCONNECT; 40030000 4000 SSP1; 40034000 4000 ADC; 40038000 4000 CANAFRAM; 4003C000 4000 CANAF; 40040000 4000 CANCR
            40044000 4000 CAN1; 40048000 4000 CAN2; 4005C000 4000 I2C1; 40088000 4000 SSP0; 4008C000 4000 DAC; 40090000 4000 TIMER2; 40094000 4000 TIMER3; 40098000 4000 UART2
            4009C000 4000 UART3; 400A0000 4000 I2C2; 400A8000 4000 I2S; 400B0000 4000 RIT; 400B8000 4000 MCPWM; 400BC000 4000 QEI; 400FC000 4000 SYSCON; 50000000 4000 EMAC
            50004000 4000 GPDMA; 5000C000 4000 USB; 2009C000 4000 GPIO
            """)) { JtagId = 0x4BA0_0477 };

    /// <summary>UM10462: 32 KB, 8 KB of RAM, a Cortex-M0.</summary>
    public static LpcPart Lpc11U24 { get; } = new("lpc11u24", "LPC11U24/401, 32 KB of flash, 8 KB of RAM, a Cortex-M0", CoreKind.CortexM0Plus,
        CoreFeatures.CortexM0Plus with { CpuId = 0x410C_C200, MpuRegions = 0 },
        [(0x1000_0000, 8)], 0x2980_002B, (8, 4096), (0, 0), 256, [256, 512, 1024, 4096], 12_000_000, "SYSCON", 0, 2,
        new("""
            40000000 4000 I2C; 40004000 4000 WWDT; 40008000 4000 USART; 4000C000 4000 CT16B0; 40010000 4000 CT16B1; 40014000 4000 CT32B0; 40018000 4000 CT32B1; 4001C000 4000 ADC
            40038000 4000 PMU; 4003C000 4000 FLASHCTRL; 40040000 4000 SSP0; 40044000 4000 IOCON; 40048000 4000 SYSCON; 4004C000 4000 GPIO_PIN_INT; 40058000 4000 SSP1
            4005C000 4000 GINT0; 40060000 4000 GINT1; 40080000 4000 USB; 50000000 4000 GPIO_PORT
            """)) { Dpidr = 0x0BB1_1477, ApIdr = 0x0477_0021 };

    public static IReadOnlyList<LpcPart> All { get; } = [Lpc1768, Lpc11U24];
}

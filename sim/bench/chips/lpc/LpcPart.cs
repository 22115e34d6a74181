using SharpProbe.Sim.Cpu;
using SharpProbe.Sim.Scs;

namespace SharpProbe.Sim.Chips.Lpc;

/// <summary>What tells one LPC from its sisters.</summary>
/// <param name="Name">As the command line has it.</param>
/// <param name="Words">What it is, for people.</param>
/// <param name="Kind">Core.</param>
/// <param name="Core">Identification of the core.</param>
/// <param name="Rams">Address and KB.</param>
/// <param name="PartId">What IAP says.</param>
/// <param name="SmallSectors">Of each bank: number and bytes of the sectors at the beginning.</param>
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

    /// <summary>As manuals call it; tells which system control it has.</summary>
    public required int Series { get; init; }

    /// <summary>Address of the boot ROM, offset of IAP in it.</summary>
    public uint RomAt { get; init; } = 0x1FFF_0000;

    public int IapOffset { get; init; } = LpcRom.Entry;

    /// <summary>Addresses of the flash's banks, all of them with these sectors.</summary>
    public uint[] Banks { get; init; } = [0];

    /// <summary>Second word of the part's identification.</summary>
    public uint FlashId { get; init; }

    /// <summary>Which RAM it is whose last bytes IAP uses.</summary>
    public int IapRam { get; init; }

    /// <summary>Offset of the part's number in the system control.</summary>
    public uint IdOffset { get; init; } = 0x3F4;

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
            """)) { Series = 17, JtagId = 0x4BA0_0477 };

    /// <summary>UM10462: 32 KB, 8 KB of RAM, a Cortex-M0.</summary>
    public static LpcPart Lpc11U24 { get; } = new("lpc11u24", "LPC11U24/401, 32 KB of flash, 8 KB of RAM, a Cortex-M0", CoreKind.CortexM0Plus,
        CoreFeatures.CortexM0Plus with { CpuId = 0x410C_C200, MpuRegions = 0 },
        [(0x1000_0000, 8)], 0x2980_002B, (8, 4096), (0, 0), 256, [256, 512, 1024, 4096], 12_000_000, "SYSCON", 0, 2,
        new("""
            40000000 4000 I2C; 40004000 4000 WWDT; 40008000 4000 USART; 4000C000 4000 CT16B0; 40010000 4000 CT16B1; 40014000 4000 CT32B0; 40018000 4000 CT32B1; 4001C000 4000 ADC
            40038000 4000 PMU; 4003C000 4000 FLASHCTRL; 40040000 4000 SSP0; 40044000 4000 IOCON; 40048000 4000 SYSCON; 4004C000 4000 GPIO_PIN_INT; 40058000 4000 SSP1
            4005C000 4000 GINT0; 40060000 4000 GINT1; 40080000 4000 USB; 50000000 4000 GPIO_PORT
            """)) { Series = 11, Dpidr = 0x0BB1_1477, ApIdr = 0x0477_0021 };

    /// <summary>UM10375 and data sheet: 32 KB, 8 KB of RAM, a Cortex-M3.</summary>
    public static LpcPart Lpc1343 { get; } = new("lpc1343", "LPC1343, 32 KB of flash, 8 KB of RAM, a Cortex-M3", CoreKind.CortexM3,
        CoreFeatures.CortexM3 with { CpuId = 0x412F_C230, InterruptLines = 57, PriorityBits = 3, MpuRegions = 0 },
        [(0x1000_0000, 8)], 0x3D00_002B, (8, 4096), (0, 0), 256, [256, 512, 1024, 4096], 12_000_000, "SYSCON", 0, 2,
        new("""
            40000000 4000 I2C; 40004000 4000 WDT; 40008000 4000 UART; 4000C000 4000 CT16B0; 40010000 4000 CT16B1; 40014000 4000 CT32B0; 40018000 4000 CT32B1; 4001C000 4000 ADC
            40020000 4000 USB; 40038000 4000 PMU; 4003C000 4000 FLASHCTRL; 40040000 4000 SSP0; 40044000 4000 IOCON; 40048000 4000 SYSCON; 50000000 40000 GPIO
            """)) { Series = 13 };

    /// <summary>UM10800 and data sheet: 32 KB in sectors of 1 KB and pages of 64 bytes, 8 KB of RAM, a Cortex-M0+.</summary>
    public static LpcPart Lpc824 { get; } = new("lpc824", "LPC824M201, 32 KB of flash, 8 KB of RAM, a Cortex-M0+", CoreKind.CortexM0Plus,
        CoreFeatures.CortexM0Plus with { CpuId = 0x410C_C601, MpuRegions = 0 },
        [(0x1000_0000, 8)], 0x0000_8242, (32, 1024), (0, 0), 64, [64, 128, 256, 512, 1024], 12_000_000, "SYSCON", 0, 2,
        new("""
            40000000 4000 WWDT; 40004000 4000 MRT; 40008000 4000 WKT; 4000C000 4000 SWM; 4001C000 4000 ADC; 40020000 4000 PMU; 40024000 4000 CMP; 40028000 4000 DMATRIGMUX
            4002C000 4000 INPUTMUX; 40040000 4000 FLASHCTRL; 40044000 4000 IOCON; 40048000 4000 SYSCON; 40050000 4000 I2C0; 40054000 4000 I2C1; 40058000 4000 SPI0; 4005C000 4000 SPI1
            40064000 4000 USART0; 40068000 4000 USART1; 4006C000 4000 USART2; 50000000 4000 CRC; 50004000 4000 SCT; 50008000 4000 DMA; A0000000 8000 GPIO_PORT
            """)) { Series = 8, Dpidr = 0x0BC1_1477, ApIdr = 0x0477_0031, IdOffset = 0x3F8 };

    /// <summary>UM10736 and data sheet: 256 KB, 36 KB of RAM, a Cortex-M3; the boot ROM is elsewhere.</summary>
    public static LpcPart Lpc1549 { get; } = new("lpc1549", "LPC1549, 256 KB of flash, 36 KB of RAM, a Cortex-M3", CoreKind.CortexM3,
        CoreFeatures.CortexM3 with { CpuId = 0x412F_C231, InterruptLines = 47, PriorityBits = 3, MpuRegions = 8 },
        [(0x0200_0000, 36)], 0x0000_1549, (64, 4096), (0, 0), 256, [256, 512, 1024, 4096], 12_000_000, "SYSCON", 0, 2,
        new("""
            40000000 4000 ADC0; 40004000 4000 DAC; 40008000 4000 ACMP; 40014000 4000 INPUTMUX; 40028000 4000 RTC; 4002C000 4000 WWDT; 40038000 4000 SWM; 4003C000 4000 PMU; 40040000 4000 USART0
            40044000 4000 USART1; 40048000 4000 SPI0; 4004C000 4000 SPI1; 40050000 4000 I2C0; 40058000 4000 QEI; 40074000 4000 SYSCON; 40080000 4000 ADC1; 400A0000 4000 MRT; 400A4000 4000 PINT
            400A8000 4000 GINT0; 400AC000 4000 GINT1; 400B4000 4000 RIT; 400BC000 4000 FLASHCTRL; 400C0000 4000 USART2; 400F0000 4000 CCAN; 400F8000 4000 IOCON
            """)) { Series = 15, RomAt = 0x0300_0000, IapOffset = 0x204, IdOffset = 0x3F8 };

    /// <summary>UM10562 and data sheet: the LPC1768's flash and boot ROM; a 12 MHz oscillator, another clock selector, 64 KB and 32 KB of RAM, a Cortex-M4F.</summary>
    public static LpcPart Lpc4088 { get; } = new("lpc4088", "LPC4088, 512 KB of flash, 96 KB of RAM, a Cortex-M4F", CoreKind.CortexM4,
        CoreFeatures.CortexM4 with { InterruptLines = 41, PriorityBits = 5, MpuRegions = 8 },
        [(0x1000_0000, 64), (0x2000_0000, 32)], 0x481D_3F47, (16, 4096), (14, 32768), 256, [256, 512, 1024, 4096], 12_000_000, "SYSCON", 0x40, 1,
        new("""
            40000000 4000 WDT; 40004000 4000 TIMER0; 40008000 4000 TIMER1; 4000C000 4000 UART0; 40010000 4000 UART1; 40014000 4000 PWM0; 40018000 4000 PWM1; 4001C000 4000 I2C0
            40020000 4000 COMPARATOR; 40024000 4000 RTC; 40028000 4000 GPIOINT; 4002C000 4000 IOCON; 40030000 4000 SSP1; 40034000 4000 ADC; 40038000 4000 CANAFRAM; 4003C000 4000 CANAF
            40040000 4000 CANCR; 40044000 4000 CAN1; 40048000 4000 CAN2; 4005C000 4000 I2C1; 40088000 4000 SSP0; 4008C000 4000 DAC; 40090000 4000 TIMER2; 40094000 4000 TIMER3
            40098000 4000 UART2; 4009C000 4000 UART3; 400A0000 4000 I2C2; 400A4000 4000 UART4; 400A8000 4000 I2S; 400AC000 4000 SSP2; 400B8000 4000 MCPWM; 400BC000 4000 QEI; 400C0000 4000 SDMMC
            400FC000 4000 SYSCON; 20080000 4000 GPDMA; 20084000 4000 EMAC; 20088000 4000 LCD; 2008C000 4000 USB; 20090000 4000 CRC; 20098000 4000 GPIO; 2009C000 4000 EMC
            """)) { Series = 40, JtagId = 0x4BA0_0477 };

    /// <summary>UM10503, data sheet and SVD: two banks of 512 KB, 72 KB of RAM for the cores and 64 KB on AHB, of two cores the Cortex-M4F: the other is in reset and has no SWD.</summary>
    public static LpcPart Lpc4357 { get; } = new("lpc4357", "LPC4357, 2 x 512 KB of flash, 136 KB of RAM, a Cortex-M4F", CoreKind.CortexM4,
        CoreFeatures.CortexM4 with { CpuId = 0x410F_C240, InterruptLines = 53, PriorityBits = 3, MpuRegions = 8 },
        [(0x1000_0000, 32), (0x1008_0000, 40), (0x2000_0000, 64)], 0xA001_C830, (8, 8192), (7, 65536), 512, [512, 1024, 4096], 12_000_000, "CREG", 0x100, 0x1A00_0000,
        new("""
            40000000 1000 SCT; 40002000 1000 GPDMA; 40003000 1000 SPIFI; 40004000 1000 SDMMC; 40005000 1000 EMC; 40006000 1000 USB0; 40007000 1000 USB1; 40008000 1000 LCD; 4000E000 1000 EEPROM
            40010000 2000 ETHERNET; 40040000 1000 ATIMER; 40041000 1000 REGFILE; 40042000 1000 PMC; 40043000 1000 CREG; 40044000 1000 EVENTROUTER; 40046000 1000 RTC; 40050000 1000 CGU
            40051000 1000 CCU1; 40052000 1000 CCU2; 40053000 1000 RGU; 40080000 1000 WWDT; 40081000 1000 USART0; 40082000 1000 UART1; 40083000 1000 SSP0; 40084000 2000 TIMER0; 40086000 1000 SCU
            40087000 1000 GPIO_PIN_INT; 40088000 2000 GPIO_GROUP_INT; 400A0000 1000 MCPWM; 400A1000 1000 I2C0; 400A2000 2000 I2S; 400A4000 1000 CCAN1; 400C0000 1000 RITIMER; 400C6000 1000 QEI
            400C7000 1000 GIMA; 400E1000 1000 DAC; 400E3000 2000 ADC; 400F4000 4000 GPIO_PORT
            """)) { Series = 43, RomAt = 0x1040_0000, Banks = [0x1A00_0000, 0x1B00_0000], IapRam = 1 };

    public static IReadOnlyList<LpcPart> All { get; } = [Lpc1768, Lpc11U24, Lpc1343, Lpc824, Lpc1549, Lpc4088, Lpc4357];
}

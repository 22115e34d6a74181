using SharpProbe.Sim.Cpu;
using SharpProbe.Sim.Scs;

namespace SharpProbe.Sim.Chips.Kinetis;

/// <summary>What tells one Kinetis from its sisters.</summary>
/// <param name="Name">As the command line has it.</param>
/// <param name="Words">What it is, for people.</param>
/// <param name="Kind">Core.</param>
/// <param name="Core">Identification of the core.</param>
/// <param name="Flash">Generation of its flash module.</param>
/// <param name="FlashKilobytes">Program flash.</param>
/// <param name="RamStart">First address of its SRAM.</param>
/// <param name="RamKilobytes">Of SRAM.</param>
/// <param name="Hertz">After reset, from the FLL: 640 times 32.768 kHz.</param>
/// <param name="Sdid">SIM_SDID.</param>
/// <param name="Fcfg1">SIM_FCFG1.</param>
/// <param name="Fcfg2">SIM_FCFG2.</param>
/// <param name="Dpidr">SW-DP.</param>
/// <param name="ApIdr">AHB-AP.</param>
/// <param name="RomBase">BASE of the AHB-AP.</param>
/// <param name="MdmIdr">MDM-AP.</param>
/// <param name="SimRegisters">Registers of the SIM that are only kept: name, offset, reset value, readable and writable bits.</param>
/// <param name="Blocks">Peripherals by address.</param>
public sealed record KinetisPart(
    string Name, string Words, CoreKind Kind, CoreFeatures Core, FtfxKind Flash, uint FlashKilobytes, uint RamStart, uint RamKilobytes, ulong Hertz, uint Sdid, uint Fcfg1, uint Fcfg2,
    uint Dpidr, uint ApIdr, uint RomBase, uint MdmIdr, (string Name, uint Offset, uint Reset, uint Mask, uint Write)[] SimRegisters, MemoryMap Blocks)
{
    private const ulong Fll = 32_768 * 640;

    /// <summary>The L series: COP in the SIM, micro trace buffer, platform control in the MCM.</summary>
    public bool IsL => RomBase >> 28 == 0xF;

    public bool HasCop => IsL;

    /// <summary>
    /// KL25 Sub-Family Reference Manual and NXP's SVD. SDID: 80 pins, die 9, 16 KB, KL25 (12.2.8). The data sheet and debuggers count two breakpoints and two watchpoints.
    /// </summary>
    public static KinetisPart Kl25 { get; } = new("mkl25z128", "MKL25Z128VLK4, 128 KB of flash, 16 KB of RAM, a Cortex-M0+", CoreKind.CortexM0Plus,
        CoreFeatures.CortexM0Plus with { CpuId = 0x410C_C600, MpuRegions = 0, FpbCodeComparators = 2 },
        FtfxKind.Ftfa, 128, 0x1FFF_F000, 16, Fll, 0x2515_2486, 0x0700_0000, 0x1080_0000, 0x0BC1_1477, 0x0477_0031, 0xF000_2003, 0x001C_0020,
        [
            ("SOPT1", 0, 0x8000_0000, 0xE00C_0000, 0xE00C_0000), ("SOPT1CFG", 4, 0, 0x0700_0000, 0x0700_0000), ("SOPT2", 0x1004, 0, 0x0F05_00F0, 0x0F05_00F0),
            ("SOPT4", 0x100C, 0, 0x0714_0000, 0x0714_0000), ("SOPT5", 0x1010, 0, 0x0007_0077, 0x0007_0077), ("SOPT7", 0x1018, 0, 0x9F, 0x9F),
            ("SCGC4", 0x1034, 0xF000_0030, 0xF0CC_1CF0, 0x00CC_1CC0), ("SCGC5", 0x1038, 0x180, 0x3FA1, 0x3E21), ("SCGC6", 0x103C, 1, 0xAF80_0003, 0xAF80_0003),
            ("SCGC7", 0x1040, 0x100, 0x100, 0x100), ("CLKDIV1", 0x1044, 0x0001_0000, 0xF007_0000, 0xF007_0000),
        ],
        new("""
            40008000 1000 DMA; 40020000 1000 FLASH; 40021000 1000 DMAMUX0; 40037000 1000 PIT; 40038000 1000 TPM0; 40039000 1000 TPM1; 4003A000 1000 TPM2
            4003B000 1000 ADC0; 4003D000 1000 RTC; 4003F000 1000 DAC0; 40040000 1000 LPTMR0; 40045000 1000 TSI0; 40047000 2000 SIM; 40049000 1000 PORTA
            4004A000 1000 PORTB; 4004B000 1000 PORTC; 4004C000 1000 PORTD; 4004D000 1000 PORTE; 40064000 1000 MCG; 40065000 1000 OSC0; 40066000 1000 I2C0
            40067000 1000 I2C1; 4006A000 1000 UART0; 4006B000 1000 UART1; 4006C000 1000 UART2; 40072000 1000 USB0; 40073000 1000 CMP0; 40076000 1000 SPI0
            40077000 1000 SPI1; 4007C000 1000 LLWU; 4007D000 1000 PMC; 4007E000 1000 SMC; 4007F000 1000 RCM; 400FF000 1000 GPIO; F0003000 1000 MCM; F80FF000 1000 FGPIO
            """));

    /// <summary>K64 Sub-Family Reference Manual. SDID: K64, die 6, 144 pins.</summary>
    public static KinetisPart K64 { get; } = new("mk64fn1m0", "MK64FN1M0VLQ12, 1 MB of flash, 256 KB of RAM, a Cortex-M4F", CoreKind.CortexM4,
        CoreFeatures.CortexM4 with { InterruptLines = 86, MpuRegions = 0 },
        FtfxKind.Ftfe, 1024, 0x1FFF_0000, 256, Fll, 0x6400_030A, 0xFD0F_0F00, 0x40C0_0000, 0x2BA0_1477, 0x2477_0011, 0xE00F_F003, 0x001C_0000,
        [
            ("SOPT1", 0, 0x8000_B000, 0xE00C_F000, 0xE00C_0000), ("SOPT1CFG", 4, 0, 0x0700_0000, 0x0700_0000), ("SOPT2", 0x1004, 0x1000, 0x303F_1BF0, 0x303F_1BF0),
            ("SCGC1", 0x1028, 0, 0x0C40, 0x0C40), ("SCGC2", 0x102C, 0, 0x3001, 0x3001), ("SCGC3", 0x1030, 0, 0x0B02_1001, 0x0B02_1001),
            ("SCGC4", 0x1034, 0xF010_0030, 0xF01C_3CF6, 0x001C_3CC6), ("SCGC5", 0x1038, 0x0004_0182, 0x0004_3FA3, 0x3E01), ("SCGC6", 0x103C, 0x4000_0001, 0xFBFF_FFFF, 0xFBFF_FFFF),
            ("SCGC7", 0x1040, 6, 7, 7), ("CLKDIV1", 0x1044, 0x0001_0000, 0xFFFF_0000, 0xFFFF_0000), ("CLKDIV2", 0x1048, 0, 0xF, 0xF),
        ],
        new("""
            40008000 1000 DMA; 4000C000 1000 FLEXBUS; 4000D000 1000 SYSMPU; 4001F000 1000 FMC; 40020000 1000 FLASH; 40021000 1000 DMAMUX; 40024000 1000 CAN0; 40029000 1000 RNGA
            4002C000 1000 SPI0; 4002D000 1000 SPI1; 4002F000 1000 I2S0; 40032000 1000 CRC; 40035000 1000 USBDCD; 40036000 1000 PDB0; 40037000 1000 PIT; 40038000 1000 FTM0
            40039000 1000 FTM1; 4003A000 1000 FTM2; 4003B000 1000 ADC0; 4003D000 1000 RTC; 40040000 1000 LPTMR0; 40047000 2000 SIM; 40049000 1000 PORTA; 4004A000 1000 PORTB
            4004B000 1000 PORTC; 4004C000 1000 PORTD; 4004D000 1000 PORTE; 40052000 1000 WDOG; 40061000 1000 EWM; 40064000 1000 MCG; 40065000 1000 OSC; 40066000 1000 I2C0
            40067000 1000 I2C1; 4006A000 1000 UART0; 4006B000 1000 UART1; 4006C000 1000 UART2; 4006D000 1000 UART3; 40072000 1000 USB0; 40073000 1000 CMP; 4007C000 1000 LLWU
            4007D000 1000 PMC; 4007E000 1000 SMC; 4007F000 1000 RCM; 400FF000 1000 GPIO
            """));

    public static IReadOnlyList<KinetisPart> All { get; } = [Kl25, K64];
}

namespace SharpProbe.Sim.Chips.Kinetis;

/// <summary>What tells one Kinetis KE0x from its sisters.</summary>
/// <param name="Name">As the command line has it.</param>
/// <param name="Words">What it is, for people.</param>
/// <param name="Flash">Its flash module.</param>
/// <param name="FlashKilobytes">Program flash.</param>
/// <param name="RamStart">First address of its SRAM.</param>
/// <param name="RamKilobytes">Of SRAM.</param>
/// <param name="Fll">Hertz of the FLL with the internal reference as the factory trims it.</param>
/// <param name="Srsid">SIM_SRSID after power-on.</param>
/// <param name="Divider">Offset of the SIM register that divides the bus clock.</param>
/// <param name="DividerBit">Its bit that halves it.</param>
/// <param name="Uid">Offset of the first word of the unique id.</param>
/// <param name="UidWords">Words of it.</param>
/// <param name="Blocks">Peripherals by address.</param>
public sealed record KePart(string Name, string Words, FtmrKind Flash, uint FlashKilobytes, uint RamStart, uint RamKilobytes, ulong Fll, uint Srsid, uint Divider, int DividerBit, uint Uid, int UidWords, MemoryMap Blocks)
{
    /// <summary>MKE06P80M48SF0RM and data sheet: KEx6, 80 pins; the reference is trimmed to 37.5 kHz and multiplied by 1280.</summary>
    public static KePart Ke06 { get; } = new("mke06z128", "MKE06Z128VLK4, 128 KB of flash, 16 KB of RAM, a Cortex-M0+", FtmrKind.Ftmre, 128, 0x1FFF_F000, 16, 48_000_000, 0x0608_0082, 0x24, 24, 0x18, 3,
        new("""
            40020000 1000 FLASH; 40024000 1000 MSCAN; 40031000 1000 IRQ; 40032000 1000 CRC; 40033000 1000 PWT; 40037000 1000 PIT; 40038000 1000 FTM0; 40039000 1000 FTM1; 4003A000 1000 FTM2
            4003B000 1000 ADC; 4003D000 1000 RTC; 40048000 1000 SIM; 40049000 1000 PORT; 40052000 1000 WDOG; 40064000 1000 ICS; 40065000 1000 OSC; 40066000 1000 I2C0; 40067000 1000 I2C1
            4006A000 1000 UART0; 4006B000 1000 UART1; 4006C000 1000 UART2; 40073000 1000 ACMP0; 40074000 1000 ACMP1; 40076000 1000 SPI0; 40077000 1000 SPI1; 40079000 1000 KBI0
            4007A000 1000 KBI1; 4007D000 1000 PMC; 400FF000 1000 GPIO; F0003000 1000 MCM; F8000000 1000 FGPIO
            """));

    /// <summary>MKE02Z64M20SF0RM and data sheet: KEx2, 64 pins; the reference is trimmed to 31.25 kHz and multiplied by 1024.</summary>
    public static KePart Ke02 { get; } = new("mke02z64", "MKE02Z64VLH2, 64 KB of flash, 4 KB of RAM, a Cortex-M0+", FtmrKind.Ftmrh, 64, 0x1FFF_FC00, 4, 32_000_000, 0x0207_0082, 0x18, 0, 0x10, 2,
        new("""
            40020000 1000 FLASH; 40031000 1000 IRQ; 40032000 1000 CRC; 40037000 1000 PIT; 40038000 1000 FTM0; 40039000 1000 FTM1; 4003A000 1000 FTM2
            4003B000 1000 ADC; 4003D000 1000 RTC; 40048000 1000 SIM; 40049000 1000 PORT; 40052000 1000 WDOG; 40064000 1000 ICS; 40065000 1000 OSC; 40066000 1000 I2C0
            4006A000 1000 UART0; 4006B000 1000 UART1; 4006C000 1000 UART2; 40073000 1000 ACMP0; 40074000 1000 ACMP1; 40076000 1000 SPI0; 40077000 1000 SPI1; 40079000 1000 KBI0
            4007A000 1000 KBI1; 4007D000 1000 PMC; 400FF000 1000 GPIO; F0003000 1000 MCM; F8000000 1000 FGPIO
            """));

    public static IReadOnlyList<KePart> All { get; } = [Ke06, Ke02];
}

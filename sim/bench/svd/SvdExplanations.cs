namespace SharpProbe.Sim.Svd;

/// <summary>Differences between models and vendor files that were looked up: the manual decides.</summary>
public static class SvdExplanations
{
    public static IReadOnlyList<SvdExplanation> All { get; } =
    [
        new("STM32", "GPIO*.IDR", "reset", "pin levels, undefined at reset"),
        new("STM32F7", "GPIOA.OSPEEDR", "reset", "RM0431 6.4.3: 0x0C00_0000 for port A, PA13 is fast"),
        new("STM32H7", "GPIO*.MODER", "reset", "RM0433 11.4.1: one value a port; the file gives port A's to all"),
        new("STM32H7", "GPIO*.OSPEEDR", "reset", "RM0433 11.4.3: one value a port; the file gives port A's to all"),
        new("STM32H7", "GPIO*.PUPDR", "reset", "RM0433 11.3.1: PA13 and PA15 up, PA14 down, PB4 up, nothing else"),
        new("STM32F7", "SYSCFG.MEMRMP", "write", "RM0431 7.2.1: MEM_BOOT is read only"),
        new("STM32F7", "SYSCFG.CMPCR", "write", "RM0431 7.2.7: READY is read only"),
        new("STM32H7", "SYSCFG.CCCSR", "write", "RM0433 12.3.6: READY is read only"),
        new("STM32H7", "SYSCFG.PWRCR", "read write", "RM0433 12.3.9: ODEN is one bit"),
        new("STM32H7", "SYSCFG.UR*", "reset write", "RM0433 12.3.12: they follow option bytes and are read only"),
        new("STM32F7", "*ART*.ISR", "read", "RM0431 31.8.8: RWU (bit 19) exists"),
        new("STM32", "DMA*.S*FCR", "write", "RM0431 8.5.10, RM0433 15.5.10: FS is read only"),
        new("STM32F7", "DMA*.S*CR", "read write", "RM0431 8.5.5: CHSEL has four bits"),
        new("STM32H7", "DMA*.S0CR", "read write", "RM0433 15.5.5: TRBUFF (bit 20) is in all streams"),
        new("STM32F7", "IWDG.WINR", "reset", "RM0431 25.4.5: 0x0000_0FFF"),
        new("STM32H7", "EXTI.CPUIMR*", "reset", "RM0433 20.6: direct lines are unmasked after reset"),
        new("STM32H7", "EXTI.CPU*R3", "write", "RM0433 20.6: read and write as in the first two banks"),
        new("STM32H7", "EXTI.CPUPR2", "write", "RM0433 20.6: a one clears as in the first bank"),
    ];
}

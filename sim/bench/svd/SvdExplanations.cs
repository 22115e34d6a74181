namespace SharpProbe.Sim.Svd;

/// <summary>Differences between models and vendor files that were looked up: the manual decides.</summary>
public static class SvdExplanations
{
    public static IReadOnlyList<SvdExplanation> All { get; } =
    [
        new("STM32", "GPIO*.IDR", "reset", "pin levels, undefined at reset"),
        new("STM32F7", "GPIOA.OSPEEDR", "reset", "RM0431, GPIOx_OSPEEDR: 0x0C00_0000 for port A, PA13 is fast"),
        new("STM32H7", "GPIO*.MODER", "reset", "RM0433, GPIOx_MODER: one value a port; the file gives port A's to all"),
        new("STM32H7", "GPIO*.OSPEEDR", "reset", "RM0433, GPIOx_OSPEEDR: one value a port; the file gives port A's to all"),
        new("STM32H7", "GPIO*.PUPDR", "reset", "RM0433, GPIO general description: PA13 and PA15 up, PA14 down, PB4 up, nothing else"),
        new("STM32F7", "SYSCFG.MEMRMP", "write", "RM0431, SYSCFG_MEMRMP: MEM_BOOT is read only"),
        new("STM32F7", "SYSCFG.CMPCR", "write", "RM0431, SYSCFG_CMPCR: READY is read only"),
        new("STM32H7", "SYSCFG.CCCSR", "write", "RM0433, SYSCFG_CCCSR: READY is read only"),
        new("STM32H7", "SYSCFG.PWRCR", "read write", "RM0433, SYSCFG_PWRCR: ODEN is one bit"),
        new("STM32H7", "SYSCFG.UR*", "reset write", "RM0433, SYSCFG_URx: they follow option bytes and are read only"),
        new("STM32F7", "*ART*.ISR", "read", "RM0431, USART_ISR: RWU (bit 19) exists"),
        new("STM32", "DMA*.S*FCR", "write", "RM0431 and RM0433, DMA_SxFCR: FS is read only"),
        new("STM32F7", "DMA*.S*CR", "read write", "RM0431, DMA_SxCR: CHSEL has four bits"),
        new("STM32H7", "DMA*.S0CR", "read write", "RM0433, DMA_SxCR: TRBUFF (bit 20) is in all streams"),
        new("STM32", "TIM*.ARR", "reset", "RM0431 and RM0433, TIMx_ARR: all ones"),
        new("STM32", "TIM6.CNT", "read write", "UIFCPY (bit 31) shows only with UIFREMAP, which the model refuses"),
        new("STM32", "TIM7.CNT", "read write", "UIFCPY (bit 31) shows only with UIFREMAP, which the model refuses"),
        new("STM32", "TIM3.C*", "read write", "RM0431 and RM0433, TIMx_CNT and CCRx: TIM3 has 16 bits"),
        new("STM32", "TIM4.C*", "read write", "RM0431 and RM0433, TIMx_CNT and CCRx: TIM4 has 16 bits"),
        new("STM32", "TIM3.ARR", "read write", "RM0431 and RM0433, TIMx_ARR: TIM3 has 16 bits"),
        new("STM32", "TIM4.ARR", "read write", "RM0431 and RM0433, TIMx_ARR: TIM4 has 16 bits"),
        new("STM32F7", "IWDG.WINR", "reset", "RM0431, IWDG_WINR: 0x0000_0FFF"),
        new("STM32H7", "EXTI.CPUIMR*", "reset", "RM0433, EXTI registers: direct lines are unmasked after reset"),
        new("STM32H7", "EXTI.CPU*R3", "write", "RM0433, EXTI registers: read and write as in the first two banks"),
        new("STM32H7", "EXTI.CPUPR2", "write", "RM0433, EXTI registers: a one clears as in the first bank"),
        new("STM32F7", "ADC1.SMPR*", "read write", "RM0431, ADC_SMPR1 and ADC_SMPR2: the upper bits are reserved"),
        new("STM32F7", "ADC1.J*", "missing", "injected conversions are not modelled: the offset stops the bench"),
        new("STM32F7", "ADC1.?TR", "missing", "the analog watchdog is not modelled: the offset stops the bench"),
        new("STM32F7", "ADC1.SQR2", "missing", "sequences are not modelled: the offset stops the bench"),
        new("STM32F7", "C_ADC.C?R", "missing", "multi mode is not modelled: the offset stops the bench"),
        new("STM32F7", "SPI?.SR", "write", "RM0431, SPIx_SR: CRCERR is cleared by a written zero; the model has no CRC"),
        new("STM32F7", "SPI?.I2S*", "missing", "RM0431, SPI implementation: SPI4 and SPI5 have no I2S"),
        .. SvdClockExplanations.All,
        .. SvdUsbExplanations.All,
    ];
}

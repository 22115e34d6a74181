using SharpProbe.Sim.Chips.Clocks;

namespace SharpProbe.Sim.Chips.L4;

/// <summary>Enable and reset bits of the STM32L47x: RM0351 6.4.10 to 6.4.27.</summary>
public static class RccRowsL4
{
    private const string Sm = "SMENR";

    public static IReadOnlyList<GateRow> All { get; } =
    [
        new("AHB1", 0x28, 0x48, 0x68, 0x0000_0100, 0x0001_1303, "DMA1:0 DMA2:1 FLASH:8 SRAM1:9/l CRC:12 TSC:16") { Sleep = Sm },
        new("AHB2", 0x2C, 0x4C, 0x6C, 0, 0x0005_32FF, "GPIOA:0 GPIOB:1 GPIOC:2 GPIOD:3 GPIOE:4 GPIOF:5 GPIOG:6 GPIOH:7 SRAM2:9/l OTGFS:12 ADC:13 AES:16 RNG:18") { Sleep = Sm },
        new("AHB3", 0x30, 0x50, 0x70, 0, 0x0000_0101, "FMC:0 QSPI:8") { Sleep = Sm },
        new("APB1", 0x38, 0x58, 0x78, 0, 0xF2FE_CA3F, """
            TIM2:0 TIM3:1 TIM4:2 TIM5:3 TIM6:4 TIM7:5 LCD:9 WWDG:11/el SPI2:14 SPI3:15 USART2:17 USART3:18 UART4:19 UART5:20 I2C1:21 I2C2:22 I2C3:23
            CAN1:25 PWR:28 DAC1:29 OPAMP:30 LPTIM1:31
            """) { Suffix = "1", Sleep = Sm },
        new("APB1", 0x3C, 0x5C, 0x7C, 0, 0x0000_0025, "LPUART1:0 SWPMI1:2 LPTIM2:5") { Suffix = "2", Sleep = Sm },
        new("APB2", 0x40, 0x60, 0x80, 0, 0x0167_7C01, "SYSCFG:0 FIREWALL:7/e SDMMC:10 TIM1:11 SPI1:12 TIM8:13 USART1:14 TIM15:16 TIM16:17 TIM17:18 SAI1:21 SAI2:22 DFSDM:24") { Sleep = Sm },
    ];
}

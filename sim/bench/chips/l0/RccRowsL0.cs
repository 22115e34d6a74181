using SharpProbe.Sim.Chips.Clocks;

namespace SharpProbe.Sim.Chips.L0;

/// <summary>Enable and reset bits that the models know: RM0376 7.3.8 to 7.3.19, RM0038 6.3.6 to 6.3.13.</summary>
public static class RccRowsL0
{
    private const string Sm = "SMENR";

    public static IReadOnlyList<GateRow> L0 { get; } =
    [
        new("IOP", 0x1C, 0x2C, 0x3C, 0, 0x0000_008F, "GPIOA:0 GPIOB:1 GPIOC:2 GPIOD:3 GPIOH:7") { Sleep = Sm },
        new("AHB", 0x20, 0x30, 0x40, 0x0000_0100, 0x0111_1301, "DMA:0 MIF:8 CRC:12 TOUCH:16 RNG:20") { Sleep = Sm },
        new("APB2", 0x24, 0x34, 0x44, 0, 0x0040_5225, "SYSCFG:0 TIM21:2 TIM22:5 ADC:9 SPI1:12 USART1:14 DBG:22") { Sleep = Sm },
        new("APB1", 0x28, 0x38, 0x48, 0, 0xB8E6_4A11, "TIM2:0 TIM6:4 LCD:9 WWDG:11 SPI2:14 USART2:17 LPUART1:18 I2C1:21 I2C2:22 USB:23 CRS:27 PWR:28 DAC:29 LPTIM1:31") { Sleep = Sm },
    ];

    public static IReadOnlyList<GateRow> L1 { get; } =
    [
        new("AHB", 0x10, 0x1C, 0x28, 0x0000_8000, 0x0101_903F, "GPIOA:0 GPIOB:1 GPIOC:2 GPIOD:3 GPIOE:4 GPIOH:5 CRC:12 FLITF:15 DMA1:24"),
        new("APB2", 0x14, 0x20, 0x2C, 0, 0x0000_521D, "SYSCFG:0 TIM9:2 TIM10:3 TIM11:4 ADC1:9 SPI1:12 USART1:14"),
        new("APB1", 0x18, 0x24, 0x30, 0, 0xB0E6_4A37, "TIM2:0 TIM3:1 TIM4:2 TIM6:4 TIM7:5 LCD:9 WWDG:11 SPI2:14 USART2:17 USART3:18 I2C1:21 I2C2:22 USB:23 PWR:28 DAC:29 COMP:31"),
    ];
}

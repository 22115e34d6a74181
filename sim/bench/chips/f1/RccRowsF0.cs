using SharpProbe.Sim.Chips.Clocks;

namespace SharpProbe.Sim.Chips.F1;

/// <summary>Enable and reset bits: RM0091 6.4.4 to 6.4.11, RM0316 9.4.4 to 9.4.11.</summary>
public static class RccRowsF0
{
    public static IReadOnlyList<GateRow> F0 { get; } =
    [
        new("AHB", 0x28, 0x14, null, 0x0000_0014, 0, "DMA:0/e SRAM:2/e FLITF:4/e CRC:6/e GPIOA:17 GPIOB:18 GPIOC:19 GPIOD:20 GPIOF:22 TSC:24"),
        new("APB2", 0x0C, 0x18, null, 0, 0, "SYSCFG:0 ADC:9 TIM1:11 SPI1:12 USART1:14 TIM15:16 TIM16:17 TIM17:18 DBGMCU:22"),
        new("APB1", 0x10, 0x1C, null, 0, 0, "TIM2:0 TIM3:1 TIM6:4 TIM14:8 WWDG:11 SPI2:14 USART2:17 I2C1:21 I2C2:22 PWR:28 DAC:29 CEC:30"),
    ];

    public static IReadOnlyList<GateRow> F3 { get; } =
    [
        new("AHB", 0x28, 0x14, null, 0x0000_0014, 0, "DMA1:0/e DMA2:1/e SRAM:2/e FLITF:4/e CRC:6/e GPIOA:17 GPIOB:18 GPIOC:19 GPIOD:20 GPIOE:21 GPIOF:22 TSC:24 ADC12:28 ADC34:29"),
        new("APB2", 0x0C, 0x18, null, 0, 0, "SYSCFG:0 TIM1:11 SPI1:12 TIM8:13 USART1:14 TIM15:16 TIM16:17 TIM17:18"),
        new("APB1", 0x10, 0x1C, null, 0, 0, "TIM2:0 TIM3:1 TIM4:2 TIM6:4 TIM7:5 WWDG:11 SPI2:14 SPI3:15 USART2:17 USART3:18 UART4:19 UART5:20 I2C1:21 I2C2:22 USB:23 CAN:25 PWR:28 DAC:29"),
    ];
}

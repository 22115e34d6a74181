using SharpProbe.Sim.Chips.Clocks;

namespace SharpProbe.Sim.Chips.G0;

/// <summary>Enable and reset bits of the STM32G071: RM0444 5.4.9 to 5.4.20.</summary>
public static class RccRowsG0
{
    private const string Sm = "SMENR";

    public static IReadOnlyList<GateRow> All { get; } =
    [
        new("IOP", 0x24, 0x34, 0x44, 0, 0x0000_002F, "GPIOA:0 GPIOB:1 GPIOC:2 GPIOD:3 GPIOF:5") { Sleep = Sm },
        new("AHB", 0x28, 0x38, 0x48, 0x0000_0100, 0x0000_1301, "DMA:0 FLASH:8 SRAM:9/l CRC:12") { Sleep = Sm },
        new("APB", 0x2C, 0x3C, 0x4C, 0, 0xFF7E_4C33, """
            TIM2:0 TIM3:1 TIM6:4 TIM7:5 RTCAPB:10/el WWDG:11/el SPI2:14 USART2:17 USART3:18 USART4:19 LPUART1:20 I2C1:21 I2C2:22 CEC:24 UCPD1:25 UCPD2:26 DBG:27
            PWR:28 DAC1:29 LPTIM2:30 LPTIM1:31
            """) { Suffix = "1", Sleep = Sm },
        new("APB", 0x30, 0x40, 0x50, 0, 0x0017_D801, "SYSCFG:0 TIM1:11 SPI1:12 USART1:14 TIM14:15 TIM15:16 TIM16:17 TIM17:18 ADC:20") { Suffix = "2", Sleep = Sm },
    ];
}

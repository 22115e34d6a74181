using SharpProbe.Sim.Chips.Clocks;

namespace SharpProbe.Sim.Chips.F4;

/// <summary>Enable and reset bits of the STM32F405 and F407: RM0090 7.3.5 to 7.3.19. The F412 lacks some and has a few more, which are not modelled.</summary>
public static class RccRowsF4
{
    public static IReadOnlyList<GateRow> All { get; } =
    [
        new("AHB1", 0x10, 0x30, 0x50, 0x0010_0000, 0x7E67_91FF, """
            GPIOA:0 GPIOB:1 GPIOC:2 GPIOD:3 GPIOE:4 GPIOF:5 GPIOG:6 GPIOH:7 GPIOI:8 CRC:12 FLITF:15/l SRAM1:16/l SRAM2:17/l BKPSRAM:18/el CCMDATARAM:20/e
            DMA1:21 DMA2:22 ETHMAC:25 ETHMACTX:26/el ETHMACRX:27/el ETHMACPTP:28/el OTGHS:29 OTGHSULPI:30/el
            """),
        new("AHB2", 0x14, 0x34, 0x54, 0, 0x0000_00F1, "DCMI:0 RNG:6 OTGFS:7"),
        new("AHB3", 0x18, 0x38, 0x58, 0, 0x0000_0001, "FSMC:0"),
        new("APB1", 0x20, 0x40, 0x60, 0, 0x36FE_C9FF, """
            TIM2:0 TIM3:1 TIM4:2 TIM5:3 TIM6:4 TIM7:5 TIM12:6 TIM13:7 TIM14:8 WWDG:11 SPI2:14 SPI3:15 USART2:17 USART3:18 UART4:19 UART5:20
            I2C1:21 I2C2:22 I2C3:23 CAN1:25 CAN2:26 PWR:28 DAC:29
            """),
        new("APB2", 0x24, 0x44, 0x64, 0, 0x0007_5F33, """
            TIM1:0 TIM8:1 USART1:4 USART6:5 ADC:8/r ADC1:8/el ADC2:9/el ADC3:10/el SDIO:11 SPI1:12 SYSCFG:14 TIM9:16 TIM10:17 TIM11:18
            """),
    ];
}

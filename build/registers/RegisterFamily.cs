namespace SharpProbe.Build.Registers;

/// <summary>A set of register blocks that go into one namespace and folder, read from one chip's SVD data.</summary>
/// <param name="Name">"F7", "H7", or "" for designs that both families share.</param>
/// <param name="Blocks">Blocks whose struct is generated here.</param>
/// <param name="Shared">Blocks of the shared set of which this family has instances.</param>
sealed record RegisterFamily(string Name, string Svd, string Manual, RegisterBlock[] Blocks, RegisterBlock[] Shared)
{
    private static readonly string[] Usarts = ["USART1", "USART2", "USART3", "UART4", "UART5", "USART6", "UART7", "UART8"];

    public static readonly RegisterFamily[] All =
    [
        new("", "STM32H743", "RM0433 (RM0431 has the same without the FIFO and prescaler bits of the USART)",
        [
            new("Gpio", "GPIOA", []),
            new("Usart", "USART1", []),
            new("Dma", "DMA1", []),
            new("Iwdg", "IWDG", []),
            new("Tim", "TIM2", []),
        ],
        []),
        new("", "STM32F723", "RM0431 (the H7's SPI is another design)", [new("Spi", "SPI5", [])], []),
        new("F7", "STM32F723", "RM0431",
        [
            new("Rcc", "RCC", ["RCC"]),
            new("Pwr", "PWR", ["PWR"]),
            new("Flash", "FLASH", ["FLASH"]),
            new("Syscfg", "SYSCFG", ["SYSCFG"]),
            new("Exti", "EXTI", ["EXTI"]),
            new("Dbgmcu", "DBG", ["DBG"]),
            new("Adc", "ADC2", ["ADC1"]),
            new("AdcCommon", "C_ADC", ["C_ADC"]),
        ],
        [
            new("Gpio", "GPIOH", ["GPIOA", "GPIOB", "GPIOC", "GPIOD", "GPIOE", "GPIOF", "GPIOG", "GPIOH", "GPIOI"]),
            new("Usart", "USART3", Usarts),
            new("Dma", "DMA2", ["DMA1", "DMA2"]),
            new("Iwdg", "IWDG", ["IWDG"]),
            new("Tim", "TIM2", ["TIM2", "TIM3"]),
            new("Spi", "SPI5", ["SPI5"]),
        ]),
        new("H7", "STM32H743", "RM0433",
        [
            new("Rcc", "RCC", ["RCC"]),
            new("Pwr", "PWR", ["PWR"]),
            new("Flash", "Flash", ["Flash"]),
            new("Syscfg", "SYSCFG", ["SYSCFG"]),
            new("Exti", "EXTI", ["EXTI"]),
            new("Dmamux", "DMAMUX1", ["DMAMUX1"]),
            new("Dbgmcu", "DBGMCU", ["DBGMCU"]),
        ],
        [
            new("Gpio", "GPIOA", ["GPIOA", "GPIOB", "GPIOC", "GPIOD", "GPIOE", "GPIOF", "GPIOG", "GPIOH", "GPIOI", "GPIOJ", "GPIOK"]),
            new("Usart", "USART1", Usarts),
            new("Dma", "DMA1", ["DMA1", "DMA2"]),
            new("Iwdg", "IWDG", ["IWDG"]),
            new("Tim", "TIM2", ["TIM2"]),
        ]),
    ];

    public string Namespace => Name == "" ? "SharpProbe.Hal" : "SharpProbe.Hal." + Name;

    public string Folder => Name == "" ? "hal/registers" : "hal/registers/" + Name.ToLowerInvariant();
}

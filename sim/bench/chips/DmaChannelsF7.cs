namespace SharpProbe.Sim.Chips;

/// <summary>DMA request mapping of STM32F72x and F73x (RM0431, DMA channel selection): rows are channels, columns streams 0 to 7.</summary>
public sealed class DmaChannelsF7(Die die) : IDmaRouter
{
    private static readonly string[][] Dma1 = Table("""
        SPI3_RX   -          SPI3_RX     SPI2_RX    SPI2_TX    SPI3_TX  -          SPI3_TX
        I2C1_RX   I2C3_RX    TIM7_UP     -          TIM7_UP    I2C1_RX  I2C1_TX    I2C1_TX
        TIM4_CH1  -          -           TIM4_CH2   -          -        TIM4_UP    TIM4_CH3
        -         TIM2_UP    I2C3_RX     -          I2C3_TX    TIM2_CH1 TIM2_CH2   TIM2_CH4
        UART5_RX  USART3_RX  UART4_RX    USART3_TX  UART4_TX   USART2_RX USART2_TX UART5_TX
        UART8_TX  UART7_TX   TIM3_UP     UART7_RX   TIM3_TRIG  TIM3_CH2 UART8_RX   TIM3_CH3
        TIM5_UP   TIM5_TRIG  TIM5_CH1    TIM5_TRIG  TIM5_CH2   -        TIM5_UP    -
        -         TIM6_UP    I2C2_RX     I2C2_RX    USART3_TX  DAC1     DAC2       I2C2_TX
        """);

    private static readonly string[][] Dma2 = Table("""
        ADC1      SAI1_A     TIM8_CH1    SAI1_A     ADC1       SAI1_B   TIM1_CH1   SAI2_B
        -         -          ADC2        ADC2       SAI1_B     -        -          -
        ADC3      ADC3       -           SPI5_RX    SPI5_TX    AES_OUT  AES_IN     -
        SPI1_RX   -          SPI1_RX     SPI1_TX    SAI2_A     SPI1_TX  SAI2_B     QUADSPI
        SPI4_RX   SPI4_TX    USART1_RX   SDMMC1     -          USART1_RX SDMMC1    USART1_TX
        -         USART6_RX  USART6_RX   SPI4_RX    SPI4_TX    SPI5_TX  USART6_TX  USART6_TX
        TIM1_TRIG TIM1_CH1   TIM1_CH2    TIM1_CH1   TIM1_CH4   TIM1_UP  TIM1_CH3   -
        -         TIM8_UP    TIM8_CH1    TIM8_CH2   TIM8_CH3   SPI5_RX  SPI5_TX    TIM8_CH4
        -         -          -           -          -          -        -          -
        -         -          -           -          -          -        -          -
        -         -          -           -          -          -        -          -
        SDMMC2    -          -           -          -          SDMMC2   -          -
        """);

    public event Action<int, int>? Changed { add { } remove { } }

    public DmaRequest? Find(int controller, int stream, uint channel)
    {
        var table = controller == 1 ? Dma1 : Dma2;
        string name = channel < table.Length ? table[channel][stream] : "-";
        if (name == "-") throw new BenchStop($"DMA{controller}: stream {stream} enabled with CHSEL = {channel}, which no request uses");
        return die.Request(name);
    }

    private static string[][] Table(string text) => text.Split('\n').Select(row => row.Split(' ', StringSplitOptions.RemoveEmptyEntries)).ToArray();
}

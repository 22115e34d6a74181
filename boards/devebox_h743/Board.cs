using System;
using SharpProbe.Flashing;
using SharpProbe.Hal;
using SharpProbe.Hal.H7;
using static SharpProbe.Hal.H7.Chip;

namespace SharpProbe.Boards;

/// <summary>DEVEBOX STM32H743: STM32H743VIT6.</summary>
unsafe struct Board : IBoard
{
    public static ReadOnlySpan<byte> Name => "devebox_h743"u8;
    public static ReadOnlySpan<byte> Chip => "STM32H743"u8;
    public static ClockSource Oscillator => ClockSource.HseCrystal;    // 25 MHz

    /// <summary>USART1 on PA9 and PA10, the pins that ST's boot loader in ROM listens on too.</summary>
    public static SerialWiring Console => new()
    {
        Usart = USART1,
        KernelHertz = Clocks.ApbHertz,
        Tx = new(GPIOA, 9),
        Rx = new(GPIOA, 10),
        Function = 7,
        Transmit = new(DMA1, 0, 42),                                   // RM0433 table 121: 41 usart1_rx_dma, 42 usart1_tx_dma
        Receive = new(DMA1, 1, 41),
        TransmitIrq = 11,                                              // DMA1_Stream0
        TransmitRing = 1024,
        ReceiveRing = 256,
    };

    /// <summary>UART7 on PE8 (TX) and PE7 (RX).</summary>
    public static SerialWiring TargetUart => new()
    {
        Usart = UART7,
        KernelHertz = Clocks.ApbHertz,
        Tx = new(GPIOE, 8),
        Rx = new(GPIOE, 7),
        Function = 7,
        Transmit = new(DMA1, 2, 80),                                   // RM0433 table 121: 79 uart7_rx_dma, 80 uart7_tx_dma
        Receive = new(DMA1, 3, 79),
        TransmitIrq = 13,                                              // DMA1_Stream2
        ReceiveIrq = 14,                                               // DMA1_Stream3
        TransmitRing = 1024,
        ReceiveRing = 4096,
    };

    /// <summary>USART2 on PA3.</summary>
    public static SerialWiring Trace => new()
    {
        Usart = USART2,
        KernelHertz = Clocks.ApbHertz,
        Rx = new(GPIOA, 3),
        Function = 7,
        Receive = new(DMA1, 4, 43),                                    // RM0433 table 121: 43 usart2_rx_dma
        ReceiveIrq = 15,                                               // DMA1_Stream4
        ReceiveRing = 8192,
    };

    /// <summary>TIM2_CH4 on the same pin.</summary>
    public static CaptureWiring TraceEdges => new()
    {
        Timer = TIM2,
        KernelHertz = 2 * Clocks.ApbHertz,                             // RM0433 8.5.6: twice that of a divided APB
        Channel = 4,
        Pin = new(GPIOA, 3),
        Function = 1,
        Dma = new(DMA1, 5, 21),                                        // RM0433 table 121: tim2_ch4_dma
        DmaIrq = 16,                                                   // DMA1_Stream5
        TimerIrq = 28,
    };

    public static void EnableSerialClocks()
    {
        RCC->APB2ENR |= RCC_APB2ENR.USART1EN;
        RCC->APB1LENR |= RCC_APB1LENR.USART7EN | RCC_APB1LENR.USART2EN | RCC_APB1LENR.TIM2EN;
    }

    /// <summary>The button K2.</summary>
    public static Pin BootButton => new(GPIOC, 5);

    public static OtgController CreateUsb() => UsbCore.FullSpeed;

    public static FlashDevice CreateFlash() => new InternalFlash(2048 * 1024);

    /// <summary>PA1, active low.</summary>
    public static void SetLed(bool on) => new Pin(GPIOA, 1).Output(!on);

    // Pins 3, 4 and 7 of the display connector.
    public static GpioRegisters* WirePort => GPIOB;
    public static int Swclk => 13;
    public static int Swdio => 15;
    public static int ReleasedModes => -1;
    public static SpiRegisters* Shifter => null;
    public static uint ShifterFunction => 0;
    public static uint ShifterKernelHertz => 0;
    public static uint ShifterFastest => 0;
    public static GpioRegisters* TdiPort => GPIOB;
    public static int Tdi => 12;
    public static GpioRegisters* TdoPort => GPIOA;
    public static int Tdo => 3;
    public static Pin TargetReset => new(GPIOB, 1);
    public static bool HasDirection => false;
    public static Pin Direction => default;
    public static bool HasPowerSwitch => false;
    public static Pin PowerSwitch => default;
    public static int TargetMillivolts => -1;
}

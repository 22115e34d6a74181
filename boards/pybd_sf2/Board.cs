using System;
using SharpProbe.Flashing;
using SharpProbe.Hal;
using SharpProbe.Hal.F7;
using static SharpProbe.Hal.F7.Chip;

namespace SharpProbe.Boards;

/// <summary>MicroPython PYBD_SF2: STM32F722IEK6.</summary>
unsafe struct Board : IBoard
{
    public static ReadOnlySpan<byte> Name => "pybd_sf2"u8;
    public static ReadOnlySpan<byte> Chip => "STM32F722"u8;
    public static ClockSource Oscillator => ClockSource.HseCrystal;    // 25 MHz

    /// <summary>UART4 on X1 (PA0, TX) and X2 (PA1, RX): free of the SWD pins X3 to X8.</summary>
    public static SerialWiring Console => new()
    {
        Usart = UART4,
        KernelHertz = Clocks.Apb1Hertz,
        Tx = new(GPIOA, 0),
        Rx = new(GPIOA, 1),
        Function = 8,
        Transmit = new(DMA1, 4, 4),
        Receive = new(DMA1, 2, 4),
        TransmitIrq = 15,                                              // DMA1_Stream4
        TransmitRing = 1024,
        ReceiveRing = 256,
    };

    /// <summary>USART1 on Y1 (PA9, TX) and Y2 (PA10, RX): the X pins lead to no UART but the console's and USART2, whose TX pin is the target's reset.</summary>
    public static SerialWiring TargetUart => new()
    {
        Usart = USART1,
        KernelHertz = Clocks.Apb2Hertz,
        Tx = new(GPIOA, 9),
        Rx = new(GPIOA, 10),
        Function = 7,
        Transmit = new(DMA2, 7, 4),
        Receive = new(DMA2, 2, 4),
        TransmitIrq = 70,                                              // DMA2_Stream7
        ReceiveIrq = 58,                                               // DMA2_Stream2
        TransmitRing = 1024,
        ReceiveRing = 4096,
    };

    /// <summary>USART2 on X4 (PA3).</summary>
    public static SerialWiring Trace => new()
    {
        Usart = USART2,
        KernelHertz = Clocks.CoreHertz,
        Rx = new(GPIOA, 3),
        Function = 7,
        Receive = new(DMA1, 5, 4),
        ReceiveIrq = 16,                                               // DMA1_Stream5
        ReceiveRing = 8192,
    };

    /// <summary>TIM2_CH4 on the same pin.</summary>
    public static CaptureWiring TraceEdges => new()
    {
        Timer = TIM2,
        KernelHertz = 2 * Clocks.Apb1Hertz,                            // RM0431 5.2.13: twice that of a divided APB
        Channel = 4,
        Pin = new(GPIOA, 3),
        Function = 1,
        Dma = new(DMA1, 7, 3),
        DmaIrq = 47,                                                   // DMA1_Stream7
        TimerIrq = 28,
    };

    public static void EnableSerialClocks()
    {
        RCC->DCKCFGR2 |= RCC_DCKCFGR2.UART2SEL(1);                     // SYSCLK
        RCC->APB1ENR |= RCC_APB1ENR.UART4EN | RCC_APB1ENR.USART2EN | RCC_APB1ENR.TIM2EN;
        RCC->APB2ENR |= RCC_APB2ENR.USART1EN;
    }

    /// <summary>The USR button, which shares its pin with SWDIO.</summary>
    public static Pin BootButton => new(GPIOA, 13);

    public static OtgController CreateUsb() => UsbCore.FullSpeed;

    public static FlashDevice CreateFlash() => new InternalFlash(512 * 1024);

    /// <summary>PF4, green, active low.</summary>
    public static void SetLed(bool on) => new Pin(GPIOF, 4).Output(!on);

    // X8, X6 and X3.
    public static GpioRegisters* WirePort => GPIOA;
    public static int Swclk => 5;
    public static int Swdio => 7;
    public static int ReleasedModes => -1;
    public static SpiRegisters* Shifter => null;
    public static uint ShifterFunction => 0;
    public static uint ShifterKernelHertz => 0;
    public static uint ShifterFastest => 0;
    public static GpioRegisters* TdiPort => GPIOC;
    public static int Tdi => 5;
    public static GpioRegisters* TdoPort => GPIOA;
    public static int Tdo => 3;
    public static Pin TargetReset => new(GPIOA, 2);
    public static bool HasDirection => false;
    public static Pin Direction => default;
    public static bool HasPowerSwitch => false;
    public static Pin PowerSwitch => default;
    public static int TargetMillivolts => -1;
}

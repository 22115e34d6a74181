using System;
using SharpProbe.Flashing;
using SharpProbe.Hal;
using SharpProbe.Hal.F7;
using static SharpProbe.Hal.F7.Chip;

namespace SharpProbe.Boards;

/// <summary>ST-LINK/V3 mini: STM32F723IEK6. Pins: schematic MB1367, UM2502.</summary>
unsafe struct Board : IBoard
{
    public static ReadOnlySpan<byte> Name => "stlinkv3mini"u8;
    public static ReadOnlySpan<byte> Chip => "STM32F723"u8;
    public static ClockSource Oscillator => ClockSource.HseBypass;     // a 25 MHz oscillator module

    /// <summary>USART3 on the edge connector CN2: PC10 TX, PB11 RX. The target's UART on CN5 (USART6) stays free for the target.</summary>
    public static SerialWiring Console => new()
    {
        Usart = USART3,
        KernelHertz = Clocks.Apb1Hertz,
        Tx = new(GPIOC, 10),
        Rx = new(GPIOB, 11),
        Function = 7,
        Transmit = new(DMA1, 3, 4),
        Receive = new(DMA1, 1, 4),
        TransmitIrq = 14,                                              // DMA1_Stream3
        TransmitRing = 1024,
        ReceiveRing = 256,
    };

    /// <summary>USART6 on CN5: PG14 TX (pin 14), PG9 RX (pin 13).</summary>
    public static SerialWiring TargetUart => new()
    {
        Usart = USART6,
        KernelHertz = Clocks.Apb2Hertz,
        Tx = new(GPIOG, 14),
        Rx = new(GPIOG, 9),
        Function = 8,
        Transmit = new(DMA2, 6, 5),
        Receive = new(DMA2, 1, 5),
        TransmitIrq = 69,                                              // DMA2_Stream6
        ReceiveIrq = 57,                                               // DMA2_Stream1
        TransmitRing = 1024,
        ReceiveRing = 4096,
    };

    /// <summary>UART5 on PD2, pin 8 of CN5, which the board joins with PC7 and PB5.</summary>
    public static SerialWiring Trace => new()
    {
        Usart = UART5,
        KernelHertz = Clocks.CoreHertz,
        Rx = new(GPIOD, 2),
        Function = 8,
        Receive = new(DMA1, 0, 4),
        ReceiveIrq = 11,                                               // DMA1_Stream0
        ReceiveRing = 8192,
    };

    /// <summary>TIM3_CH2 on PC7.</summary>
    public static CaptureWiring TraceEdges => new()
    {
        Timer = TIM3,
        KernelHertz = 2 * Clocks.Apb1Hertz,                            // RM0431 5.2.13: twice that of a divided APB
        Channel = 2,
        Pin = new(GPIOC, 7),
        Function = 2,
        Dma = new(DMA1, 5, 5),
        DmaIrq = 16,                                                   // DMA1_Stream5
        TimerIrq = 29,
    };

    public static void EnableSerialClocks()
    {
        RCC->DCKCFGR2 |= RCC_DCKCFGR2.UART5SEL(1);                     // SYSCLK
        RCC->APB1ENR |= RCC_APB1ENR.USART3EN | RCC_APB1ENR.UART5EN | RCC_APB1ENR.TIM3EN;
        RCC->APB2ENR |= RCC_APB2ENR.USART6EN | RCC_APB2ENR.SPI5EN;
    }

    /// <summary>PC1, a contact of the edge connector CN2: to ground while the board resets.</summary>
    public static Pin BootButton => new(GPIOC, 1);

    public static OtgController CreateUsb() => UsbCore.HighSpeed;

    public static FlashDevice CreateFlash() => new InternalFlash(512 * 1024);

    /// <summary>PA10: low green, high red, input off.</summary>
    public static void SetLed(bool on)
    {
        Pin led = new(GPIOA, 10);
        if (on) led.Output(false);
        else led.Input();
    }

    // SWDIO is tied to PF9 and PH7, SWCLK to PH6 and PB2 (schematic MB1367): PH7 and PH6 share a port. PH4 and PH5 are not connected and stay analog.
    public static GpioRegisters* WirePort => GPIOH;
    public static int Swclk => 6;
    public static int Swdio => 7;
    public static int ReleasedModes => 0x1F;
    // PH6 is SPI5_SCK too, and PH7 SPI5_MISO.
    public static SpiRegisters* Shifter => SPI5;
    public static uint ShifterFunction => 5;
    public static uint ShifterKernelHertz => Clocks.Apb2Hertz;
    public static uint ShifterFastest => 27_000_000;
    // TDI is tied to PF8 and PA1, TDO to PB5, PC7 and PD2.
    public static GpioRegisters* TdiPort => GPIOF;
    public static int Tdi => 8;
    public static GpioRegisters* TdoPort => GPIOB;
    public static int Tdo => 5;
    public static Pin TargetReset => new(GPIOA, 6);
    public static bool HasDirection => true;
    public static Pin Direction => new(GPIOA, 7);                      // pin 2 of CN5
    public static bool HasPowerSwitch => true;
    public static Pin PowerSwitch => new(GPIOB, 0);                    // pin 1 of CN5
    public static int TargetMillivolts => 2 * VoltageInput.Millivolts(new(GPIOA, 0), channel: 0);   // a divider by two
}

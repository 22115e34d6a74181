using SharpProbe.Intrinsics;
using static SharpProbe.Hal.H7.Chip;

namespace SharpProbe.Hal.H7;

/// <summary>STM32H743 and H750.</summary>
public unsafe struct Family : IFamily
{
    public static uint CoreHertz => Clocks.CoreHertz;
    public static uint UniqueIdAddress => UniqueId.AddressH7;
    public static uint TightMemoryEnd => 0x2002_0000;
    public static uint* GpioClockEnable => (uint*)RCC + 0xE0 / 4;          // AHB4ENR
    public static uint ProgramMicroseconds => 100;                         // DS12110, table "Flash memory programming": x64
    public static IwdgRegisters* Iwdg => IWDG;

    public static ClockSource StartClocks(ClockSource preferred) => Clocks.Start(preferred);

    public static ResetCause TakeResetCause() => Reset.TakeCause();

    public static void EnableBasics()
    {
        RCC->AHB4ENR |= 0x7FF;                                     // GPIOA to GPIOK
        RCC->AHB1ENR |= RCC_AHB1ENR.DMA1EN | RCC_AHB1ENR.DMA2EN;
        RCC->AHB2ENR |= RCC_AHB2ENR.SRAM1EN;                       // where DMA buffers lie
        RCC->APB4ENR |= RCC_APB4ENR.SYSCFGEN;
        _ = RCC->APB4ENR;
        MemoryProtection.Set(3, DmaMemory.Start, 0x2_0000, MemoryAttributes.NotCached);
    }

    /// <summary>DMAMUX1 channels 0 to 7 belong to DMA1, 8 to 15 to DMA2 (RM0433 17.3.2).</summary>
    public static uint Route(in DmaRoute route)
    {
        int channel = route.Stream + (route.Dma == DMA2 ? 8 : 0);
        *((uint*)DMAMUX1 + channel) = route.Request;
        Cpu.Dsb();
        return 1u << 20;                                           // TRBUFF: without it a stream that serves a UART can lock up (RM0433 15.5.5, ES0392)
    }
}

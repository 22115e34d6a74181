using static SharpProbe.Hal.F7.Chip;

namespace SharpProbe.Hal.F7;

/// <summary>STM32F722 and F723.</summary>
public unsafe struct Family : IFamily
{
    private const uint Hse = 25_000_000;

    public static uint CoreHertz => Clocks.CoreHertz;
    public static uint UniqueIdAddress => UniqueId.AddressF7;
    public static uint TightMemoryEnd => 0x2001_0000;
    public static uint* GpioClockEnable => (uint*)RCC + 0x30 / 4;          // AHB1ENR
    public static uint ProgramMicroseconds => 16;                          // DS11853, table "Flash memory programming": x32
    public static IwdgRegisters* Iwdg => IWDG;

    public static ClockSource StartClocks(ClockSource preferred) => Clocks.Start(preferred, Hse);

    public static ResetCause TakeResetCause() => Reset.TakeCause();

    public static void EnableBasics()
    {
        RCC->AHB1ENR |= 0x1FF | RCC_AHB1ENR.DMA1EN | RCC_AHB1ENR.DMA2EN;   // GPIOA to GPIOI
        RCC->APB2ENR |= RCC_APB2ENR.SYSCFGEN;
        _ = RCC->APB2ENR;                                          // two cycles until the clocks run (RM0431 5.2.12)
    }

    public static uint Route(in DmaRoute route) => route.Request << 25;   // CHSEL
}

namespace SharpProbe.Demo;

/// <summary>PC13, on when low (RM0008 chapter 9).</summary>
static unsafe class Light
{
    private const uint Rcc = 0x4002_1000, GpioC = 0x4001_1000;

    internal static void Start()
    {
        Register(Rcc + 0x18) |= 1 << 4;                      // RCC_APB2ENR.IOPCEN
        Register(GpioC + 0x04) = 0x4424_4444;                // GPIOC_CRH: PC13 push-pull, 2 MHz
    }

    internal static void Show(bool on) => Register(GpioC + 0x10) = on ? 1u << 29 : 1u << 13;

    private static ref uint Register(uint address) => ref *(uint*)address;
}

namespace SharpProbe.Sim.Chips.L4;

/// <summary>Register boundary addresses of what is modelled in the L4's relatives, and of what a program would use first (RM0432 2.2, RM0440 2.2, RM0490 2.2, RM0503 2.2; RM0434 2.2, RM0453 2.2).</summary>
public static class MemoryMapL4Kin
{
    private const string Common = "40002C00 400 WWDG; 40003000 400 IWDG; 40010000 30 SYSCFG; 40013800 400 USART1; ";

    public static MemoryMap M4 { get; } = new(Common + "40007000 400 PWR; 40021000 400 RCC; 40022000 400 FLASH; 48000000 400 GPIOA; 48000400 400 GPIOB");

    public static MemoryMap M0 { get; } = new(Common + "40007000 400 PWR; 40021000 400 RCC; 40022000 400 FLASH; 50000000 400 GPIOA; 50000400 400 GPIOB");

    public static MemoryMap Radio { get; } = new(Common + "48000000 400 GPIOA; 48000400 400 GPIOB; 58000000 400 RCC; 58000400 400 PWR; 58004000 400 FLASH");
}

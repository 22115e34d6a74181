namespace SharpProbe.Sim.Chips.L5;

/// <summary>Register boundary addresses of what is modelled, and of what a program would use first (RM0438 2.3.2, RM0456 2.3.2).</summary>
public static class MemoryMapL5
{
    public static MemoryMap L5 { get; } = new("40003000 400 IWDG; 40015800 400 SAI2; 40007000 400 PWR; 40021000 400 RCC; 40022000 400 FLASH; 40030400 400 ICACHE; 42020000 400 GPIOA; 42020400 400 GPIOB");

    public static MemoryMap U5 { get; } = new("40003000 400 IWDG; 40015800 400 SAI2; 40022000 400 FLASH; 40030400 400 ICACHE; 42020000 400 GPIOA; 42020400 400 GPIOB; 46020800 400 PWR; 46020C00 400 RCC");
}

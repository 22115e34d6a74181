namespace SharpProbe.Sim.Chips.H5;

/// <summary>Register boundary addresses of the STM32H563 that its target models (RM0481 2.3.2).</summary>
public static class MemoryMapH5
{
    public static MemoryMap Blocks { get; } = new("40003000 400 IWDG; 40022000 400 FLASH; 44020800 400 PWR; 44020C00 400 RCC; 44024000 400 DBG");
}

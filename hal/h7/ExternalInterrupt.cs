using static SharpProbe.Hal.H7.Chip;

namespace SharpProbe.Hal.H7;

/// <summary>A pin's edges as an interrupt: lines 0 to 15 (RM0433 chapter 20 and 12.3.2).</summary>
public static unsafe class ExternalInterrupt
{
    /// <summary>Routes a port (0 = A) to line <paramref name="line"/>. The NVIC is the caller's; SYSCFG's clock must be on.</summary>
    public static void Enable(int line, uint port, bool rising, bool falling)
    {
        uint* select = (uint*)SYSCFG + 2 + (line >> 2);          // EXTICR1 to EXTICR4
        int shift = (line & 3) * 4;
        *select = *select & ~(0xFu << shift) | port << shift;
        uint bit = 1u << line;
        EXTI->RTSR1 = rising ? EXTI->RTSR1 | bit : EXTI->RTSR1 & ~bit;
        EXTI->FTSR1 = falling ? EXTI->FTSR1 | bit : EXTI->FTSR1 & ~bit;
        Acknowledge(line);
        EXTI->CPUIMR1 |= bit;
    }

    public static void Disable(int line) => EXTI->CPUIMR1 &= ~(1u << line);

    public static void Acknowledge(int line) => EXTI->CPUPR1 = 1u << line;
}

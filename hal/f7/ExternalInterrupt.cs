using static SharpProbe.Hal.F7.Chip;

namespace SharpProbe.Hal.F7;

/// <summary>A pin's edges as an interrupt: lines 0 to 15 (RM0431 chapter 11 and 7.2.3).</summary>
public static unsafe class ExternalInterrupt
{
    /// <summary>Routes a port (0 = A) to line <paramref name="line"/>. The NVIC is the caller's; SYSCFG's clock must be on.</summary>
    public static void Enable(int line, uint port, bool rising, bool falling)
    {
        uint* select = (uint*)SYSCFG + 2 + (line >> 2);          // EXTICR1 to EXTICR4
        int shift = (line & 3) * 4;
        *select = *select & ~(0xFu << shift) | port << shift;
        uint bit = 1u << line;
        EXTI->RTSR = rising ? EXTI->RTSR | bit : EXTI->RTSR & ~bit;
        EXTI->FTSR = falling ? EXTI->FTSR | bit : EXTI->FTSR & ~bit;
        Acknowledge(line);
        EXTI->IMR |= bit;
    }

    public static void Disable(int line) => EXTI->IMR &= ~(1u << line);

    public static void Acknowledge(int line) => EXTI->PR = 1u << line;
}

namespace SharpProbe.Sim.Chips;

/// <summary>What distinguishes the USARTs of two families; one design otherwise (RM0431 and RM0433, chapters "USART").</summary>
public sealed class UsartVersion
{
    /// <summary>Entries of the transmit and of the receive FIFO; 0: none.</summary>
    public required int FifoDepth { get; init; }
    /// <summary>Bits of CR1, CR2, CR3, ISR and ICR that exist.</summary>
    public required uint Cr1 { get; init; }
    public required uint Cr2 { get; init; }
    public required uint Cr3 { get; init; }
    public required uint Isr { get; init; }
    public required uint Icr { get; init; }
    public required bool HasPrescaler { get; init; }

    public static UsartVersion F7 { get; } = new()
    {
        FifoDepth = 0, HasPrescaler = false,
        Cr1 = 0x1FFF_FFFD, Cr2 = 0xFFFF_FF70, Cr3 = 0x010E_FFFF, Isr = 0x022F_DFFF, Icr = 0x0002_1BDF,
    };

    /// <summary>STM32L47x (RM0351 40): no FIFO, no prescaler, wake-up from Stop.</summary>
    public static UsartVersion L4 { get; } = new()
    {
        FifoDepth = 0, HasPrescaler = false,
        Cr1 = 0x1FFF_FFFF, Cr2 = 0xFFFF_FF70, Cr3 = 0x007E_FFFF, Isr = 0x007F_DFFF, Icr = 0x0012_1B5F,
    };

    /// <summary>STM32G07x, USART 1 and 2 (RM0444 26): the H7's with half the FIFO.</summary>
    public static UsartVersion G0 { get; } = new()
    {
        FifoDepth = 8, HasPrescaler = true,
        Cr1 = 0xFFFF_FFFF, Cr2 = 0xFFFF_FF79, Cr3 = 0xFFFE_FFFF, Isr = 0x0FFF_FFFF, Icr = 0x0012_3BFF,
    };

    public static UsartVersion H7 { get; } = new()
    {
        FifoDepth = 16, HasPrescaler = true,
        Cr1 = 0xFFFF_FFFF, Cr2 = 0xFFFF_FF79, Cr3 = 0xFFFE_FFFF, Isr = 0x0FFF_FFFF, Icr = 0x0012_3BFF,
    };
}

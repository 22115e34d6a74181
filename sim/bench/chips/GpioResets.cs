namespace SharpProbe.Sim.Chips;

/// <summary>Reset values of one port's registers.</summary>
public readonly record struct GpioResets(uint Moder, uint Ospeedr, uint Pupdr)
{
    /// <summary>RM0431, GPIO registers: ports A and B hold the debug port's pins; all other pins are inputs.</summary>
    public static GpioResets F7(char port) => port switch
    {
        'A' => new(0xA800_0000, 0x0C00_0000, 0x6400_0000),
        'B' => new(0x0000_0280, 0x0000_00C0, 0x0000_0100),
        _ => default,
    };

    /// <summary>RM0090 8.4: as the F7, whose ports are the F4's.</summary>
    public static GpioResets F4(char port) => F7(port);

    /// <summary>RM0351 8.5: all pins but the debug port's are analog. Ports have BRR and ASCR.</summary>
    public static GpioResets L4(char port) => (port == 'H' ? new(0xF, 0, 0) : H7(port)) with { HasBrr = true, HasAscr = true };

    /// <summary>RM0444 6.4: all pins but the debug port's are analog.</summary>
    public static GpioResets G0(char port) => (port == 'A' ? new(0xEBFF_FFFF, 0x0C00_0000, 0x2400_0000) : new GpioResets(uint.MaxValue, 0, 0)) with { HasBrr = true };

    /// <summary>A bit reset register at 0x28.</summary>
    public bool HasBrr { get; init; }

    /// <summary>An analog switch register at 0x2C.</summary>
    public bool HasAscr { get; init; }

    /// <summary>
    /// RM0433, GPIO registers: all pins but the debug port's are analog. PUPDR of port A is given as 0x1210_0000 in places, which would pull up PA10;
    /// the general description says PA13 and PA15 up, PA14 down, as on every sister part.
    /// </summary>
    public static GpioResets H7(char port) => port switch
    {
        'A' => new(0xABFF_FFFF, 0x0C00_0000, 0x6400_0000),
        'B' => new(0xFFFF_FEBF, 0x0000_00C0, 0x0000_0100),
        _ => new(0xFFFF_FFFF, 0, 0),
    };
}

namespace SharpProbe.Sim;

/// <summary>
/// How the core reaches a range of peripherals. Bus cycles are those of the AHB; an APB behind it adds <see cref="ApbCycles"/> of its own.
/// </summary>
/// <param name="Address">First address.</param>
/// <param name="Size">Bytes.</param>
/// <param name="Apb">Which APB: 1 to 4; 0: none.</param>
/// <param name="WriteCycles">AHB cycles that a store occupies the path.</param>
/// <param name="ReadCycles">AHB cycles from a load's issue to its data.</param>
public readonly record struct PeripheralPath(uint Address, uint Size, int Apb, uint WriteCycles, uint ReadCycles)
{
    /// <summary>Set-up and access phase of an APB transfer (AMBA 3 APB).</summary>
    public const uint ApbCycles = 2;

    /// <summary>
    /// STM32F72x/F73x (RM0431 2.1, figure 1): APB1, APB2, AHB1 and AHB2 hang on the core's own AHB peripheral port. Four cycles a store is what the
    /// published 12 core cycles for three GPIO stores give (DESIGN.md, "Timing truth"); loads have no anchor: a store's path and back.
    /// </summary>
    public static readonly PeripheralPath[] F7 =
    [
        new(0x4000_0000, 0x0001_0000, 1, 4, 6),
        new(0x4001_0000, 0x0001_0000, 2, 4, 6),
        new(0x4002_0000, 0x0FFE_0000, 0, 4, 6),
        new(0x5000_0000, 0x1000_0000, 0, 4, 6),
        new(0xA000_0000, 0x2000_0000, 0, 5, 7),
    ];

    /// <summary>
    /// STM32H742/743/750 (RM0433 2.1, figure 1): D2 is on the peripheral port like the F7's; D1 is behind the AXI matrix, and D3 (GPIO, RCC, EXTI, SYSCFG) one
    /// AXI-to-AHB bridge and the D1-to-D3 link further. Six cycles a store to D3 is what 24 core cycles for two GPIO stores at half the core clock give.
    /// </summary>
    public static readonly PeripheralPath[] H7 =
    [
        new(0x4000_0000, 0x0001_0000, 1, 4, 6),
        new(0x4001_0000, 0x0001_0000, 2, 4, 6),
        new(0x4002_0000, 0x0FFE_0000, 0, 4, 6),
        new(0x5000_0000, 0x0100_0000, 3, 5, 7),
        new(0x5100_0000, 0x0700_0000, 0, 5, 7),
        new(0x5800_0000, 0x0002_0000, 4, 6, 8),
        new(0x5802_0000, 0x07FE_0000, 0, 6, 8),
    ];

    /// <summary>STM32F10x (RM0008 figure 1): AHB peripherals and both APBs behind their bridges.</summary>
    public static readonly PeripheralPath[] F1 =
    [
        new(0x4000_0000, 0x0001_0000, 1, 0, 0),
        new(0x4001_0000, 0x0000_8000, 2, 0, 0),
        new(0x4001_8000, 0x0FFE_8000, 0, 1, 1),
    ];

    /// <summary>STM32F4 (RM0090 figure 1): as the F1, with longer windows of the APBs and an AHB2.</summary>
    public static readonly PeripheralPath[] F4 =
    [
        new(0x4000_0000, 0x0001_0000, 1, 0, 0),
        new(0x4001_0000, 0x0001_0000, 2, 0, 0),
        new(0x4002_0000, 0x1FFE_0000, 0, 1, 1),
    ];

    /// <summary>The window of this path for the present clocks: core cycles per AHB cycle, and per cycle of APB1 to APB4.</summary>
    public BusWindow Window(uint ahbRatio, ReadOnlySpan<uint> apbRatios)
    {
        uint apb = Apb == 0 ? 0 : ApbCycles * apbRatios[Apb - 1];
        return new(Address, Size, ReadCycles * ahbRatio + apb, WriteCycles * ahbRatio + apb);
    }
}

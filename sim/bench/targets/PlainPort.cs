namespace SharpProbe.Sim.Targets;

/// <summary>The debug port of a chip with one core.</summary>
/// <param name="Dpidr">SW-DP DPIDR.</param>
/// <param name="ApIdr">AHB-AP IDR.</param>
/// <param name="RomBase">BASE of the AHB-AP.</param>
/// <param name="IsV6M">A Cortex-M0+: TAR counts 10 bits, no packed transfers.</param>
/// <param name="Uart">The pins that a probe's UART is wired to.</param>
public sealed record PlainPort(uint Dpidr, uint ApIdr, uint RomBase, bool IsV6M, (string Tx, string Rx) Uart)
{
    /// <summary>Arm's own ROM table.</summary>
    public const uint ArmTable = 0xE00F_F003;

    public static PlainPort M0Plus(uint romBase, string tx, string rx) => new(0x0BC1_1477, 0x0477_0031, romBase, true, (tx, rx));
    public static PlainPort M4(uint romBase, string tx, string rx) => new(0x2BA0_1477, 0x2477_0011, romBase, false, (tx, rx));
    public static PlainPort M7(uint romBase, string tx, string rx) => new(0x0BD1_1477, 0x8477_0001, romBase, false, (tx, rx));
}

using SharpProbe.Sim.Chips.Clocks;

namespace SharpProbe.Sim.Boards;

/// <summary>The facts of one board.</summary>
public sealed record Board
{
    public required string Name { get; init; }
    public required ChipKind Chip { get; init; }
    /// <summary>Internal flash that is there, in KB.</summary>
    public required uint FlashKilobytes { get; init; }
    public required ExternalClocks Clocks { get; init; }
    public required IReadOnlyList<Led> Leds { get; init; }
    /// <summary>Chip's TX and RX pin of the serial console.</summary>
    public required (string Tx, string Rx) Console { get; init; }
    /// <summary>The device controller whose lines are at the USB connector, by the manual's name.</summary>
    public required string Usb { get; init; }
    /// <summary>The connector's 5 V reach the chip's sense pin (PA9 or PB13).</summary>
    public bool SensesVbus { get; init; }
    public IReadOnlyList<Resistor> Resistors { get; init; } = [];
    /// <summary>Pins that the board joins, each group on one wire.</summary>
    public IReadOnlyList<string[]> Wires { get; init; } = [];
    /// <summary>PKGR of the H7: 0 LQFP100, 5 UFBGA176.</summary>
    public uint Package { get; init; }
}

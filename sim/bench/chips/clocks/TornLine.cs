namespace SharpProbe.Sim.Chips.Clocks;

/// <summary>A line of cells after an erase that ended early.</summary>
public enum TornLine
{
    Old,
    Random,
    Erased,
}

namespace SharpProbe.Sim.Pins;

/// <summary>What one member does to a wire, weakest first. A stronger drive wins; equal strengths against each other do not resolve.</summary>
public enum Drive
{
    None,
    /// <summary>A chip's internal pull-down, about 40 kΩ.</summary>
    PullDown,
    /// <summary>A chip's internal pull-up, about 40 kΩ.</summary>
    PullUp,
    /// <summary>A resistor on the board, 10 kΩ or less: wins against an internal pull.</summary>
    ResistorDown,
    ResistorUp,
    /// <summary>An output stage that pulls to ground.</summary>
    Low,
    /// <summary>An output stage that pulls to the supply.</summary>
    High,
}

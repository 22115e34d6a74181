namespace SharpProbe.Sim.Pins;

/// <summary>State of a wire after all its drivers are weighed.</summary>
public enum Level
{
    /// <summary>Nobody drives it, or pulls of one strength work against each other.</summary>
    Floating,
    Low,
    High,
    /// <summary>Two output stages against each other.</summary>
    Conflict,
}

namespace SharpProbe.Sim.Boards;

/// <summary>Where in a flash operation the power goes.</summary>
public enum CutMoment
{
    /// <summary>No cell has changed yet.</summary>
    Start,
    /// <summary>Somewhere in it, by the seed.</summary>
    Middle,
    /// <summary>All cells have, but the program has not been told.</summary>
    End,
}

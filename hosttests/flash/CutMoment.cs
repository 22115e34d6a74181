namespace SharpProbe.Tests.Flashing;

/// <summary>Where in an operation the power goes.</summary>
public enum CutMoment
{
    /// <summary>Nothing has changed yet.</summary>
    Start,
    /// <summary>Half done.</summary>
    Middle,
    /// <summary>Done, but nobody heard of it.</summary>
    End,
}

namespace SharpProbe.Adi;

/// <summary>The SWD wire that several debug ports share: which of them the last TARGETSEL chose.</summary>
sealed class SwdLine
{
    /// <summary>Null: not known.</summary>
    public SwDebugPort? Selected { get; set; }
}

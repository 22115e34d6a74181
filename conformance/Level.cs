namespace SharpProbe.Conformance;

/// <summary>Who asks for it.</summary>
enum Level
{
    /// <summary>The specification, or every host that there is.</summary>
    Must,

    /// <summary>We, where the specification is silent.</summary>
    Strict,
}

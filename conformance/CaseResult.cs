namespace SharpProbe.Conformance;

/// <param name="Why">Of a failure, or what is missing; empty for a pass.</param>
/// <param name="Last">The last exchanges of a failure.</param>
sealed record CaseResult(Case Case, Verdict Verdict, string Why, IReadOnlyList<Exchange> Last)
{
    /// <summary>Fails where we alone ask for it.</summary>
    public bool OnlyStrict => Verdict == Verdict.Fail && Case.Level == Level.Strict;
}

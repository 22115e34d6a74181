namespace SharpProbe.Conformance;

/// <summary>What a case needs is not there: it is none.</summary>
sealed class CaseImpossible(string why) : Exception(why);

namespace SharpProbe.Conformance;

/// <summary>The probe did not answer as a case asks for.</summary>
sealed class CaseFailed(string why) : Exception(why);

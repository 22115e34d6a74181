namespace SharpProbe.Conformance;

/// <summary>There is no talking to the probe any more.</summary>
public sealed class TransportLost(string why) : Exception(why);

namespace SharpProbe.Sim.Cli;

/// <summary>The command line asks for something that cannot be; the message says what would do.</summary>
internal sealed class UsageError(string message) : Exception(message);

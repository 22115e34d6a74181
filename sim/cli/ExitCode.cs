namespace SharpProbe.Sim.Cli;

/// <summary>What the program returns; a firmware that ends by semihosting gives its own code.</summary>
internal static class ExitCode
{
    public const int Good = 0, Failed = 1, Usage = 2, BenchStopped = 3;
}

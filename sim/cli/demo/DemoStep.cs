namespace SharpProbe.Sim.Cli.Demo;

/// <summary>One thing that the demo shows.</summary>
/// <param name="Title">What is done, in a few words.</param>
/// <param name="Expect">A regular expression that gdb's answer must match, or the demo has failed.</param>
/// <param name="Commands">What gdb is told.</param>
internal sealed record DemoStep(string Title, string Expect, params string[] Commands);

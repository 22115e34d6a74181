namespace SharpProbe.Tests.Guest;

/// <summary>The test has somebody else's driver erase, program and verify simulated targets: those named, or all of the test's own data. docs/flash.md says so of no others (<see cref="ForeignDriverTests"/>).</summary>
/// <param name="tool">OpenOCD or pyOCD.</param>
/// <param name="targets">On the bench; none: the first column of the test's data.</param>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class AcceptsAttribute(string tool, params string[] targets) : Attribute
{
    public string Tool { get; } = tool;
    public IReadOnlyList<string> Targets { get; } = targets;
}

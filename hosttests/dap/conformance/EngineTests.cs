using SharpProbe.Conformance;
using SharpProbe.Tests.Adi;
using Xunit.Abstractions;

namespace SharpProbe.Tests.Dap.Conformance;

/// <summary>The conformance suite against the engine, in this process.</summary>
public class EngineTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData(64, false)]
    [InlineData(64, true)]
    [InlineData(512, false)]
    public void The_engine_passes_each_case(int packetSize, bool hid)
    {
        var rig = new DapRig();
        // Some cases stop in the middle of an answer, and random bytes do anything: both ends drive for a moment, as they would on a desk.
        rig.Rig.Nets.ConflictStops = false;
        using var transport = new EngineTransport(rig, packetSize, hid);
        var suite = new Suite(transport, new() { Ram = RamBus.Start, RandomBytes = 100_000, TryVendor = true });
        suite.Look();
        output.WriteLine(Report.About(transport, suite.Probe));
        Assert.NotEqual(0u, suite.Probe.DebugPort);
        Assert.NotNull(suite.Probe.Hole);
        var results = suite.Run(null, _ => { });
        output.WriteLine(Report.Summary(results));
        string[] failures = [.. results.Where(result => result.Verdict == Verdict.Fail).Select(Report.Line)];
        Assert.True(failures.Length == 0, string.Join("\n", failures.Take(20)));
    }
}

using SharpProbe.Conformance;
using SharpProbe.Sim.Cli.Conform;
using Xunit.Abstractions;

namespace SharpProbe.Tests.Dap.Conformance;

/// <summary>The conformance suite against the boards' own firmware on the bench.</summary>
public class BoardTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData("stlinkv3mini", false)]
    [InlineData("stlinkv3mini", true)]
    [InlineData("devebox_h743", false)]
    [InlineData("devebox_h743", true)]
    public void A_board_passes_each_case(string board, bool hid)
    {
        using var transport = new BenchTransport(board, hid);
        var suite = new Suite(transport, new() { RandomBytes = 10_000, TryVendor = true });
        suite.Look();
        output.WriteLine(Report.About(transport, suite.Probe));
        Assert.NotEqual(0u, suite.Probe.DebugPort);
        var results = suite.Run(null, _ => { });
        output.WriteLine(Report.Summary(results));
        string[] failures = [.. results.Where(result => result.Verdict == Verdict.Fail).Select(Report.Line)];
        Assert.True(failures.Length == 0, string.Join("\n", failures.Take(20)));
        Assert.Equal("", string.Join("\n", transport.Host.Usb.Findings.All));
    }
}

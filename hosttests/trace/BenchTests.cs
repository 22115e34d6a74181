using SharpProbe.Sim;
using SharpProbe.Sim.Cli.Rig;
using Xunit.Abstractions;

namespace SharpProbe.Tests.Trace;

/// <summary>The product's own firmware on the bench, bytes without pause at its SWO pin, and a host that compares every one.</summary>
public class BenchTests(ITestOutputHelper output)
{
    /// <summary>SWO_BYTES=5000000 for the long run.</summary>
    private static long Bytes => long.TryParse(Environment.GetEnvironmentVariable("SWO_BYTES"), out long bytes) ? bytes : 256 * 1024;

    [Theory]
    [InlineData(SwoWay.Commands)]
    [InlineData(SwoWay.Stream)]
    [InlineData(SwoWay.Text)]
    public void At_2250000_baud_no_byte_is_lost(SwoWay way)
    {
        var rig = new SwoRig("stlinkv3mini", way);
        string? trouble = rig.Pass(Bytes, 2_250_000);
        output.WriteLine($"{way}: {rig.Bytes} bytes at {rig.Baud}: {trouble ?? "all there"}");
        Assert.Null(trouble);
    }

    [Theory]
    [InlineData("stlinkv3mini", SwoWay.Stream, 27_000_000)]
    [InlineData("stlinkv3mini", SwoWay.Commands, 13_500_000)]
    [InlineData("stlinkv3mini", SwoWay.Text, 13_500_000)]
    [InlineData("devebox_h743", SwoWay.Stream, 6_750_000)]
    public void As_fast_as_docs_swo_says_no_byte_is_lost(string board, SwoWay way, uint baud)
    {
        var rig = new SwoRig(board, way);
        string? trouble = rig.Pass(64 * 1024, baud);
        output.WriteLine($"{board} {way}: {rig.Bytes} bytes at {rig.Baud}: {trouble ?? "all there"}");
        Assert.Null(trouble);
    }

    [Theory]
    [InlineData("stlinkv3mini", SwoWay.Stream, 2_250_000)]
    [InlineData("stlinkv3mini", SwoWay.Text, 4_500_000)]
    [InlineData("stlinkv3mini", SwoWay.Commands, 100_000)]
    public void Manchester_at_a_rate_that_nobody_told_loses_no_byte(string board, SwoWay way, uint baud)
    {
        var rig = new SwoRig(board, way, manchester: true);
        string? trouble = rig.Pass(Math.Min(64 * 1024, baud / 50), baud);
        output.WriteLine($"{board} {way}: {rig.Bytes} bytes at {rig.Baud}: {trouble ?? "all there"}");
        Assert.Null(trouble);
    }

    [Theory]
    [InlineData(SwoWay.Commands)]
    [InlineData(SwoWay.Stream)]
    public void A_host_that_fetches_nothing_for_200_ms_loses_trace_is_told_and_gets_what_comes_after(SwoWay way)
    {
        var rig = new SwoRig("stlinkv3mini", way);
        string? trouble = rig.PassWithPause(200 * 1024, 2_250_000, 200 * (TimeBase.Second / 1000));
        output.WriteLine($"{way}: {rig.Bytes} bytes, {rig.Dropped} lost: {trouble ?? "the rest is whole"}");
        Assert.Null(trouble);
        Assert.True(rig.ToldOfLoss);
        Assert.InRange(rig.Dropped, 10_000, 60_000);
    }
}

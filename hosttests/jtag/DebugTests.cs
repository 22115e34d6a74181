using SharpProbe.Monitoring;
using SharpProbe.Sim.Targets;
using SharpProbe.Target;
using SharpProbe.Tests.Debugging;
using Xunit.Abstractions;
using static SharpProbe.Tests.Debugging.BenchTarget;

namespace SharpProbe.Tests.JtagWire;

/// <summary>The target layer by the firmware's own JTAG: what a debugger does every day.</summary>
public class DebugTests(ITestOutputHelper output)
{
    private static string Monitor(BenchTarget bench, string line)
    {
        var text = new TextLog();
        new ProbeMonitor(bench.Session, bench.Clock, bench.Background).Execute(System.Text.Encoding.ASCII.GetBytes(line), text);
        return text.Text;
    }

    [Theory]
    [InlineData(TargetKind.Genuine, "STM32F1 medium density", 13 * 20 + 6440 * 0.0525)]
    [InlineData(TargetKind.Clone, "STM32F1 (clone)", 13 * 2 + 6440 * 0.010)]
    public void A_part_is_known_and_its_flash_programmed_as_by_SWD(TargetKind kind, string name, double limit)
    {
        var bench = ByJtag(kind, 0xE7FE).Attached();
        output.WriteLine(Monitor(bench, "targets"));
        Assert.Contains(name, Monitor(bench, "targets"));
        var data = new byte[12_880];
        new Random(1).NextBytes(data);
        double start = bench.Milliseconds;
        Succeeds(bench.Core.FlashErase(Flash, (uint)data.Length));
        Succeeds(bench.Core.FlashWrite(Flash, data));
        Succeeds(bench.Core.FlashDone());
        double took = bench.Milliseconds - start;
        output.WriteLine($"{took:F1} ms; the flash needs {limit:F1}");
        Assert.Equal(data, bench.Read(Flash, data.Length));
        Assert.InRange(took, limit, limit * 1.1);
    }

    [Fact]
    public void Breakpoints_watchpoints_steps_and_resets_work()
    {
        // movs r0, #0x20; lsls r0, r0, #24; nop; str r0, [r0, #4]; nop; nop; b .
        var bench = ByJtag(TargetKind.Genuine, 0x2020, 0x0600, 0xBF00, 0x6040, 0xBF00, 0xBF00, 0xE7FE).Attached();
        Succeeds(bench.Core.Reset());
        Assert.Equal(PointResult.Done, bench.Core.Insert(PointKind.Hardware, Code + 4, 2));
        Assert.Equal(PointResult.Done, bench.Core.Insert(PointKind.Write, Ram + 4, 4));
        Assert.Equal(StopReason.Breakpoint, bench.RunToStop().Reason);
        Assert.Equal(Code + 4, bench.Pc);
        Assert.Equal(PointResult.Done, bench.Core.Remove(PointKind.Hardware, Code + 4, 2));
        StopInfo stop = bench.RunToStop();
        Assert.Equal((StopReason.WatchWrite, Ram + 4), (stop.Reason, stop.Address));
        Succeeds(bench.Session.Detach());
    }

    [Fact]
    public void Code_that_takes_the_pins_away_is_caught_by_connecting_under_reset()
    {
        // AFIO's clock on, then SWJ_CFG = 4: ldr r0, [pc, #16]; movs r1, #1; str r1, [r0]; ldr r0, [pc, #12]; ldr r1, [pc, #16]; str r1, [r0]; b . ; .align; literals
        var bench = ByJtag(TargetKind.Genuine, 0x4803, 0x2101, 0x6001, 0x4803, 0x4903, 0x6001, 0xE7FE, 0xBF00, 0x1018, 0x4002, 0x0004, 0x4001, 0x0000, 0x0400);
        bench.Pass(2000);
        Assert.Contains("no TAP answers, TDO stays 1", Words(bench.Session.Scan(0)));
        bench.Session.ConnectUnderReset = true;
        Succeeds(bench.Session.Scan(0));
        Succeeds(bench.Session.Attach(0));
        Assert.Equal(Code, bench.Pc);
    }

    [Fact]
    public void Code_that_keeps_SWD_alone_is_reached_by_swdp_scan_only()
    {
        // As above with SWJ_CFG = 2.
        var bench = ByJtag(TargetKind.Genuine, 0x4803, 0x2101, 0x6001, 0x4803, 0x4903, 0x6001, 0xE7FE, 0xBF00, 0x1018, 0x4002, 0x0004, 0x4001, 0x0000, 0x0200);
        bench.Pass(2000);
        Assert.Contains("JTAG device scan failed!", Monitor(bench, "jtag_scan"));
        Assert.Contains("STM32F1 medium density", Monitor(bench, "swdp_scan"));
    }

    [Fact]
    public void Monitor_lists_the_chain_takes_lengths_and_goes_back_to_SWD()
    {
        var bench = Wired(TargetKind.Genuine, 0xE7FE);
        string said = Monitor(bench, "jtag_scan");
        output.WriteLine(said);
        Assert.Contains("1   5 0x16410041", said);
        Assert.Contains("STM32F1 medium density", said);
        Assert.Contains("STM32F1 medium density", Monitor(bench, "jtag_scan 4 5"));
        Assert.Contains("9 bits in all", Monitor(bench, "jtag_scan 5 5"));
        Assert.Contains("of 1 to 16", Monitor(bench, "jtag_scan 4 17"));
        Assert.Contains("STM32F1 medium density", Monitor(bench, "swdp_scan"));
        Assert.DoesNotContain("0x16410041", Monitor(bench, "swdp_scan"));
    }
}

using SharpProbe.Sim.Targets;
using SharpProbe.Target;
using Xunit.Abstractions;
using static SharpProbe.Tests.Debugging.BenchTarget;

namespace SharpProbe.Tests.Debugging;

/// <summary>The target layer with the firmware's own SWD between it and the target: what a debugger's everyday costs.</summary>
public class WiredTests(ITestOutputHelper output)
{
    // movs r0, #0; loop: adds r0, #1; movs r1, #7; b loop
    private static readonly ushort[] Count = [0x2000, 0x3001, 0x2107, 0xE7FC];

    private double Time(BenchTarget bench, string what, Action action)
    {
        double start = bench.Milliseconds;
        action();
        double took = bench.Milliseconds - start;
        output.WriteLine($"{what}: {took:F3} ms");
        return took;
    }

    private static byte[] Noise(int length)
    {
        var data = new byte[length];
        new Random(1).NextBytes(data);
        return data;
    }

    [Theory]
    [InlineData(TargetKind.Genuine)]
    [InlineData(TargetKind.Clone)]
    public void Loading_costs_little_more_than_the_flash_itself(TargetKind kind)
    {
        var bench = Wired(kind, 0xE7FE).Attached();
        FlashTimes(kind, out double halfword, out double erase);
        byte[] data = Noise(12_880);
        double took = Time(bench, $"load of {data.Length} bytes, {kind}", () =>
        {
            Succeeds(bench.Core.FlashErase(Flash, (uint)data.Length));
            Succeeds(bench.Core.FlashWrite(Flash, data));
            Succeeds(bench.Core.FlashDone());
        });
        double limit = 13 * erase + data.Length / 2 * halfword;
        output.WriteLine($"limit {limit:F3} ms");
        Assert.Equal(data, bench.Read(Flash, data.Length));
        Assert.InRange(took, limit, limit * 1.08);
    }

    private static void FlashTimes(TargetKind kind, out double halfword, out double erase) =>
        (halfword, erase) = kind == TargetKind.Genuine ? (0.0525, 20) : (0.010, 2);

    [Fact]
    public void A_step_with_its_registers_takes_less_than_half_a_millisecond()
    {
        var bench = Wired(TargetKind.Genuine, Count).Attached();
        Succeeds(bench.Core.Reset());
        double took = Time(bench, "step and g packet", () =>
        {
            Succeeds(bench.Core.Step());
            while (bench.Core.Poll().Reason == StopReason.Running) { }
            for (int i = 0; i < 16; i++) bench.Register(i);
            bench.Register(25);
        });
        Assert.InRange(took, 0.05, 0.5);
        Assert.Equal(Code + 2, bench.Pc);
    }

    [Fact]
    public void Stepping_alone_makes_more_than_ten_thousand_steps_a_second()
    {
        var bench = Wired(TargetKind.Genuine, Count).Attached();
        Succeeds(bench.Core.Reset());
        double took = Time(bench, "100 steps, pc read after each", () =>
        {
            for (int i = 0; i < 100; i++)
            {
                Succeeds(bench.Core.Step());
                while (bench.Core.Poll().Reason == StopReason.Running) { }
                bench.Register(15);
            }
        });
        Assert.InRange(took, 1, 10);
    }

    [Fact]
    public void Breakpoints_watchpoints_and_resets_work_by_wire()
    {
        // movs r0, #0x20; lsls r0, r0, #24; nop; str r0, [r0, #4]; nop; nop; b .
        var bench = Wired(TargetKind.Genuine, 0x2020, 0x0600, 0xBF00, 0x6040, 0xBF00, 0xBF00, 0xE7FE).Attached();
        Time(bench, "reset", () => Succeeds(bench.Core.Reset()));
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
    public void Code_that_takes_the_SWD_pins_away_is_caught_by_connecting_under_reset()
    {
        // AFIO's clock on, then SWJ_CFG = 4: ldr r0, [pc, #16]; movs r1, #1; str r1, [r0]; ldr r0, [pc, #12]; ldr r1, [pc, #16]; str r1, [r0]; b . ; .align; literals
        var bench = Wired(TargetKind.Genuine, 0x4803, 0x2101, 0x6001, 0x4803, 0x4903, 0x6001, 0xE7FE, 0xBF00, 0x1018, 0x4002, 0x0004, 0x4001, 0x0000, 0x0400);
        bench.Pass(2000);
        Assert.False(bench.Chip.SwdOn);
        Assert.Contains("no answer", Words(bench.Session.Scan(0)));
        bench.Session.ConnectUnderReset = true;
        bench.Attached();
        Assert.Equal(Code, bench.Pc);
    }
}

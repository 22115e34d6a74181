using SharpProbe.Adi;
using SharpProbe.Sim.Targets;
using SharpProbe.Target;
using static SharpProbe.Tests.Debugging.BenchTarget;

namespace SharpProbe.Tests.Debugging;

/// <summary>What happens at the wrong moment is told, and the next session works.</summary>
public class AccidentTests
{
    // movs r0, #0; loop: adds r0, #1; movs r1, #7; b loop
    private static readonly ushort[] Count = [0x2000, 0x3001, 0x2107, 0xE7FC];

    private static byte[] Noise(int length)
    {
        var data = new byte[length];
        new Random(1).NextBytes(data);
        return data;
    }

    private static void Load(BenchTarget bench)
    {
        Succeeds(bench.Core.FlashErase(Flash, 3000));
        Succeeds(bench.Core.FlashWrite(Flash, Noise(3000)));
        Succeeds(bench.Core.FlashDone());
        Assert.Equal(Noise(3000), bench.Read(Flash, 3000));
    }

    [Fact]
    public void A_reset_from_outside_leaves_breakpoints_armed()
    {
        var bench = new BenchTarget(Count).Attached();
        Assert.Contains("hard\n", bench.Monitor("vector_catch disable reset"));
        Succeeds(bench.Core.Reset());
        Assert.Equal(StopReason.Running, bench.RunToStop(2).Reason);
        Assert.Equal(PointResult.Done, bench.Core.Insert(PointKind.Hardware, Code, 2));
        bench.Chip.SystemReset();
        Assert.Equal(StopReason.Breakpoint, bench.WaitForStop().Reason);
        Assert.Equal(Code, bench.Pc);
    }

    [Fact]
    public void Power_that_comes_back_finds_the_debugger_armed_again()
    {
        var bench = Wired(TargetKind.Genuine, Count).Attached();
        Succeeds(bench.Core.Resume());
        bench.Chip.PowerOff();
        bench.Pass(1000);
        StopInfo stop = bench.Core.Poll();
        Assert.Equal(StopReason.Lost, stop.Reason);
        Assert.NotEqual("no error", Words(stop.Fault));
        bench.Chip.PowerOn();
        bench.Pass(10_000);
        bench.Attached();
        bench.Register(0);
    }

    [Fact]
    public void A_session_that_ends_in_the_middle_of_a_load_leaves_the_flash_usable()
    {
        var bench = new BenchTarget(TargetKind.Clone, 0xE7FE).Attached();
        Succeeds(bench.Core.FlashErase(Flash, 10_000));
        Succeeds(bench.Core.FlashWrite(Flash, Noise(5000)));
        bench.Core.Work();
        Succeeds(bench.Session.Detach());
        bench.Attached();
        Load(bench);
    }

    [Fact]
    public void A_wire_that_breaks_in_the_middle_of_a_load_is_told_and_the_next_load_works()
    {
        var bench = new BenchTarget(TargetKind.Clone, 0xE7FE).Attached();
        Succeeds(bench.Core.FlashErase(Flash, 10_000));
        Succeeds(bench.Core.FlashWrite(Flash, Noise(5000)));
        bench.Core.Work();
        bench.WireFault = FaultKind.LostTarget;
        Assert.Equal("target lost: it answered before and does not now", Words(bench.Core.FlashDone()));
        bench.Session.Detach();
        Assert.Equal("target lost: it answered before and does not now", Words(bench.Session.Scan(0)));
        bench.WireFault = FaultKind.None;
        bench.Pass(50_000);
        bench.Attached();
        Load(bench);
    }

    [Fact]
    public void Power_lost_in_the_middle_of_a_load_is_told_and_the_next_load_works()
    {
        var bench = Wired(TargetKind.Clone, 0xE7FE).Attached();
        Succeeds(bench.Core.FlashErase(Flash, 10_000));
        Succeeds(bench.Core.FlashWrite(Flash, Noise(5000)));
        for (int i = 0; i < 5; i++) bench.Core.Work();
        bench.Chip.PowerOff();
        bench.Pass(1000);
        Assert.NotEqual("no error", Words(bench.Core.FlashDone()));
        bench.Session.Detach();
        bench.Chip.PowerOn();
        bench.Pass(10_000);
        bench.Attached();
        Load(bench);
    }

    [Fact]
    public void A_reset_in_the_middle_of_a_load_drops_what_is_queued()
    {
        var bench = new BenchTarget(TargetKind.Clone, 0xE7FE).Attached();
        Succeeds(bench.Core.FlashErase(Flash, 10_000));
        Succeeds(bench.Core.FlashWrite(Flash, Noise(5000)));
        Succeeds(bench.Core.Reset());
        Load(bench);
    }

    [Fact]
    public void A_reset_from_outside_in_the_middle_of_a_load_is_told()
    {
        var bench = new BenchTarget(TargetKind.Clone, 0xE7FE).Attached();
        Succeeds(bench.Core.FlashErase(Flash, 3000));
        Succeeds(bench.Core.FlashWrite(Flash, Noise(3000)));
        for (int i = 0; i < 400; i++)
        {
            bench.Core.Work();
            bench.Pass(20);
        }
        bench.Chip.SystemReset();                           // the controller is locked again, and ignores what comes
        Succeeds(bench.Core.FlashWrite(Flash + 2000, Noise(100)));
        Assert.Equal("target was reset in the meantime: does it have a watchdog?", Words(bench.Core.FlashDone()));
        bench.Attached();
        Load(bench);
    }

    [Fact]
    public void After_a_load_that_a_reset_spoilt_the_next_one_needs_no_vFlashDone()
    {
        var bench = new BenchTarget(TargetKind.Clone, 0xE7FE).Attached();
        Succeeds(bench.Core.FlashErase(Flash, 3000));
        Succeeds(bench.Core.FlashWrite(Flash, Noise(3000)));
        bench.Core.Work();
        bench.Chip.SystemReset();
        for (int i = 0; i < 100; i++) bench.Core.Work();
        Assert.StartsWith("target was reset", Words(bench.Core.FlashWrite(Flash + 2000, Noise(100))));
        Load(bench);
    }
}

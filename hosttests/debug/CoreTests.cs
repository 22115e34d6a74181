using SharpProbe.Adi;
using SharpProbe.Sim.Targets;
using SharpProbe.Target;
using static SharpProbe.Tests.Debugging.BenchTarget;

namespace SharpProbe.Tests.Debugging;

public class CoreTests
{
    // movs r0, #0; loop: adds r0, #1; movs r1, #7; b loop
    private static BenchTarget Counting() => new(0x2000, 0x3001, 0x2107, 0xE7FC);

    [Theory]
    [InlineData(TargetKind.Genuine, "STM32F1 medium density")]
    [InlineData(TargetKind.Clone, "STM32F1 (clone) medium density")]
    [InlineData(TargetKind.Gd32, "GD32F10x medium density")]
    public void A_scan_names_the_part_without_halting_it(TargetKind kind, string name)
    {
        var bench = new BenchTarget(kind, 0xE7FE);
        Succeeds(bench.Session.Scan(0));
        Assert.Equal((1, name, "M3"), (bench.Session.Count, System.Text.Encoding.ASCII.GetString(bench.Core.Driver), System.Text.Encoding.ASCII.GetString(bench.Core.Core)));
        Assert.False(bench.Chip.Core.Halted);
    }

    [Fact]
    public void Attaching_halts_and_detaching_lets_run()
    {
        var bench = Counting().Attached();
        Assert.Equal(StopReason.Request, bench.Core.Poll().Reason);
        uint count = bench.Register(0);
        bench.Pass(100);
        Assert.Equal(count, bench.Register(0));
        Succeeds(bench.Session.Detach());
        bench.Pass(100);
        Assert.Equal((false, null), (bench.Chip.Core.Halted, bench.Session.Current));
    }

    [Fact]
    public void A_reset_stops_at_the_first_instruction()
    {
        var bench = Counting().Attached();
        Succeeds(bench.Core.Reset());
        Assert.Equal((Code, StackTop, 0xFFFF_FFFFu), (bench.Pc, bench.Register(13), bench.Register(14)));
    }

    [Fact]
    public void A_reset_works_where_nRESET_is_not_wired()
    {
        var bench = Counting();
        bench.ResetIsWired = false;
        bench.Attached();
        Succeeds(bench.Core.Reset());
        Assert.Equal(Code, bench.Pc);
    }

    [Fact]
    public void Steps_go_instruction_by_instruction()
    {
        var bench = Counting().Attached();
        Succeeds(bench.Core.Reset());
        uint[] addresses = new uint[4];
        for (int i = 0; i < 4; i++)
        {
            Succeeds(bench.Core.Step());
            Assert.Equal(StopReason.Step, bench.WaitForStop().Reason);
            addresses[i] = bench.Pc;
        }
        Assert.Equal([Code + 2, Code + 4, Code + 6, Code + 2], addresses);
    }

    [Fact]
    public void Registers_keep_what_is_written()
    {
        var bench = Counting().Attached();
        bench.Register(3, 0x1234_5678);
        bench.Register(27, Ram + 0x800);                    // psp
        Succeeds(bench.Core.WriteRegister(29, [0x50]));     // basepri
        Succeeds(bench.Core.WriteRegister(31, [2]));        // control: psp is sp now
        var basepri = new byte[1];
        Succeeds(bench.Core.ReadRegister(29, basepri));
        Assert.Equal((0x1234_5678u, Ram + 0x800, 0x50), (bench.Register(3), bench.Register(13), basepri[0]));
    }

    [Fact]
    public void Reading_a_register_twice_asks_the_core_once()
    {
        var bench = Counting().Attached();
        var port = (BenchPort)bench.Access.Port(0);
        bench.Register(5);
        int before = port.Transfers;
        bench.Register(5);
        Assert.Equal(before, port.Transfers);
    }

    [Fact]
    public void A_running_core_has_no_registers()
    {
        var bench = Counting().Attached();
        Succeeds(bench.Core.Resume());
        Assert.Equal("target is running", Words(bench.Core.ReadRegister(0, new byte[4])));
    }

    [Fact]
    public void A_program_that_resets_itself_is_caught_at_its_first_instruction()
    {
        // ldr r0, =AIRCR; ldr r1, =0x05FA0004; str r1, [r0]; b .
        var bench = new BenchTarget(0x4801, 0x4902, 0x6001, 0xE7FE, 0xED0C, 0xE000, 0x0004, 0x05FA).Attached();
        Succeeds(bench.Core.Reset());
        Assert.Equal(StopReason.Breakpoint, bench.RunToStop().Reason);
        Assert.Equal(Code, bench.Pc);
    }

    [Fact]
    public void A_fault_shows_the_instruction_that_caused_it()
    {
        // movs r0, #0xFF; lsls r0, r0, #24; nop; ldr r0, [r0]; b .
        var bench = new BenchTarget(0x20FF, 0x0600, 0xBF00, 0x6800, 0xE7FE).Attached();
        Succeeds(bench.Core.Reset());
        Assert.Equal(StopReason.Fault, bench.RunToStop().Reason);
        Assert.Equal((Code + 6, StackTop, 0xFF00_0000u), (bench.Pc, bench.Register(13), bench.Register(0)));
    }

    [Fact]
    public void A_target_that_is_gone_is_lost_and_a_new_scan_finds_it_again()
    {
        var bench = Counting().Attached();
        Succeeds(bench.Core.Resume());
        bench.WireFault = FaultKind.LostTarget;
        StopInfo stop = bench.Core.Poll();
        Assert.Equal((StopReason.Lost, FaultKind.LostTarget), (stop.Reason, stop.Fault.Kind));
        Assert.Null(bench.Session.Current);
        bench.WireFault = FaultKind.None;
        bench.Attached();
    }

    [Fact]
    public void Connecting_under_reset_stops_before_the_first_instruction()
    {
        // movs r0, #1; then the SWJ pins could be taken away
        var bench = new BenchTarget(0x2001, 0xE7FE);
        bench.Session.ConnectUnderReset = true;
        bench.Attached();
        Assert.Equal((Code, StackTop), (bench.Pc, bench.Register(13)));
    }

    [Fact]
    public void Connecting_under_reset_wakes_a_core_that_sleeps()
    {
        var bench = new BenchTarget(/* wfi; b . - 2 */ 0xBF30, 0xE7FD);
        bench.Pass(1000);
        bench.Session.ConnectUnderReset = true;
        bench.Attached();
        Assert.Equal(Code, bench.Pc);
    }

    [Fact]
    public void A_core_that_sleeps_is_halted()
    {
        var bench = new BenchTarget(/* wfi; b . - 2 */ 0xBF30, 0xE7FD);
        bench.Pass(1000);
        bench.Attached();
        Assert.InRange(bench.Pc, Code, Code + 2);
    }

    [Fact]
    public void A_step_over_WFI_ends()
    {
        var bench = new BenchTarget(/* wfi; b . - 2 */ 0xBF30, 0xE7FD).Attached();
        Succeeds(bench.Core.Reset());
        Succeeds(bench.Core.Step());
        Assert.Equal(StopReason.Step, bench.WaitForStop().Reason);
        Assert.Equal(Code + 2, bench.Pc);
    }

    [Fact]
    public void A_bus_that_is_dead_is_lost_some_time_after_halting_was_asked()
    {
        var bench = Counting().Attached();
        bench.Session.HaltTimeout = 100;
        Succeeds(bench.Core.Resume());
        bench.WireFault = FaultKind.WaitTimeout;
        Assert.Equal(StopReason.Running, bench.Core.Poll().Reason);
        bench.Core.Halt();
        Assert.Equal(StopReason.Running, bench.Core.Poll().Reason);
        bench.Pass(101_000);
        StopInfo stop = bench.Core.Poll();
        Assert.Equal((StopReason.Lost, FaultKind.WaitTimeout), (stop.Reason, stop.Fault.Kind));
    }

    [Fact]
    public void Detaching_from_a_target_that_is_gone_says_so_at_once()
    {
        var bench = Counting().Attached();
        bench.WireFault = FaultKind.LostTarget;
        double start = bench.Milliseconds;
        Assert.Equal("target lost: it answered before and does not now", Words(bench.Session.Detach()));
        Assert.InRange(bench.Milliseconds - start, 0, 200);
        Assert.Null(bench.Session.Current);
    }

    [Fact]
    public void A_target_that_somebody_holds_in_reset_is_told_so()
    {
        var bench = Counting();
        Succeeds(bench.Session.Scan(0));
        bench.Session.HaltTimeout = 50;
        bench.HoldsReset = true;
        Assert.Equal("target is held in reset: nRESET is low", Words(bench.Session.Attach(0)));
    }

    [Fact]
    public void Watchdogs_and_sleep_clocks_are_put_back_on_detach()
    {
        var bench = Counting();
        AccessPort port = bench.Access.Port(0);
        Succeeds(port.Write32(0xE004_2004, 2));
        bench.Attached();
        Succeeds(port.Read32(0xE004_2004, out uint attached));
        Succeeds(bench.Core.Reset());
        Succeeds(bench.Session.Detach());
        Succeeds(port.Read32(0xE004_2004, out uint after));
        Assert.Equal((0x307u, 2u), (attached, after));
    }

    [Fact]
    public void Vector_catch_names_what_is_caught()
    {
        var bench = Counting().Attached();
        Assert.Equal("caught: hard reset\n", bench.Monitor("vector_catch"));
        Assert.Equal("caught: hard bus mm reset\n", bench.Monitor("vector_catch enable bus mm"));
        Assert.Equal("caught: bus mm reset\n", bench.Monitor("vector_catch dis hard"));
        Assert.Equal("!bad argument\n", bench.Monitor("vector_catch enable everything"));
    }
}

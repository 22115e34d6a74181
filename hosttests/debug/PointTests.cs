using SharpProbe.Target;
using static SharpProbe.Tests.Debugging.BenchTarget;

namespace SharpProbe.Tests.Debugging;

public class PointTests
{
    // movs r0, #0; loop: adds r0, #1; movs r1, #7; b loop
    private static readonly ushort[] Count = [0x2000, 0x3001, 0x2107, 0xE7FC];

    [Fact]
    public void A_breakpoint_in_flash_stops_before_the_instruction()
    {
        var bench = new BenchTarget(Count).Attached();
        Succeeds(bench.Core.Reset());
        Assert.Equal(PointResult.Done, bench.Core.Insert(PointKind.Hardware, Code + 4, 2));
        Assert.Equal(StopReason.Breakpoint, bench.RunToStop().Reason);
        Assert.Equal((Code + 4, 1u), (bench.Pc, bench.Register(0)));
    }

    [Fact]
    public void A_software_breakpoint_in_flash_takes_a_comparator()
    {
        var bench = new BenchTarget(Count).Attached();
        for (uint i = 0; i < 6; i++) Assert.Equal(PointResult.Done, bench.Core.Insert(PointKind.Software, Code + i * 2, 2));
        Assert.Equal(PointResult.NoneFree, bench.Core.Insert(PointKind.Software, Code + 20, 2));
        Assert.Equal(PointResult.Done, bench.Core.Remove(PointKind.Software, Code + 4, 2));
        Assert.Equal(PointResult.Done, bench.Core.Insert(PointKind.Software, Code + 20, 2));
    }

    [Fact]
    public void A_breakpoint_in_RAM_is_not_seen_in_memory()
    {
        var bench = new BenchTarget(0xE7FE).Attached();
        bench.WriteCode(RamCode, Count);
        Assert.Equal(PointResult.Done, bench.Core.Insert(PointKind.Software, RamCode + 4, 2));
        Assert.Equal(0x2107, bench.Halfword(RamCode + 4));
        bench.Pc = RamCode;
        Assert.Equal(StopReason.Breakpoint, bench.RunToStop().Reason);
        Assert.Equal((RamCode + 4, 1u), (bench.Pc, bench.Register(0)));
        Assert.Equal(PointResult.Done, bench.Core.Remove(PointKind.Software, RamCode + 4, 2));
        Succeeds(bench.Core.Step());
        Assert.Equal(StopReason.Step, bench.WaitForStop().Reason);
        Assert.Equal(7u, bench.Register(1));
    }

    [Fact]
    public void What_is_written_over_a_breakpoint_comes_back_when_it_is_removed()
    {
        var bench = new BenchTarget(0xE7FE).Attached();
        bench.WriteCode(RamCode, Count);
        bench.Core.Insert(PointKind.Software, RamCode + 4, 2);
        Succeeds(bench.Core.WriteMemory(RamCode + 3, [0x11, 0x22]));
        Assert.Equal(0x2122, bench.Halfword(RamCode + 4));
        Assert.Equal(0xBE00u, bench.Chip.Read(RamCode + 4, 2, out uint raw, out _) ? raw : 0);
        bench.Core.Remove(PointKind.Software, RamCode + 4, 2);
        Assert.Equal(0x2122, bench.Halfword(RamCode + 4));
    }

    [Fact]
    public void Detaching_takes_breakpoints_out_of_RAM()
    {
        var bench = new BenchTarget(0xE7FE).Attached();
        bench.WriteCode(RamCode, Count);
        bench.Core.Insert(PointKind.Software, RamCode + 4, 2);
        Succeeds(bench.Session.Detach());
        Assert.True(bench.Chip.Read(RamCode + 4, 2, out uint raw, out _));
        Assert.Equal(0x2107u, raw);
    }

    [Fact]
    public void A_hardware_breakpoint_in_RAM_becomes_an_instruction_there()
    {
        var bench = new BenchTarget(0xE7FE).Attached();
        bench.WriteCode(RamCode, Count);
        Assert.Equal(PointResult.Done, bench.Core.Insert(PointKind.Hardware, RamCode + 4, 2));
        bench.Pc = RamCode;
        Assert.Equal(StopReason.Breakpoint, bench.RunToStop().Reason);
        Assert.Equal(PointResult.Done, bench.Core.Remove(PointKind.Hardware, RamCode + 4, 2));
    }

    [Fact]
    public void The_programs_own_breakpoint_instruction_is_passed_on_resume()
    {
        var bench = new BenchTarget(/* movs r0, #1; bkpt #0; movs r0, #2; bkpt #1; b . */ 0x2001, 0xBE00, 0x2002, 0xBE01, 0xE7FE).Attached();
        Succeeds(bench.Core.Reset());
        Assert.Equal(StopReason.Breakpoint, bench.RunToStop().Reason);
        Assert.Equal(Code + 2, bench.Pc);
        Succeeds(bench.Core.Step());
        Assert.Equal(StopReason.Step, bench.WaitForStop().Reason);
        Assert.Equal((Code + 4, 1u), (bench.Pc, bench.Register(0)));
        Assert.Equal(StopReason.Breakpoint, bench.RunToStop().Reason);
        Assert.Equal((Code + 6, 2u), (bench.Pc, bench.Register(0)));
    }

    [Theory]
    [InlineData(PointKind.Write, StopReason.WatchWrite)]
    [InlineData(PointKind.Access, StopReason.WatchAccess)]
    public void A_watchpoint_tells_the_address(PointKind kind, StopReason reason)
    {
        // movs r0, #0x20; lsls r0, r0, #24; nop; str r0, [r0, #4]; nop; nop; b .
        var bench = new BenchTarget(0x2020, 0x0600, 0xBF00, 0x6040, 0xBF00, 0xBF00, 0xE7FE).Attached();
        Succeeds(bench.Core.Reset());
        Assert.Equal(PointResult.Done, bench.Core.Insert(kind, Ram + 4, 4));
        StopInfo stop = bench.RunToStop();
        Assert.Equal((reason, Ram + 4), (stop.Reason, stop.Address));
        Assert.Equal(PointResult.Done, bench.Core.Remove(kind, Ram + 4, 4));
        Assert.Equal(StopReason.Running, bench.RunToStop(5).Reason);
    }

    [Fact]
    public void A_range_that_is_no_power_of_two_takes_several_comparators()
    {
        var bench = new BenchTarget(0xE7FE).Attached();
        Assert.Equal(PointResult.Done, bench.Core.Insert(PointKind.Write, Ram + 4, 12));       // 4 + 8
        Assert.Equal(PointResult.Done, bench.Core.Insert(PointKind.Write, Ram + 32, 3));       // 2 + 1
        Assert.Equal(PointResult.NoneFree, bench.Core.Insert(PointKind.Write, Ram + 64, 1));
        Assert.Equal(PointResult.Done, bench.Core.Remove(PointKind.Write, Ram + 4, 12));
        Assert.Equal(PointResult.Done, bench.Core.Insert(PointKind.Read, Ram + 64, 1));
    }

    [Fact]
    public void What_an_earlier_debugger_left_is_cleared()
    {
        var bench = new BenchTarget(Count).Attached();
        bench.Core.Insert(PointKind.Hardware, Code + 4, 2);
        bench.Session.Access.Port(0).Write32(0xE000_EDF0, 0xA05F_0000);    // the earlier one vanished
        bench.Attached();
        Assert.Equal(StopReason.Running, bench.RunToStop(5).Reason);
    }
}

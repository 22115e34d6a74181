using SharpProbe.Sim;
using SharpProbe.Sim.Adi;

namespace SharpProbe.Tests.Adi;

public class SwDpTests
{
    private const uint StickyOrun = 1 << 1, StickyErr = 1 << 5, ReadOk = 1 << 6, WdataErr = 1 << 7;
    private const int Abort = 0, CtrlStat = 4, Select = 8, Resend = 8, Rdbuff = 12;
    private const int Csw = 0, Tar = 4, Drw = 12;

    private readonly SwdBench _bench = new SwdBench().Connected();
    private SwdHost Host => _bench.Host;

    private uint Status => Host.ReadDp(CtrlStat);

    [Fact] public void Power_up_is_acknowledged_after_a_delay()
    {
        var bench = new SwdBench();
        bench.Dp.PowerUpDelay = 20 * TimeBase.Second / 1_000_000;
        bench.Host.JtagToSwd();
        bench.Host.ReadDp(0);
        bench.Host.WriteDp(CtrlStat, 0x5000_0000);
        Assert.Equal(0x5000_0000u, bench.Host.ReadDp(CtrlStat));
        bench.Host.Pass(20_000);
        Assert.Equal(0xF000_0000u, bench.Host.ReadDp(CtrlStat));
    }

    [Fact] public void Access_port_without_debug_power_is_an_error()
    {
        var bench = new SwdBench();
        bench.Host.JtagToSwd();
        bench.Host.ReadDp(0);
        bench.Host.ReadAp(Csw);
        Assert.Equal(StickyErr, bench.Host.ReadDp(CtrlStat) & StickyErr);
    }

    [Fact] public void AP_read_returns_what_the_one_before_fetched()
    {
        Host.WriteMemory(RamBus.Start, 0x1111_1111);
        Host.WriteMemory(RamBus.Start + 4, 0x2222_2222);
        Host.ReadMemory(RamBus.Start);
        Host.WriteAp(Tar, RamBus.Start + 4);
        Assert.Equal(0x1111_1111u, Host.ReadAp(Drw));
        Assert.Equal(0x2222_2222u, Host.ReadDp(Rdbuff));
    }

    [Fact] public void RESEND_repeats_what_was_sent_last()
    {
        Host.WriteMemory(RamBus.Start, 0xCAFE_F00D);
        Host.ReadMemory(RamBus.Start);
        Host.ReadDp(CtrlStat);
        Assert.Equal(0xCAFE_F00Du, Host.ReadDp(Resend));
    }

    [Fact] public void Access_waits_until_the_one_before_is_complete()
    {
        _bench.Bus.Latency = 20 * TimeBase.Second / 1_000_000;
        Host.WriteAp(Tar, RamBus.Start);
        Host.ReadAp(Drw);
        int waits = 0;
        while (Host.Read(false, Rdbuff, out _) == SwdAck.Wait) waits++;
        Assert.InRange(waits, 8, 12);       // 13 clocks of 100 ns each, and the data phase of the read
    }

    [Fact] public void DPIDR_CTRL_STAT_and_ABORT_never_wait()
    {
        _bench.Bus.Latency = TimeBase.Second;
        Host.WriteAp(Tar, RamBus.Start);
        Host.ReadAp(Drw);
        Assert.Equal(SwdAck.Wait, Host.Write(false, Select, 0));
        Host.ReadDp(0);
        Host.ReadDp(CtrlStat);
        Host.WriteDp(Abort, 1);
        Host.WriteDp(Select, 0);
    }

    [Fact] public void After_DAPABORT_the_access_port_still_waits_for_its_bus_but_can_be_asked()
    {
        _bench.Bus.Latency = TimeBase.Second;
        Host.WriteAp(Tar, RamBus.Start);
        Host.ReadAp(Drw);
        Host.WriteDp(Abort, 1);
        Assert.Equal(1u << 7, Host.ReadApNow(0, Csw) & 1 << 7);
        Assert.Equal(SwdAck.Wait, Host.Read(true, Drw, out _));
    }

    [Fact] public void Bus_error_is_sticky_until_it_is_cleared()
    {
        Host.WriteAp(Tar, 0x6000_0000);
        Host.ReadAp(Drw);
        Assert.Equal(SwdAck.Fault, Host.Read(false, Rdbuff, out _));
        Assert.Equal(SwdAck.Fault, Host.Write(true, Tar, RamBus.Start));
        Assert.Equal(StickyErr, Status & StickyErr);
        Host.WriteDp(Abort, 1 << 2);
        Assert.Equal(0u, Status & StickyErr);
        Host.WriteAp(Tar, RamBus.Start);
    }

    [Fact] public void Error_of_a_slow_access_shows_when_it_is_complete()
    {
        _bench.Bus.Latency = 20 * TimeBase.Second / 1_000_000;
        Host.WriteAp(Tar, 0x6000_0000);
        Host.ReadAp(Drw);
        Assert.Equal(0u, Status & StickyErr);
        Host.Pass(20_000);
        Assert.Equal(StickyErr, Status & StickyErr);
    }

    [Fact] public void Wrong_parity_of_a_write_sets_WDATAERR_and_writes_nothing()
    {
        Host.WriteAp(Tar, RamBus.Start);
        Host.Raw(SwdHost.Request(true, false, Drw), 0x1234, out _, out _, flipParity: true);
        Host.Idle();
        Assert.Equal(0u, _bench.Bus.Word(0));
        Assert.Equal(SwdAck.Fault, Host.Read(true, Drw, out _));
        Assert.Equal(WdataErr, Status & WdataErr);
        Host.WriteDp(Abort, 1 << 3);
        Assert.Equal(0u, Status & WdataErr);
    }

    [Fact] public void READOK_tells_whether_the_last_AP_read_was_answered()
    {
        Host.ReadAp(Csw);
        Assert.Equal(ReadOk, Status & ReadOk);
        _bench.Port.Faults.Wait(1);
        Host.Read(true, Csw, out _);
        Assert.Equal(0u, Status & ReadOk);
    }

    [Fact] public void Overrun_detection_adds_a_data_phase_to_every_answer_and_is_sticky()
    {
        Host.WriteDp(CtrlStat, 0x5000_0001);
        Host.DataPhaseAlways = true;
        _bench.Port.Faults.Wait(2);
        Assert.Equal(SwdAck.Wait, Host.Raw(SwdHost.Request(true, true, Drw), 0, out _, out bool parityWrong));
        Assert.True(parityWrong);
        Assert.Equal(SwdAck.Fault, Host.Write(true, Drw, 0xFFFF_FFFF));
        Assert.Equal(StickyOrun, Status & StickyOrun);
        Host.WriteDp(Abort, 1 << 4);
        Assert.Equal(0u, Status & StickyOrun);
    }

    [Fact] public void Line_reset_keeps_SELECT_and_power()
    {
        Host.WriteDp(Select, 0xF0);
        Host.LineReset();
        Host.ReadDp(0);
        Host.ReadAp(Drw);
        Assert.Equal(0x1477_0011u, Host.ReadDp(Rdbuff));
    }

    [Fact] public void Access_port_that_does_not_exist_reads_zero()
    {
        Assert.Equal(0u, Host.ReadApNow(1, 0xFC));
        Assert.Equal(0u, Host.ReadApNow(255, 0xFC));
        Assert.Equal(0u, Status & StickyErr);
    }

    [Fact] public void Write_whose_clock_stops_at_once_has_not_reached_memory()
    {
        Host.WriteAp(Tar, RamBus.Start);
        Host.WriteAp(Drw, 0x1234);
        Assert.Equal(0u, _bench.Bus.Word(0));
        Host.Idle();
        Assert.Equal(0x1234u, _bench.Bus.Word(0));
    }

    /// <summary>A slow write, and another before it is complete.</summary>
    private void WriteTwice(uint first)
    {
        _bench.Bus.Latency = 20 * TimeBase.Second / 1_000_000;
        Host.WriteAp(Tar, first);
        Host.WriteAp(Drw, 1);
        Host.WriteAp(Drw, 2);
    }

    [Fact] public void One_write_is_taken_while_the_one_before_is_under_way()
    {
        WriteTwice(RamBus.Start);
        Assert.Equal(SwdAck.Wait, Host.Write(true, Drw, 3));
        Host.Pass(20_000);
        Host.Idle();
        Assert.Equal(2u, _bench.Bus.Word(0));
    }

    [Fact] public void Reading_CTRL_STAT_abandons_a_write_that_waits()
    {
        WriteTwice(RamBus.Start);
        Assert.Equal(WdataErr, Status & WdataErr);
        Host.Pass(20_000);
        Host.Idle();
        Assert.Equal(1u, _bench.Bus.Word(0));
    }

    [Fact] public void Reading_RDBUFF_waits_for_both_writes()
    {
        WriteTwice(RamBus.Start);
        while (Host.Read(false, Rdbuff, out _) == SwdAck.Wait) { }
        Assert.Equal(2u, _bench.Bus.Word(0));
        Assert.Equal(0u, Status & WdataErr);
    }

    [Fact] public void Error_abandons_the_write_behind_it()
    {
        WriteTwice(0x6000_0000);
        Host.Pass(20_000);
        Host.Idle();
        Assert.Equal(StickyErr | WdataErr, Status & (StickyErr | WdataErr));
        Assert.Single(_bench.Bus.Accesses);
    }

    [Fact] public void Port_without_a_write_buffer_lets_the_second_write_wait()
    {
        var bench = new SwdBench(dp: ap => new(0x0BB1_1477, ap)).Connected();
        bench.Bus.Latency = 20 * TimeBase.Second / 1_000_000;
        bench.Host.WriteAp(Tar, RamBus.Start);
        bench.Host.WriteAp(Drw, 1);
        Assert.Equal(SwdAck.Wait, bench.Host.Write(true, Drw, 2));
    }

    [Theory, InlineData(0x5000_0004u, "TRNMODE"), InlineData(0x5000_1000u, "TRNCNT")]
    public void What_is_not_modelled_stops_the_bench_by_name(uint value, string name) =>
        Assert.Contains(name, Assert.Throws<BenchStop>(() => Host.WriteDp(CtrlStat, value)).Message);
}

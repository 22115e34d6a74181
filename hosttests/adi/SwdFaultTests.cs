using SharpProbe.Sim.Adi;

namespace SharpProbe.Tests.Adi;

public class SwdFaultTests
{
    private const int CtrlStat = 4, Tar = 4, Drw = 12, Rdbuff = 12;

    private readonly SwdBench _bench = new SwdBench().Connected();
    private SwdHost Host => _bench.Host;
    private SwdFaults Faults => _bench.Port.Faults;

    [Fact] public void WAIT_storm_ends_after_its_number()
    {
        Faults.Wait(3);
        int waits = 0;
        while (Host.Write(true, Tar, RamBus.Start) == SwdAck.Wait) waits++;
        Assert.Equal(3, waits);
    }

    [Fact] public void WAIT_storm_ends_after_its_time()
    {
        Faults.WaitUntil(_bench.Time.Now + 50_000 * SwdTiming.Nanosecond);
        Assert.Equal(SwdAck.Wait, Host.Write(true, Tar, RamBus.Start));
        Host.Pass(50_000);
        Assert.Equal(SwdAck.Ok, Host.Write(true, Tar, RamBus.Start));
    }

    [Fact] public void Second_read_arrives_with_wrong_parity()
    {
        Faults.CorruptRead(2);
        bool[] wrong = new bool[3];
        for (int i = 0; i < 3; i++) Host.Raw(SwdHost.Request(false, true, CtrlStat), 0, out _, out wrong[i]);
        Assert.Equal([false, true, false], wrong);
    }

    [Fact] public void Second_write_arrives_with_wrong_parity()
    {
        Faults.CorruptWrite(2);
        Host.WriteAp(Tar, RamBus.Start);
        Host.WriteAp(Drw, 5);
        Assert.Equal(1u << 7, Host.ReadDp(CtrlStat) & 1 << 7);
    }

    [Fact] public void FAULT_without_cause_ends_after_its_number()
    {
        Faults.Fault(1);
        Assert.Equal(SwdAck.Fault, Host.Write(true, Tar, RamBus.Start));
        Assert.Equal(0xF000_0000u, Host.ReadDp(CtrlStat));
        Host.WriteAp(Tar, RamBus.Start);
    }

    [Fact] public void Injected_bus_error_is_as_a_real_one()
    {
        Faults.BusError(1);
        Host.WriteAp(Tar, RamBus.Start);
        Host.ReadAp(Drw);
        Assert.Equal(SwdAck.Fault, Host.Read(false, Rdbuff, out _));
    }

    [Fact] public void Target_that_fell_silent_answers_after_its_time_and_a_line_reset()
    {
        Faults.Silence(_bench.Time.Now + 50_000 * SwdTiming.Nanosecond);
        Assert.Equal(SwdAck.None, Host.Read(false, 0, out _));
        Host.LineReset();
        Assert.Equal(SwdAck.None, Host.Read(false, 0, out _));
        Host.Pass(50_000);
        Host.LineReset();
        Assert.Equal(SwdAck.Ok, Host.Read(false, 0, out _));
    }

    [Fact] public void Acknowledge_can_be_nonsense()
    {
        Faults.BadAck(1, 0b011);
        Assert.Equal((SwdAck)0b011, Host.Read(false, 0, out _));
        Assert.Equal(SwdPhase.Locked, _bench.Port.Phase);
    }
}

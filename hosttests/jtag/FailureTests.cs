using SharpProbe.Adi;
using SharpProbe.Sim.Adi;
using SharpProbe.Tests.Wire;
using static SharpProbe.Tests.Debugging.BenchTarget;

namespace SharpProbe.Tests.JtagWire;

/// <summary>WAIT, sticky errors, a target that goes: by JTAG, where no acknowledge says FAULT.</summary>
public class FailureTests
{
    private readonly WireRig _rig = new(chain: dp => new(new PlainTap("boundary scan", 5, 0x1641_0041), new JtagDp("dp", 0x3BA0_0477, dp)));

    public FailureTests()
    {
        Assert.True(_rig.Access.UseJtag(default));
        Succeeds(_rig.Access.Scan(0));
    }

    private MemoryBus Memory => _rig.Memory;

    private JtagFaults Chain => _rig.Port.Jtag!.Faults;

    [Fact]
    public void A_bus_error_tells_its_address_and_the_next_access_works()
    {
        byte[] data = new byte[64];
        DebugFault fault = Memory.Read(0x2000_1FF0, data);
        Assert.Equal((FaultKind.BusError, 0x2000_2000u), (fault.Kind, fault.Address));
        Succeeds(Memory.Read32(0x2000_0000, out _));
    }

    [Fact]
    public void A_failed_write_is_told_by_Flush()
    {
        Succeeds(Memory.Write(0x2000_1FF8, new byte[64]));
        DebugFault fault = Memory.Flush();
        Assert.Equal((FaultKind.BusError, 0x2000_2000u), (fault.Kind, fault.Address));
        Succeeds(Memory.Write32(0x2000_0000, 7));
        Succeeds(Memory.Flush());
        Assert.Equal(7u, _rig.Bus.Word(0));
    }

    [Fact]
    public void A_bus_error_in_a_single_read_is_told()
    {
        Assert.Equal(FaultKind.BusError, Memory.Read32(0x3000_0000, out _).Kind);
        Assert.Equal(FaultKind.BusError, Memory.ReadSized(0x3000_0000, new byte[1], 1).Kind);
        Succeeds(Memory.Flush());
    }

    [Fact]
    public void WAIT_is_waited_for()
    {
        _rig.Faults.Wait(300);
        byte[] data = new byte[256], back = new byte[256];
        new Random(2).NextBytes(data);
        Succeeds(Memory.Write(0x2000_0000, data));
        _rig.Faults.Wait(300);
        Succeeds(Memory.Read(0x2000_0000, back));
        Assert.Equal(data, back);
    }

    [Fact]
    public void Slow_memory_is_written_and_read_rightly()
    {
        _rig.Bus.Latency = SwdTiming.Nanosecond * 20_000;
        byte[] data = new byte[200], back = new byte[200];
        new Random(3).NextBytes(data);
        Succeeds(Memory.Write(0x2000_0100, data));
        Succeeds(Memory.Read(0x2000_0100, back));
        Assert.Equal(data, back);
    }

    [Fact]
    public void A_bus_that_hangs_is_given_up_after_its_time_and_works_again()
    {
        _rig.Faults.WaitUntil(_rig.Time.Now + 3 * SharpProbe.Sim.TimeBase.Second);
        _rig.Turns.Takes = 100_000;
        Assert.Equal(FaultKind.WaitTimeout, Memory.Read32(0x2000_0000, out _).Kind);
        _rig.Faults.Clear();
        Succeeds(Memory.Read32(0x2000_0000, out _));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_target_whose_TDO_goes_is_lost_and_comes_back(bool level)
    {
        Chain.StuckTdo = level;
        Assert.Equal(FaultKind.LostTarget, Memory.Read32(0x2000_0000, out _).Kind);
        Chain.StuckTdo = null;
        Succeeds(_rig.Access.Reconnect());
        Succeeds(Memory.Write32(0x2000_0000, 5));
        Succeeds(Memory.Flush());
    }

    [Fact]
    public void A_target_that_lost_its_power_is_powered_up_again()
    {
        _rig.Port.Powered = false;
        _rig.Port.Powered = true;
        DebugFault fault = Memory.Read32(0x2000_0000, out _);
        if (fault.Failed) Succeeds(Memory.Read32(0x2000_0000, out _));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void A_garbled_acknowledge_costs_nothing_but_time(int bit)
    {
        Succeeds(Memory.Write32(0x2000_0000, 0x55AA_1234));
        Succeeds(Memory.Flush());
        Succeeds(Memory.Read32(0x2000_0004, out _));
        Chain.CorruptBit(4 + bit);                           // behind the four bits that the instruction register captures
        DebugFault fault = Memory.Read32(0x2000_0000, out uint value);
        if (fault.Failed) fault = Memory.Read32(0x2000_0000, out value);
        Succeeds(fault);
        Assert.Equal(0x55AA_1234u, value);
    }
}

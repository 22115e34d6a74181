using SharpProbe.Adi;
using SharpProbe.Sim;
using SharpProbe.Sim.Adi;
using SharpProbe.Tests.Adi;

namespace SharpProbe.Tests.Wire;

/// <summary>Each thing that can go wrong on the wire: what is reported, and that the next operation works.</summary>
public class FailureTests
{
    private const uint Ram = RamBus.Start;

    private readonly WireRig _rig;

    public FailureTests() : this(0) { }

    protected FailureTests(uint shifter) => _rig = new WireRig(shifter: shifter).Scanned();

    private AccessPort Memory => _rig.Memory;

    private void AssertWorks()
    {
        byte[] data = [1, 2, 3, 4, 5, 6, 7, 8], back = new byte[8];
        Assert.Equal(FaultKind.None, Memory.Write(Ram + 100, data).Kind);
        Assert.Equal(FaultKind.None, Memory.Read(Ram + 100, back).Kind);
        Assert.Equal(data, back);
    }

    [Fact]
    public void A_read_outside_memory_is_a_bus_error_with_its_address()
    {
        DebugFault fault = Memory.Read(Ram + 8192 - 8, new byte[16]);
        Assert.Equal((FaultKind.BusError, Ram + 8192), (fault.Kind, fault.Address));
        AssertWorks();
    }

    [Fact]
    public void A_posted_write_that_failed_is_reported_by_Flush()
    {
        Assert.True(Memory.Write32(0x3000_0010, 1).Ok);
        DebugFault fault = Memory.Flush();
        Assert.Equal((FaultKind.BusError, 0x3000_0010u), (fault.Kind, fault.Address));
        Assert.True(Memory.Flush().Ok);
        AssertWorks();
    }

    [Fact]
    public void A_block_write_that_leaves_memory_is_reported_with_the_first_bad_address()
    {
        DebugFault fault = Memory.Write(Ram + 8192 - 8, new byte[64]);
        Assert.Equal((FaultKind.BusError, Ram + 8192), (fault.Kind, fault.Address));
        AssertWorks();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    [InlineData(6)]
    public void A_read_of_wrong_parity_is_sent_again_without_another_access(int k)
    {
        for (int i = 0; i < 16; i++) _rig.Bus.Bytes[i] = (byte)(i + 1);
        Memory.Read(Ram + 64, new byte[4]);
        _rig.Bus.Accesses.Clear();
        _rig.Faults.CorruptRead(k);
        byte[] back = new byte[16];
        Assert.True(Memory.Read(Ram, back).Ok);
        Assert.Equal(_rig.Bus.Bytes[..16], back);
        Assert.Equal(4, _rig.Bus.Accesses.Count);
    }

    [Fact]
    public void A_write_that_arrives_garbled_is_reported()
    {
        Memory.Write32(Ram, 0);
        _rig.Faults.CorruptWrite(1);
        Memory.Write32(Ram + 4, 0x1234);
        Assert.Equal(FaultKind.ParityError, Memory.Flush().Kind);
        AssertWorks();
    }

    [Theory]
    [InlineData(1)]                                          // CSW or TAR itself
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(10)]
    public void A_block_write_goes_on_from_the_word_that_arrived_garbled(int k)
    {
        byte[] data = [.. Enumerable.Range(1, 64).Select(i => (byte)i)];
        Memory.Write32(Ram + 100, 0);
        _rig.Bus.Accesses.Clear();
        _rig.Faults.CorruptWrite(k);
        Assert.Equal(FaultKind.None, Memory.Write(Ram + 4, data).Kind);
        Assert.Equal(FaultKind.None, Memory.Flush().Kind);
        Assert.Equal(data, _rig.Bus.Bytes[4..68]);
        Assert.Equal(16, _rig.Bus.Accesses.Count);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(5)]
    [InlineData(7)]
    public void After_an_acknowledge_that_is_none_the_line_is_reset_and_the_access_repeated(int bits)
    {
        for (int i = 0; i < 64; i++) _rig.Bus.Bytes[i] = (byte)(i + 1);
        _rig.Faults.BadAck(1, (byte)bits);
        byte[] back = new byte[64];
        Assert.Equal(FaultKind.None, Memory.Read(Ram, back).Kind);
        Assert.Equal(_rig.Bus.Bytes[..64], back);
        AssertWorks();
    }

    [Fact]
    public void A_target_that_stops_answering_is_lost()
    {
        _rig.Port.PinsEnabled = false;
        Assert.Equal(FaultKind.LostTarget, Memory.Read(Ram, new byte[4]).Kind);
        Assert.Equal(FaultKind.LostTarget, Memory.Read(Ram, new byte[4]).Kind);
        _rig.Port.PinsEnabled = true;
        Assert.Equal(FaultKind.None, _rig.Access.Reconnect().Kind);
        AssertWorks();
    }

    [Fact]
    public void A_target_that_loses_power_and_gets_it_back_is_powered_up_again()
    {
        _rig.Port.Powered = false;
        _rig.Pass(1000);
        _rig.Port.Powered = true;
        Assert.Equal(FaultKind.None, Memory.Read(Ram, new byte[4]).Kind);
        AssertWorks();
    }

    [Fact]
    public void WAIT_without_end_is_aborted_after_a_time_limit_with_the_address()
    {
        _rig.Bus.Latency = 100 * TimeBase.Second;
        _rig.Turns.Takes = WireRig.Hertz / 200;
        DebugFault fault = Memory.Read(Ram + 16, new byte[4]);
        Assert.Equal((FaultKind.WaitTimeout, Ram + 16), (fault.Kind, fault.Address));
        Assert.True(_rig.Turns.Count > 100);
    }

    [Fact]
    public void A_FAULT_without_cause_is_cleared_and_the_access_repeated()
    {
        _rig.Faults.Fault(1);
        Assert.Equal(FaultKind.None, Memory.Read(Ram, new byte[4]).Kind);
        AssertWorks();
    }

    [Fact]
    public void Nobody_at_the_other_end_is_no_answer()
    {
        _rig.Port.Powered = false;
        Assert.Equal(FaultKind.NoAnswer, _rig.Access.Scan(0).Kind);
        Assert.Equal(0, _rig.Access.PortCount);
    }

    [Fact]
    public void No_answer_while_nRESET_is_low_says_so()
    {
        _rig.Port.Powered = false;
        _rig.ResetPulled = true;
        Assert.Equal(FaultKind.HeldInReset, _rig.Access.Scan(0).Kind);
    }

    [Fact]
    public void No_answer_while_VTref_is_low_says_so()
    {
        _rig.Port.Powered = false;
        _rig.Millivolts = 120;
        DebugFault fault = _rig.Access.Scan(0);
        Assert.Equal((FaultKind.NoPower, 120u), (fault.Kind, fault.Detail));
    }

    [Fact]
    public void A_target_that_answers_needs_no_VTref_on_the_cable()
    {
        _rig.Millivolts = 0;
        Assert.Equal(FaultKind.None, _rig.Access.Scan(0).Kind);
    }

    [Fact]
    public void A_debug_domain_that_does_not_power_up_is_reported()
    {
        var rig = new WireRig(ap => new SwDp(0x1BA0_1477, ap) { PowerUpDelay = ulong.MaxValue });
        rig.Turns.Takes = WireRig.Hertz / 200;
        Assert.Equal(FaultKind.PowerUpTimeout, rig.Access.Scan(0).Kind);
    }

    [Fact]
    public void A_clock_that_the_target_cannot_follow_is_lowered_and_flagged()
    {
        var rig = new WireRig(timing: new() { MaximumHertz = 5_000_000 });
        for (int i = 0; i < 20 && rig.Access.Scan(0).Failed; i++) { }
        byte[] back = new byte[256];
        for (int i = 0; i < 20 && rig.Memory.Read(Ram, back).Failed; i++) { }
        Assert.True(rig.Access.Frequency <= 5_000_000, $"{rig.Access.Frequency}");
        Assert.True(rig.Access.TakeSlowedDown());
        Assert.False(rig.Access.TakeSlowedDown());
    }
}

using static SharpProbe.Tests.Dap.DapRig;

namespace SharpProbe.Tests.Dap;

/// <summary>DAP_SWO_*.</summary>
public class SwoTests
{
    private readonly DapRig _rig = new();

    private void Start(uint bytes)
    {
        Assert.Equal([0x17, 0], _rig.Ask(0x17, 1));
        Assert.Equal([0x18, 0], _rig.Ask(0x18, 1));
        Assert.Equal([0x19, .. Word(50_000 + bytes * 100)], _rig.Ask([0x19, .. Word(50_000 + bytes * 100 + 7)]));
        Assert.Equal([0x1A, 0], _rig.Ask(0x1A, 1));
    }

    [Fact]
    public void What_came_is_counted_and_fetched_in_pieces()
    {
        Start(10);
        Assert.Equal([0x1B, 1, .. Word(10)], _rig.Ask(0x1B));
        Assert.Equal([0x1C, 1, 4, 0], _rig.Ask(0x1C, 4, 0)[..4]);
        Assert.Equal([0x1C, 1, 6, 0], _rig.Ask(0x1C, 0xFF, 0xFF)[..4]);
        Assert.Equal([0x1C, 1, 0, 0], _rig.Ask(0x1C, 0xFF, 0xFF));
        Assert.Equal([0x1E, 1, .. Word(0), .. Word(10)], _rig.Ask(0x1E, 7)[..10]);
    }

    [Fact]
    public void What_is_left_at_the_end_may_still_be_fetched()
    {
        Start(10);
        Assert.Equal([0x1A, 0], _rig.Ask(0x1A, 0));
        Assert.Equal([0x1B, 0, .. Word(10)], _rig.Ask(0x1B));
        Assert.Equal([0x1C, 0, 10, 0], _rig.Ask(0x1C, 0xFF, 0xFF)[..4]);
    }

    [Fact]
    public void An_overrun_is_told_once_and_the_newest_half_is_kept()
    {
        Start(40);
        Assert.Equal([0x1B, 0x81, .. Word(16)], _rig.Ask(0x1B));
        Assert.Equal([0x1B, 0x01, .. Word(16)], _rig.Ask(0x1B));
    }

    [Fact]
    public void No_more_is_sent_than_the_packet_holds()
    {
        Start(20);
        Assert.Equal(10, _rig.Ask([0x1C, 0xFF, 0xFF], 10).Length);
        Assert.Equal([0x1C, 1, 14, 0], _rig.Ask(0x1C, 0xFF, 0xFF)[..4]);
    }

    [Fact]
    public void Manchester_the_endpoint_in_a_mode_without_it_and_impossible_rates_are_refused()
    {
        Assert.Equal([0x17, 0xFF], _rig.Ask(0x17, 2));
        Assert.Equal([0x18, 0xFF], _rig.Ask(0x18, 2));
        Assert.Equal([0x19, 0, 0, 0, 0], _rig.Ask([0x19, .. Word(2_000_000)]));
        Assert.Equal([0x1A, 0xFF], _rig.Ask(0x1A, 1));
    }

    [Fact]
    public void The_transport_is_not_changed_while_trace_runs()
    {
        Start(1);
        Assert.Equal([0x17, 0xFF], _rig.Ask(0x17, 0));
    }

    [Fact]
    public void Disconnect_ends_it_and_forgets_what_was_left()
    {
        Start(10);
        _rig.Ask(3);
        Assert.Equal([0x1B, 0, .. Word(0)], _rig.Ask(0x1B));
        Assert.Equal([0x1A, 0xFF], _rig.Ask(0x1A, 1));
    }

    [Fact]
    public void Capabilities_and_buffer_size_tell_of_it()
    {
        Assert.Equal(4, _rig.Ask(0, 0xF0)[2] & 4);
        Assert.Equal([0, 4, .. Word(32)], _rig.Ask(0, 0xFD));
    }
}

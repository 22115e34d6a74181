using SharpProbe.Sim;
using SharpProbe.Sim.Adi;
using SharpProbe.Sim.Pins;

namespace SharpProbe.Tests.Adi;

public class SwdLineTests
{
    private readonly SwdBench _bench = new();
    private SwdHost Host => _bench.Host;

    private SwdAck ReadDpidr() => Host.Read(false, 0, out _);

    [Fact] public void Port_that_was_switched_from_JTAG_answers_DPIDR()
    {
        Host.JtagToSwd();
        Assert.Equal(0x1BA0_1477u, Host.ReadDp(0));
    }

    [Fact] public void Port_is_in_JTAG_after_power_up_and_does_not_hear_a_line_reset()
    {
        Host.LineReset();
        Assert.Equal(SwdAck.None, ReadDpidr());
        Assert.Equal(SwjProtocol.Jtag, _bench.Port.Protocol);
    }

    [Theory, InlineData(49, SwdAck.None), InlineData(50, SwdAck.Ok)]
    public void Switch_sequence_counts_only_after_fifty_high_clocks(int highs, SwdAck expected)
    {
        for (int i = 0; i < highs; i++) Host.Out(true);
        Host.Out(0xE79E, 16);
        Host.LineReset();
        Assert.Equal(expected, ReadDpidr());
    }

    [Theory, InlineData(49, SwdAck.None), InlineData(50, SwdAck.Ok)]
    public void Line_reset_after_the_switch_needs_fifty_high_clocks_of_its_own(int highs, SwdAck expected)
    {
        for (int i = 0; i < 51; i++) Host.Out(true);
        Host.Out(0xE79E, 16);
        Host.LineReset(highs);
        Assert.Equal(expected, ReadDpidr());
    }

    [Fact] public void Port_returns_to_JTAG()
    {
        Host.JtagToSwd();
        for (int i = 0; i < 51; i++) Host.Out(true);
        Host.Out(0xE73C, 16);
        Assert.Equal(SwjProtocol.Jtag, _bench.Port.Protocol);
    }

    [Fact] public void Anything_before_DPIDR_is_read_locks_the_port_until_a_line_reset()
    {
        Host.JtagToSwd();
        Assert.Equal(SwdAck.None, Host.Read(false, 4, out _));
        Assert.Equal(SwdAck.None, ReadDpidr());
        Host.LineReset();
        Assert.Equal(SwdAck.Ok, ReadDpidr());
    }

    [Theory]
    [InlineData(0x20, "parity of a request")]
    [InlineData(0x40, "stop bit")]
    [InlineData(0x80, "park bit")]
    public void Wrong_request_bit_locks_the_port(byte flipped, string reason)
    {
        _bench.Connected();
        Assert.Equal(SwdAck.None, Host.Raw((byte)(SwdHost.Request(false, true, 0) ^ flipped), 0, out _, out _));
        Assert.Equal(SwdPhase.Locked, _bench.Port.Phase);
        Assert.Equal(reason, _bench.Port.Log.Entries.Last().Reason);
    }

    [Fact] public void Single_idle_clock_after_a_line_reset_is_a_finding()
    {
        Host.JtagToSwd();
        Host.LineReset(51, 1);
        ReadDpidr();
        Assert.Contains("two idle clocks", Assert.Single(_bench.Port.Findings).Text);
    }

    [Fact] public void Transfers_follow_one_another_without_idle_clocks_in_46_clocks_each()
    {
        _bench.Connected();
        ulong before = _bench.Port.Clocks;
        Host.ReadDp(4);
        Host.WriteAp(4, 0x2000_0000);
        Assert.Equal(92ul, _bench.Port.Clocks - before);
    }

    [Theory, InlineData(2), InlineData(4)]
    public void Turnaround_is_as_long_as_DLCR_says(int clocks)
    {
        _bench.Connected();
        Host.WriteDp(8, 1);
        Host.WriteDp(4, (uint)(clocks - 1) << 8);
        Host.Turnaround = clocks;
        Host.WriteDp(8, 0);
        Assert.Equal(0xF000_0000, Host.ReadDp(4) & 0xF000_0000);
    }

    [Fact] public void Right_host_never_drives_against_the_target()
    {
        _bench.Connected();
        for (uint i = 0; i < 64; i++) Host.WriteMemory(RamBus.Start, 0xA5A5_0000 * i + i);
        Assert.Empty(_bench.Port.Findings);       // and no conflict has stopped the bench
    }

    [Fact] public void Host_that_does_not_let_go_of_SWDIO_is_a_conflict()
    {
        _bench.Connected();
        Host.Out(SwdHost.Request(false, true, 0), 8);
        var stop = Assert.Throws<BenchStop>(() => Host.Out(0, 4));
        Assert.Contains("target.SWDIO", stop.Message);
    }

    [Fact] public void Target_lets_go_of_SWDIO_after_the_data()
    {
        _bench.Connected();
        Host.ReadDp(4);
        Assert.All(_bench.Swdio.Drivers, d => Assert.True(d.Drive is Drive.None or Drive.PullUp));
    }

    [Fact] public void SWDIO_changes_after_the_rising_edge_when_the_target_drives()
    {
        _bench.Connected();
        Host.Release();
        ulong rise = 0;
        var delays = new HashSet<ulong>();
        bool answers = false;
        _bench.Swclk.Changed += c => rise = c.After == Level.High ? c.Time : rise;
        _bench.Swdio.Changed += c => { if (answers) delays.Add(c.Time - rise); };
        Host.Out(SwdHost.Request(false, true, 0), 8);
        Host.Release();
        answers = true;
        Host.In(38);
        Assert.Equal([_bench.Port.Timing.Output], delays);
    }

    [Fact] public void SWDIO_that_changes_with_the_rising_edge_is_a_finding()
    {
        Host.Pass(100);
        _bench.Nets.AtOnce(() =>
        {
            Host.Swclk.Set(Drive.High);
            Host.Swdio.Set(Drive.Low);
        });
        Assert.Contains("hold", Assert.Single(_bench.Port.Findings).Text);
    }

    [Fact] public void Clock_above_the_chips_limit_corrupts_bits()
    {
        var bench = new SwdBench(new SwdTiming { MaximumHertz = 9_000_000 });
        int bad = 0;
        for (int i = 0; i < 50; i++)
        {
            bench.Host.JtagToSwd();
            if (bench.Host.Read(false, 0, out uint id) != SwdAck.Ok || id != 0x1BA0_1477) bad++;
        }
        Assert.InRange(bad, 25, 50);
        Assert.NotEqual(0ul, bench.Port.CorruptedBits);
    }

    [Fact] public void Short_clock_pulse_is_a_finding()
    {
        Host.Half = 6;
        Host.Out(true);
        Host.Out(true);
        Assert.Contains(_bench.Port.Findings, f => f.Text.Contains("SWCLK is low for less"));
        Assert.Contains(_bench.Port.Findings, f => f.Text.Contains("SWCLK is high for less"));
    }

    [Fact] public void Chip_whose_software_took_the_pins_does_not_answer()
    {
        _bench.Connected();
        _bench.Port.PinsEnabled = false;
        Host.LineReset();
        Host.Release();
        Assert.Equal(Level.Floating, _bench.Swdio.Level);
        _bench.Port.PinsEnabled = true;
        Host.LineReset();
        Assert.Equal(SwdAck.Ok, ReadDpidr());
    }

    [Fact] public void Chip_that_lost_power_has_forgotten_everything()
    {
        _bench.Connected();
        _bench.Port.Powered = false;
        _bench.Port.Powered = true;
        Host.LineReset();
        Assert.Equal(SwdAck.None, ReadDpidr());
        Host.JtagToSwd();
        ReadDpidr();
        Assert.Equal(0u, Host.ReadDp(4));
    }

    [Fact] public void Bus_that_loses_power_in_the_middle_of_an_answer_frees_the_line()
    {
        _bench.Connected();
        Host.Out(SwdHost.Request(false, true, 0), 8);
        Host.Release();
        Host.In(5);
        _bench.Bus.Powered = false;
        Host.In(1);
        Assert.Equal(Level.Floating, _bench.Swdio.Level);
    }
}

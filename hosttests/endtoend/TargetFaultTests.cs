using SharpProbe.Sim;
using SharpProbe.Sim.Adi;
using SharpProbe.Sim.Pins;
using SharpProbe.Sim.Targets;

namespace SharpProbe.Tests.EndToEnd;

/// <summary>Whatever goes wrong at the target, gdb is told its cause, in the reply or on its console at the next occasion, and goes on when it is over.</summary>
public class TargetFaultTests
{
    private const string Read = "m20004000,4", Write = "X20004000,4:abcd", Data = "61626364";

    private readonly Chain _chain = new();
    private readonly RspHost _host;
    private TimeBase.Event? _storm;

    public TargetFaultTests()
    {
        _host = new RspHost(_chain).Attached();
        Assert.Equal("OK", _host.Ask(Write));
    }

    private SwdFaults Faults => _chain.Target.Port!.Faults;

    /// <summary>The reply, and what a user sees on the console from then until after the next monitor command.</summary>
    private string Told(string packet, int milliseconds = 4000)
    {
        string reply = _host.Ask(packet, milliseconds);
        return $"{reply}\n{_host.Console}\n{_host.Monitor("frequency")}";
    }

    private void AssertWorks() => Assert.Equal(Data, _host.Ask(Read));

    /// <summary>After a loss of the target: gdb's user scans and attaches again.</summary>
    private void AssertWorksAgain()
    {
        Assert.Contains("STM32F1", _host.Monitor("swd_scan"));
        Assert.StartsWith("T05", _host.Ask("vAttach;1"));
        Assert.Equal("OK", _host.Ask(Write));
        AssertWorks();
    }

    /// <summary>Does it again and again, every microsecond.</summary>
    private void Storm(Action action)
    {
        action();
        _storm = _chain.Machine.Time.After(Chain.Microsecond, () => Storm(action));
    }

    private void PowerCycle()
    {
        _chain.Target.PowerOff();
        _chain.Run(5 * Chain.Millisecond);
        _chain.Target.PowerOn();
        _chain.Run(5 * Chain.Millisecond);
    }

    [Fact]
    public void WAIT_without_end()
    {
        Faults.WaitUntil(ulong.MaxValue);
        Assert.StartsWith("E", _host.Ask(Read));
        Faults.Clear();
        Assert.Contains("target bus busy", _host.Monitor("frequency"));
        AssertWorks();
    }

    [Fact]
    public void One_wrong_bit_is_not_noticed()
    {
        Faults.CorruptRead(1);
        AssertWorks();
    }

    [Fact]
    public void Wrong_bits_without_end()
    {
        Storm(() => Faults.CorruptRead(1));
        Assert.StartsWith("E", _host.Ask(Read));
        _storm!.Cancel();
        Faults.Clear();
        Assert.Contains("parity error", _host.Monitor("frequency"));
        AssertWorks();
    }

    [Fact]
    public void A_target_that_does_not_answer()
    {
        Faults.Silence();
        Assert.Matches("no answer|target lost", Told(Read));
        Faults.Clear();
        AssertWorks();
    }

    [Fact]
    public void A_target_that_falls_silent_while_it_runs()
    {
        _host.Send(GdbServing.Rig.Frame("vCont;c"));
        _chain.Run(2 * Chain.Millisecond);
        Faults.Silence();
        string stop = _host.Answer("the target's end");
        Assert.Matches("no answer|target lost", _host.Console);
        Assert.Matches("^[WX]", stop);
        Faults.Clear();
        AssertWorksAgain();
    }

    [Fact]
    public void Power_lost_while_it_stands()
    {
        _chain.Target.PowerOff();
        Assert.Matches("no power|no answer|target lost", Told(Read));
        _chain.Target.PowerOn();
        _chain.Run(5 * Chain.Millisecond);
        AssertWorksAgain();
    }

    [Fact]
    public void Power_lost_while_it_runs()
    {
        _host.Send(GdbServing.Rig.Frame("vCont;c"));
        _chain.Run(2 * Chain.Millisecond);
        _chain.Target.PowerOff();
        _host.Answer("the target's end");
        Assert.Matches("no power|no answer|target lost", _host.Console);
        _chain.Target.PowerOn();
        _chain.Run(5 * Chain.Millisecond);
        AssertWorksAgain();
    }

    [Fact]
    public void Held_in_reset()
    {
        var button = _chain.Machine.Pin(TargetWiring.Of("stlinkv3mini").Reset).Net.Attach("reset button");
        button.Set(Drive.Low);
        string told = Told(Read);
        button.Set(Drive.None);
        _chain.Run(Chain.Millisecond);
        Assert.Contains("held in reset", told);
        AssertWorks();
    }

    [Fact]
    public void A_scan_while_it_is_held_in_reset()
    {
        var button = _chain.Machine.Pin(TargetWiring.Of("stlinkv3mini").Reset).Net.Attach("reset button");
        button.Set(Drive.Low);
        _host.Monitor("halt_timeout 200");
        string told = _host.Monitor("swd_scan") + Told("vAttach;1");
        button.Set(Drive.None);
        _chain.Run(Chain.Millisecond);
        Assert.Contains("held in reset", told);
        AssertWorksAgain();
    }

    [Fact]
    public void A_target_that_resets_itself_stops_at_its_first_instruction()
    {
        _host.Send(GdbServing.Rig.Frame("vCont;c"));
        _chain.Run(2 * Chain.Millisecond);
        _chain.Target.SystemReset();
        Assert.StartsWith("T05", _host.Answer("the reset"));
        Assert.Equal(_host.Ask("m8000004,4"), Odd(_host.Ask("pf")));
    }

    /// <summary>A program counter as a vector has it: bit 0 set, little-endian digits.</summary>
    private static string Odd(string digits) => (Convert.ToByte(digits[..2], 16) | 1).ToString("x2") + digits[2..];

    [Fact]
    public void Pins_taken_away_by_software()
    {
        // RCC_APB2ENR.AFIOEN; AFIO_MAPR.SWJ_CFG = 100 (RM0008 9.3.5).
        Assert.Equal("OK", _host.Ask("M40021018,4:01000000"));
        _host.Ask("M40010004,4:00000004");
        Assert.Matches("no answer|target lost", Told(Read));
        _host.Monitor("connect_srst enable");
        AssertWorksAgain();
    }

    [Fact]
    public void Flash_that_is_write_protected()
    {
        _host.Monitor("option 0x1ffff808 0xfe");             // WRP0: pages 0 to 3
        PowerCycle();
        AssertWorksAgain();
        string told = Flash("vFlashErase:08000000,00000400");
        Assert.Contains("write-protected at 0x08000000", told);
        AssertWorks();
    }

    [Fact]
    public void Flash_that_is_not_erased()
    {
        string told = Flash("vFlashWrite:8000000:abcd");
        Assert.Contains("flash not erased at 0x08000000", told);
        AssertWorks();
    }

    [Theory]
    [InlineData("800f001", "a", "ff61ffff")]
    [InlineData("800f001", "ab", "ff6162ff")]
    [InlineData("800f000", "abc", "616263ff")]
    public void Bytes_at_odd_addresses_are_written_into_erased_flash(string address, string data, string expected)
    {
        Assert.Equal("OK", _host.Ask("vFlashErase:0800f000,00000400"));
        Assert.Equal("OK", _host.Ask($"vFlashWrite:{address}:{data}"));
        Assert.Equal("OK", _host.Ask("vFlashDone"));
        Assert.Equal(expected, _host.Ask("m800f000,4"));
    }

    [Fact]
    public void Flash_outside_the_part()
    {
        Assert.Contains("0x08020000 is not in flash", Flash("vFlashErase:08020000,00000400"));
        AssertWorks();
    }

    [Fact]
    public void Flash_that_is_read_protected()
    {
        _host.Monitor("option 0x1ffff800 0x00");             // RDP
        PowerCycle();
        Assert.Contains("read protected", _host.Monitor("swd_scan"));
        _host.Ask("vAttach;1");
        Assert.Contains("read protected", Flash("vFlashErase:08000000,00000400"));
        Assert.Equal("OK", _host.Ask(Write));
        AssertWorks();
        _host.Monitor("option erase");
        PowerCycle();
        Assert.DoesNotContain("read protected", _host.Monitor("swd_scan"));
    }

    /// <summary>What is told from a flash packet until the work is done.</summary>
    private string Flash(string packet) => _host.Ask(packet) + "\n" + Told("vFlashDone");

    [Fact]
    public void Asleep_while_it_is_debugged_it_is_stopped()
    {
        // wfi, b to itself
        _host.Ask("M20004100,4:30bffde7");
        Assert.Equal("OK", _host.Ask("Pf=00410020"));
        _host.Send(GdbServing.Rig.Frame("vCont;c"));
        _chain.Run(5 * Chain.Millisecond);
        _host.Send([3]);
        Assert.StartsWith("T02", _host.Answer("Ctrl-C"));
        AssertWorks();
    }

    [Fact]
    public void Asleep_when_gdb_comes_it_is_attached_or_the_way_out_is_told()
    {
        _host.Ask("M20004100,4:30bffde7");
        Assert.Equal("OK", _host.Ask("Pf=00410020"));
        _host.Ask("D");
        _chain.Run(5 * Chain.Millisecond);
        Assert.True(_chain.Target.Core.Sleeping);
        _host.Monitor("halt_timeout 200");
        string told = _host.Monitor("swd_scan") + Told("vAttach;1");
        Assert.True(told.Contains("T05") || told.Contains("asleep"), told);
        _host.Monitor("connect_srst enable");
        AssertWorksAgain();
    }
}

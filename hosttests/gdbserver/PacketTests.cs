using System.Text;
using SharpProbe.Adi;
using SharpProbe.Target;

namespace SharpProbe.Tests.GdbServing;

public class PacketTests
{
    private const string Expedited = "07:00000000;0d:00000000;0e:00000000;0f:{0};19:00000000;";

    private static string Stop(string start, uint pc) => start + string.Format(Expedited, Convert.ToHexStringLower(BitConverter.GetBytes(pc)));

    [Fact]
    public void Memory_is_read_and_written_in_digits_and_in_binary()
    {
        var rig = new Rig();
        Assert.Equal("OK", rig.Ask("M20000001,3:01abff"));
        Assert.Equal("0001abff00", rig.Ask("m20000000,5"));
        Assert.Equal("b\0\x01\xab\xff", rig.Ask("x20000000,4"));
    }

    [Fact]
    public void A_long_read_is_cut_to_what_the_reply_holds()
    {
        var rig = new Rig();
        Random.Shared.NextBytes(rig.Target.Ram);
        Assert.Equal(Convert.ToHexStringLower(rig.Target.Ram.AsSpan(1, 0x800)), rig.Ask("m20000001,f000"));
    }

    [Fact]
    public void A_binary_read_of_nothing_but_escapes_is_shorter_and_right()
    {
        var rig = new Rig();
        rig.Target.Ram.AsSpan().Fill((byte)'$');
        string reply = rig.Ask("x20000000,8000");
        Assert.InRange(reply.Length, 250, 0x1000);
        Assert.Equal("b" + new string('$', reply.Length - 1), reply);
    }

    [Fact]
    public void A_read_outside_of_memory_is_an_error_and_the_reason_is_kept()
    {
        var rig = new Rig();
        Assert.Equal("E01", rig.Ask("m40000000,4"));
        Assert.Equal("bus error at 0x40000000\n|OK", rig.Monitor("morse"));
    }

    [Fact]
    public void A_write_outside_of_memory_says_where() => Assert.Equal("E.bus error at 0x10000000", new Rig().Ask("X10000000,1:a"));

    [Fact]
    public void Nothing_works_without_a_target_and_the_reply_says_so()
    {
        var rig = new Rig(attached: false);
        foreach (string body in new[] { "g", "p1", "m0,4", "c", "vCont;c", "Z1,8000000,2", "vFlashErase:8000000,400" }) Assert.Equal("E.no target attached", rig.Ask(body));
        Assert.Equal("W00", rig.Ask("?"));
    }

    [Fact]
    public void All_registers_are_the_general_ones_and_others_are_asked_for_singly()
    {
        var rig = new Rig();
        for (uint i = 0; i < 27; i++) rig.Target.Registers[i] = i;
        Assert.Equal(17 * 8, rig.Ask("g").Length);
        Assert.EndsWith("0f00000019000000", rig.Ask("g"));
        Assert.Equal("1a000000", rig.Ask("p1a"));
        Assert.Equal("OK", rig.Ask("P1a=78563412"));
        Assert.Equal(0x12345678u, rig.Target.Registers[26]);
        Assert.Equal("E.no such register", rig.Ask("p10"));
    }

    [Fact]
    public void A_breakpoint_of_gdb_is_named_and_one_of_the_program_is_not()
    {
        var rig = new Rig();
        rig.Target.Pc = 0x0800_0100;
        Assert.Equal("OK", rig.Ask("Z1,8000120,2"));
        Assert.Equal(Stop("T05thread:1;hwbreak:;", 0x0800_0120), rig.Ask("vCont;c"));
        rig.Target.Points.Add((PointKind.Hardware, 0x0800_0130));
        Assert.Equal(Stop("T05thread:1;", 0x0800_0130), rig.Ask("c"));
    }

    [Theory]
    [InlineData(StopReason.WatchWrite, "T05thread:1;watch:20000010;")]
    [InlineData(StopReason.WatchRead, "T05thread:1;rwatch:20000010;")]
    [InlineData(StopReason.WatchAccess, "T05thread:1;awatch:20000010;")]
    [InlineData(StopReason.Fault, "T0Bthread:1;")]
    public void A_stop_says_its_reason(StopReason reason, string reply)
    {
        var rig = new Rig();
        rig.Target.Next = new(reason, 0x2000_0010);
        Assert.StartsWith(reply, rig.Ask("vCont;c:1"));
    }

    [Fact]
    public void A_program_that_ends_says_its_code()
    {
        var rig = new Rig();
        rig.Target.Next = new(StopReason.Exited, 3);
        Assert.Equal("W03", rig.Ask("c"));
    }

    [Fact]
    public void A_lost_target_is_told_in_words_and_let_go()
    {
        var rig = new Rig();
        rig.Target.Next = new(StopReason.Lost, 0, FaultKind.LostTarget);
        List<string> all = rig.AskAll("c");
        Assert.Equal(["target lost: it answered before and does not now\n", "X1D"], [Encoding.Latin1.GetString(Convert.FromHexString(all[0][1..])), all[1]]);
        Assert.Contains("detach", rig.Target.Log);
    }

    [Fact]
    public void Ctrl_C_stops_a_running_target()
    {
        var rig = new Rig();
        Assert.Equal("(no reply)", rig.Ask("vCont;c"));
        rig.Line.Type([3]);
        rig.Poll();
        Assert.StartsWith("T02thread:1;", Rig.Bodies(rig.Output())[0]);
    }

    [Fact]
    public void Ctrl_C_behind_a_packet_that_waits_for_the_host_is_not_lost()
    {
        var rig = new Rig();
        rig.Line.Window = 5;
        rig.Line.Type(Rig.Frame("g"));
        rig.Line.Type(Rig.Frame("vCont;c"));
        rig.Line.Type([3]);
        rig.Poll();
        rig.Line.Window = int.MaxValue;
        rig.Poll();
        Assert.StartsWith("T02thread:1;", Rig.Bodies(rig.Output())[^1]);
    }

    [Fact]
    public void Hanging_up_during_a_long_job_ends_the_session_even_when_the_next_host_is_quick()
    {
        var rig = new Rig();
        rig.Background.Meanwhile = () => rig.Line.Open = !rig.Line.Open;
        rig.Line.Type(Rig.Frame("qCRC:20000000,10000"));
        rig.Server.Poll();
        rig.Background.Meanwhile = null;
        rig.Line.Open = true;
        rig.Poll();
        Assert.False(rig.Target.Attached);
    }

    [Fact]
    public void Ctrl_C_to_a_target_that_stands_still_does_nothing()
    {
        var rig = new Rig();
        rig.Line.Type([3]);
        rig.Poll();
        Assert.Equal("", rig.Output());
    }

    [Fact]
    public void A_target_that_does_not_halt_is_talked_about_once()
    {
        var rig = new Rig { Target = { Deaf = true } };
        rig.Ask("c");
        rig.Line.Type([3]);
        rig.Poll();
        rig.Clock.Pass(2001);
        rig.Poll();
        Assert.StartsWith("O" + Rig.Digits("target does not halt within 2000 ms"), Assert.Single(Rig.Bodies(rig.Output())));
        rig.Clock.Pass(5000);
        rig.Poll();
        Assert.Equal("", rig.Output());
    }

    [Fact]
    public void A_range_is_stepped_through_by_the_probe()
    {
        var rig = new Rig { Target = { Pc = 0x0800_0100 } };
        Assert.Equal(Stop("T05thread:1;", 0x0800_0140), rig.Ask("vCont;r8000100,8000140:1;c"));
    }

    [Fact]
    public void A_breakpoint_inside_a_range_stops_stepping()
    {
        var rig = new Rig { Target = { Pc = 0x0800_0100 } };
        rig.Ask("Z1,8000110,2");
        Assert.StartsWith("T05", rig.Ask("vCont;r8000100,8000140:1;c"));
        Assert.Equal(0x0800_0110u, rig.Target.Pc);
    }

    [Fact]
    public void Ctrl_C_ends_an_endless_range()
    {
        var rig = new Rig { Target = { Pc = 0x0800_0100 } };
        Assert.Equal("(no reply)", rig.Ask("vCont;r0,ffffffff:1"));
        rig.Line.Type([3]);
        rig.Poll();
        Assert.StartsWith("T02", Rig.Bodies(rig.Output())[0]);
    }

    [Fact]
    public void A_running_target_is_looked_at_a_thousand_times_a_second_at_most()
    {
        var rig = new Rig();
        rig.Ask("c");
        rig.Clock.Pass(100);
        rig.Poll();
        int before = rig.Target.Looks;
        for (int i = 0; i < 10_000; i++) rig.Server.Poll();         // a microsecond passes at each look at the clock
        Assert.InRange(rig.Target.Looks - before, 1, 60);
    }

    [Fact]
    public void What_cannot_go_on_says_why()
    {
        var rig = new Rig { Target = { ResumeFault = FaultKind.RegisterTimeout } };
        Assert.Equal("E.register transfer does not finish", rig.Ask("vCont;c"));
    }

    [Fact]
    public void Every_comparator_in_use_is_an_error() 
    {
        var rig = new Rig();
        for (int i = 0; i < 6; i++) Assert.Equal("OK", rig.Ask($"Z1,{0x0800_0000 + i * 4:x},2"));
        Assert.Equal("E.every comparator of the target is in use", rig.Ask("Z1,8000100,2"));
    }

    [Fact]
    public void The_crc_is_gdbs()
    {
        var rig = new Rig();
        "123456789"u8.CopyTo(rig.Target.Ram);
        Assert.Equal("C376e6e7", rig.Ask("qCRC:20000000,9"));       // CRC-32/MPEG-2
    }

    [Fact]
    public void A_long_crc_lets_the_rest_of_the_probe_work_and_ends_at_Ctrl_C()
    {
        var rig = new Rig();
        rig.Ask("qCRC:20000000,10000");
        Assert.InRange(rig.Background.Rounds, 20, 40);
        rig.Background.Meanwhile = () => rig.Line.Type([3]);
        Assert.Equal("E.interrupted", rig.Ask("qCRC:20000000,10000"));
    }

    [Fact]
    public void A_pattern_is_found_across_slices()
    {
        var rig = new Rig();
        "}needle#"u8.CopyTo(rig.Target.Ram.AsSpan(0x1FFC));
        Assert.Equal("1,20001ffc", rig.Ask("qSearch:memory:20000001;ffff;" + Rig.Escape("}needle#"u8)));
        Assert.Equal("0", rig.Ask("qSearch:memory:20000001;2002;" + Rig.Escape("}needle#"u8)));
        Assert.Equal("1,20001ffc", rig.Ask("qSearch:memory:20000001;2003;" + Rig.Escape("}needle#"u8)));
    }

    [Fact]
    public void Documents_come_in_parts()
    {
        var rig = new Rig();
        string whole = rig.Ask("qXfer:memory-map:read::0,1000");
        Assert.Matches("^l<.*</memory-map>$", whole);
        var parts = new StringBuilder();
        string part;
        do parts.Append((part = rig.Ask($"qXfer:memory-map:read::{parts.Length:x},32"))[1..]);
        while (part[0] == 'm');
        Assert.Equal(whole[1..], parts.ToString());
        Assert.Equal("l", rig.Ask("qXfer:threads:read::1000,10"));
        Assert.Contains("Cortex-M3", rig.Ask("qXfer:threads:read::0,1000"));
        Assert.Equal("", rig.Ask("qXfer:libraries:read::0,1000"));
    }

    [Fact]
    public void Flash_is_erased_and_written()
    {
        var rig = new Rig();
        Assert.Equal("OK", rig.Ask("vFlashErase:08000400,400"));
        Assert.Equal("OK", rig.Ask("vFlashWrite:08000404:" + Rig.Escape("a#b$c}d"u8)));
        Assert.Equal("OK", rig.Ask("vFlashDone"));
        Assert.Equal("\xff\xff\xff\xff" + "a#b$c}d\xff", Encoding.Latin1.GetString(rig.Target.Flash, 0x400, 12));
    }

    [Fact]
    public void A_flash_fault_is_in_the_reply_and_on_the_console_at_the_next_occasion()
    {
        var rig = new Rig { Target = { FlashDoneFault = new(FaultKind.FlashWriteProtected, 0x0800_0400) } };
        Assert.Equal("E.flash write-protected at 0x08000400", rig.Ask("vFlashDone"));
        Assert.StartsWith("flash write-protected at 0x08000400\n", rig.Monitor("targets"));
        Assert.StartsWith("Available", rig.Monitor("targets"));
    }

    [Theory]
    [InlineData("vFlashErase:08000000,400")]
    [InlineData("vFlashErase:08020000,400")]
    public void After_a_flash_fault_the_next_load_resets_the_target_again_though_gdb_sends_no_vFlashDone(string failing)
    {
        var rig = new Rig();
        string told = rig.Ask(failing);
        rig.Target.FlashWriteFault = FaultKind.TargetReset;
        if (told == "OK") Assert.StartsWith("E.target was reset", rig.Ask("vFlashWrite:08000000:abcd"));
        else Assert.StartsWith("E.0x08020000 is not in flash", told);
        rig.Target.Log.Clear();
        Assert.Equal("OK", rig.Ask("vFlashErase:08000000,400"));
        Assert.Equal(["reset"], rig.Target.Log);
        Assert.Equal("OK", rig.Ask("vFlashErase:08000400,400"));
        Assert.Equal(["reset"], rig.Target.Log);
    }

    [Fact]
    public void Run_resets_attaches_again_and_hands_over_the_arguments()
    {
        var rig = new Rig();
        rig.Ask("vAttach;1");
        rig.Ask("vKill;1");
        Assert.False(rig.Target.Attached);
        Assert.StartsWith("T05thread:1;", rig.Ask($"vRun;{Rig.Digits("a.elf")};{Rig.Digits("one two")};{Rig.Digits("3\\")}"));
        Assert.Equal("a.elf one\\ two 3\\\\", Encoding.ASCII.GetString(rig.Session.CommandLine));
        Assert.Equal(0x0800_0008u, rig.Target.Pc);
        rig.Ask($"vRun;;{Rig.Digits("x")}");
        Assert.Equal("program x", Encoding.ASCII.GetString(rig.Session.CommandLine));
    }

    [Fact]
    public void Attaching_takes_the_number_from_the_list()
    {
        var rig = new Rig(attached: false);
        Assert.Equal("E.no such target: see monitor targets", rig.Ask("vAttach;2"));
        Assert.StartsWith("T05thread:1;", rig.Ask("vAttach;1"));
        rig.Session.AttachFault = new(FaultKind.HaltTimeout, 0, 2000);
        Assert.StartsWith("E.target does not halt within 2000 ms", rig.Ask("vAttach;1"));
    }

    [Fact]
    public void The_hosts_leaving_lets_the_target_run_and_the_next_session_is_clean()
    {
        var rig = new Rig();
        rig.Ask("Z1,8000120,2");
        rig.Line.Type("$m2000"u8);
        rig.Poll();
        rig.Line.Open = false;
        rig.Poll();
        Assert.Empty(rig.Target.Points);
        Assert.True(rig.Target.IsRunning);
        rig.Line.Open = true;
        rig.Line.Type(Rig.Frame("vAttach;1"));
        rig.Poll();
        Assert.StartsWith("+$T05", rig.Output());
    }

    [Fact]
    public void After_the_wire_was_lost_it_is_connected_again_once()
    {
        var rig = new Rig { Target = { ReadFault = FaultKind.LostTarget } };
        Assert.Equal("E01", rig.Ask("m20000000,4"));
        rig.Target.ReadFault = default;
        Assert.Equal("00000000", rig.Ask("m20000000,4"));
        Assert.Equal("00000000", rig.Ask("m20000000,4"));
        Assert.Equal(1, rig.Session.Wire.Reconnects);
        Assert.StartsWith("target lost: it answered before", rig.Monitor("targets"));
    }

    [Fact]
    public void End_of_transmission_detaches()
    {
        var rig = new Rig();
        rig.Line.Type([4]);
        rig.Poll();
        Assert.False(rig.Target.Attached);
    }

    [Fact]
    public void A_line_that_got_slower_is_told()
    {
        var rig = new Rig { Session = { Wire = { SlowedDown = true } } };
        Assert.StartsWith("errors on the wire: SWCLK lowered to 4000 kHz\n", rig.Monitor("targets"));
    }
}

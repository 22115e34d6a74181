namespace SharpProbe.Tests.EndToEnd;

/// <summary>What a developer does with gdb, on a C# program in the target.</summary>
public class DebuggingTests(GdbSession session) : IClassFixture<GdbSession>
{
    private const string IsPrime = "app_SharpProbe_Demo_Program__IsPrime", Remainder = "app_SharpProbe_Demo_Program__Remainder", Count = "app_SharpProbe_Demo_Score__Count";
    private const string Primes = "app_SharpProbe_Demo_Score::s_primes", Latest = "app_SharpProbe_Demo_Score::s_latest";

    // Memory that the program does not use.
    private const string Ram = "0x20004000", RamFlat = "*(unsigned*)0x20004000";

    [Fact] public void The_scan_names_the_part() => Assert.Contains("STM32F1", session.Attached);

    [Fact] public void Load_says_how_fast_it_was() => Assert.Contains("Transfer rate", session.Loaded);

    [Fact]
    public void What_was_loaded_is_there()
    {
        string said = session.Fresh().Say("compare-sections");
        Assert.Contains("matched", said);
        Assert.DoesNotContain("MIS-MATCHED", said);
    }

    [Fact] public void After_a_reset_the_target_stands_at_its_first_instruction() => Assert.Equal(session.Fresh().Value("*(unsigned*)0x08000004") & ~1u, session.Value("$pc"));

    [Theory]
    [InlineData("break")]
    [InlineData("hbreak")]
    [InlineData("tbreak")]
    public void A_breakpoint_in_flash_stops_there_and_shows_its_argument(string command)
    {
        string said = session.Fresh().Say($"{command} {Count}", "continue");
        Assert.Matches("Score__Count", said);
        Assert.Equal(2u, session.Value("$r0"));
    }

    [Fact]
    public void A_breakpoint_in_RAM_stops_there()
    {
        // nop, nop, nop, b .
        session.Fresh().Say($"set var {RamFlat} = 0xBF00BF00", "set var *(unsigned*)0x20004004 = 0xE7FEBF00", $"set var $pc = {Ram}", "break *0x20004004", "continue");
        Assert.Equal(0x2000_4004u, session.Value("$pc"));
    }

    [Fact]
    public void A_condition_is_kept()
    {
        session.Fresh().Say($"break {Count} if $r0 == 13", "continue");
        Assert.Equal(13u, session.Value("$r0"));
    }

    [Fact]
    public void Six_breakpoints_fit_and_the_seventh_is_refused_in_words()
    {
        session.Fresh();
        string said = session.Say([.. Enumerable.Range(0, 7).Select(i => $"hbreak *{0x0800_0400 + 4 * i}"), "continue"]);
        Assert.Matches("(?i)cannot insert|too many|could not insert", said);
        session.Say("delete");
    }

    [Fact]
    public void A_write_watchpoint_shows_old_and_new_value()
    {
        string said = session.Fresh().Say($"tbreak {Count}", "continue", $"watch {Primes}", "continue");
        Assert.Matches(@"Hardware watchpoint[\s\S]*Old value = 0[\s\S]*New value = 1", said);
    }

    [Fact]
    public void A_read_watchpoint_shows_the_value()
    {
        string said = session.Fresh().Say($"tbreak {Count}", "continue", $"rwatch {Primes}", "continue");
        Assert.Matches(@"Hardware read watchpoint[\s\S]*Value = 0", said);
    }

    [Fact]
    public void An_access_watchpoint_stops_at_the_first_access()
    {
        string said = session.Fresh().Say($"tbreak {Count}", "continue", $"awatch {Latest}", "continue");
        Assert.Matches(@"Hardware access \(read/write\) watchpoint[\s\S]*(Value|New value) = 2", said);
    }

    [Fact]
    public void Stepi_goes_one_instruction()
    {
        session.Fresh().Say($"tbreak {Count}", "continue");
        uint before = session.Value("$pc");
        session.Say("stepi");
        Assert.InRange(session.Value("$pc") - before, 2u, 4u);
    }

    [Fact]
    public void Step_goes_into_a_function()
    {
        string said = session.Fresh().Say($"tbreak {IsPrime} if $r0 == 9", "continue", "step", "step", "step");
        Assert.Contains("Program__Remainder (", said);
    }

    [Fact]
    public void Next_goes_over_a_function()
    {
        string said = session.Fresh().Say($"tbreak {IsPrime} if $r0 == 9", "continue", "next", "next", "next");
        Assert.DoesNotContain("Program__Remainder (", said);
    }

    [Fact]
    public void Finish_returns_to_the_caller_with_the_value()
    {
        string said = session.Fresh().Say($"tbreak {Remainder}", "continue", "finish");
        Assert.Matches(@"Run till exit[\s\S]*IsPrime[\s\S]*Value returned is \$\d+ = \d", said);
    }

    [Fact]
    public void Until_leaves_a_loop()
    {
        string said = session.Fresh().Say($"tbreak {IsPrime} if $r0 == 47", "continue", "until Program.cs:29", "info line *$pc");
        Assert.Contains("Line 29 of", said);
    }

    [Fact]
    public void Backtrace_names_the_callers() => Assert.Matches(@"#0 [\s\S]*Remainder[\s\S]*#1 [\s\S]*IsPrime[\s\S]*#2 [\s\S]*(Reset|Program)", session.Fresh().Say($"tbreak {Remainder}", "continue", "backtrace"));

    [Theory]
    [InlineData(7919, "1|true")]
    [InlineData(7917, "0|false")]
    public void A_function_of_the_target_is_called(int number, string expected) =>
        Assert.Matches($@"\$\d+ = .*({expected})", session.Fresh().Say($"tbreak {Count}", "continue", $"print {IsPrime}({number})"));

    [Fact]
    public void Registers_are_written()
    {
        session.Fresh().Say("set var $r7 = 0x12345678", "set var $sp = 0x20001000", "maintenance flush register-cache");
        Assert.Equal((0x1234_5678u, 0x2000_1000u), (session.Value("$r7"), session.Value("$sp")));
    }

    [Fact]
    public void Variables_are_written()
    {
        session.Fresh().Say($"tbreak {Count}", "continue", $"set var {Primes} = 1000", $"tbreak {Count}", "continue");
        Assert.Equal(1001u, session.Value(Primes));
    }

    [Fact]
    public void Memory_is_dumped_and_restored()
    {
        string file = Path.Combine(Path.GetTempPath(), $"sharpprobe-{Environment.ProcessId}-dump.bin");
        session.Fresh().Say($"dump binary memory {file} 0x08000000 0x08000400", $"restore {file} binary {Ram}");
        byte[] dumped = File.ReadAllBytes(file);
        File.Delete(file);
        Assert.Equal(Chain.Demo.Segments.First(s => s.Physical == 0x0800_0000).Data[..0x400].ToArray(), dumped);
        Assert.Equal(BitConverter.ToUInt32(dumped, 4), session.Value("*(unsigned*)0x20004004"));
    }

    [Fact]
    public void Bytes_and_halfwords_are_written_alone()
    {
        session.Fresh().Say($"set var {RamFlat} = 0x11223344", "set var *(unsigned char*)0x20004001 = 0xAA", "set var *(unsigned short*)0x20004002 = 0xBBCC");
        Assert.Equal(0xBBCC_AA44u, session.Value(RamFlat));
    }

    [Fact] public void A_pattern_is_found_in_flash() => Assert.Contains("pattern", session.Fresh().Say("find /w 0x08000000, 0x080003fc, *(unsigned*)0x08000004"));

    [Fact] public void An_address_without_memory_is_an_error_of_one_command() =>
        Assert.Matches(@"Cannot access memory at address 0xa0000000[\s\S]*0x08000000|0xa0000000[\s\S]*0x8000000", session.Fresh().Say("x/xw 0xa0000000", "x/xw 0x08000000"));

    [Fact]
    public void Ctrl_C_stops_a_running_target()
    {
        session.Fresh().Gdb.Send("continue");
        Thread.Sleep(150);
        session.Gdb.Interrupt();
        Assert.Contains("SIGINT", session.Gdb.Answer());
    }

    [Fact]
    public void Run_begins_the_program_anew()
    {
        string said = session.Fresh().Say($"break {Count} if $r0 > 20", "continue", "delete", $"tbreak {Count}", "run");
        Assert.Contains("Score__Count", said);
        Assert.Equal(2u, session.Value("$r0"));
    }

    [Fact]
    public void After_kill_the_target_runs_and_run_takes_it_again()
    {
        session.Fresh().Say("kill");
        bool runs = Runs();
        session.Say($"tbreak {Count}", "run");
        Assert.Equal((true, 2u), (runs, session.Value("$r0")));
    }

    [Fact]
    public void After_detach_the_target_runs_and_attach_stops_it()
    {
        session.Fresh().Say("detach");
        bool runs = Runs();
        session.Say("attach 1");
        Assert.Equal((true, false), (runs, Runs()));
    }

    [Fact] public void Neither_the_probe_nor_the_cable_nor_the_target_has_anything_to_complain_about() => Assert.Null(session.Rig.Trouble);

    /// <summary>Instructions are executed while the bench goes on.</summary>
    private bool Runs()
    {
        ulong before = 0, after = 0;
        session.Rig.Paused(() => before = session.Rig.Target.Core.Instructions);
        session.Say("monitor targets");
        session.Rig.Paused(() =>
        {
            session.Rig.Machine.RunFor(Chain.Millisecond);
            session.Rig.Target.CatchUp();
            after = session.Rig.Target.Core.Instructions;
        });
        return after > before + 1000;
    }
}

using SharpProbe.Adi;
using SharpProbe.Target;
using SharpProbe.Tests.Elf;

namespace SharpProbe.Tests.GdbServing;

/// <summary>gdb-multiarch itself against the probe's server, with plain memory behind it.</summary>
public class GdbClientTests
{
    private const string Source = """
            .word 0x20001000
            .word Reset_Handler + 1
            .global Reset_Handler, later
            .thumb_func
        Reset_Handler:
            nop
            nop
            nop; nop; nop; nop; nop; nop
            nop
            .thumb_func
        later:
            nop
            nop
            .fill 3000, 1, 0x7d
        """;

    private static readonly Lazy<string> s_program = new(() => Assembled.File(Source, options: "-g"));

    /// <summary>A session in batch mode: connected, scanned and attached before the commands. What gdb printed.</summary>
    private static string Run(FakeSession session, params string[] commands)
    {
        using var probe = new ServedProbe(session);
        return probe.Run(s_program.Value, ["monitor swd_scan", "attach 1", .. commands]);
    }

    [Fact]
    public void A_scan_prints_voltage_and_table() =>
        Assert.Contains("Target voltage: 3.30 V\nAvailable Targets:\nNo. Att Driver\n 1      Imaginary F1 M3\n", Run(new()));

    [Fact]
    public void Load_compare_sections_and_detach()
    {
        var session = new FakeSession();
        string output = Run(session, "load", "compare-sections", "info registers pc", "detach");
        Assert.Contains("Transfer rate", output);
        Assert.Contains("Section .text, range 0x8000000 -- 0x8000bd6: matched.", output);
        Assert.Contains("detached]", output);
        Assert.Equal(0x7D, session.Target.Flash[0x100]);
    }

    [Fact]
    public void A_breakpoint_is_hit_and_stepping_goes_on_from_it()
    {
        string output = Run(new(), "load", "hbreak later", "continue", "stepi", "printf \"pc=%x\\n\", $pc", "info threads");
        Assert.Contains("Breakpoint 1, later ()", output);
        Assert.Contains("pc=800001c", output);
        Assert.Contains("Cortex-M3", output);
    }

    [Fact]
    public void A_line_of_many_instructions_is_stepped_by_one_packet()
    {
        string output = Run(new(), "load", "tbreak Reset_Handler", "continue", "next", "next", "set debug remote 1", "next", "set debug remote 0", "printf \"pc=%x\\n\", $pc");
        Assert.Contains("vCont;r", output);
        Assert.Contains("pc=8000018", output);
    }

    [Fact]
    public void A_watchpoint_is_reported_with_its_address()
    {
        var session = new FakeSession();
        session.Target.Next = new(StopReason.WatchRead, 0x2000_0010);
        string output = Run(session, "load", "rwatch *(int*)0x20000010", "continue");
        Assert.Contains("Hardware read watchpoint 1", output);
    }

    [Fact]
    public void Memory_is_dumped_restored_searched_and_refused()
    {
        var session = new FakeSession();
        Random.Shared.NextBytes(session.Target.Ram);
        byte[] before = [.. session.Target.Ram];
        string file = Path.GetTempFileName();
        string output = Run(session, $"dump binary memory {file} 0x20000000 0x20010000", "set {int}0x20000004 = 0", $"restore {file} binary 0x20000000",
            "find /b 0x20000000, 0x2000ffff, 0x5a", "x/w 0x40000000", "x/w 0x20000000");
        File.Delete(file);
        Assert.Equal(before, session.Target.Ram);
        Assert.Matches(@"\d+ patterns? found", output);
        Assert.Contains("Cannot access memory at address 0x40000000", output);
    }

    [Fact]
    public void Registers_and_special_registers_are_set() =>
        Assert.Contains("msp=77 r3=5", Run(new(), "set $msp = 0x77", "set $r3 = 5", "maintenance flush register-cache", "printf \"msp=%x r3=%d\\n\", $msp, $r3"));

    [Fact]
    public void Run_and_kill_work_again_and_again()
    {
        var session = new FakeSession();
        string output = Run(session, "load", "hbreak later", "run", "kill", "run", "info registers pc");
        Assert.True(output.Split("Breakpoint 1, later ()").Length - 1 == 2, output);
    }

    [Fact]
    public void A_failed_scan_says_why_and_what_to_try()
    {
        string output = Run(new() { ScanFault = new(FaultKind.NoAnswer) });
        Assert.Contains("SW-DP scan failed!\nno answer to line reset", output);
        Assert.Contains("connect_srst enable", output);
    }

    [Fact]
    public void A_resume_that_fails_says_why()
    {
        string output = Run(new() { Target = { ResumeFault = FaultKind.RegisterTimeout } }, "load", "continue");
        Assert.Contains("register transfer does not finish", output);
    }

    [Fact]
    public void A_lost_target_is_told_in_words()
    {
        var session = new FakeSession();
        session.Target.Next = new(StopReason.Lost, 0, FaultKind.LostTarget);
        Assert.Contains("target lost: it answered before", Run(session, "load", "continue", "monitor targets"));
    }

    [Fact]
    public void A_flash_fault_is_told_in_words()
    {
        var session = new FakeSession();
        session.Target.FlashWriteFault = new(FaultKind.FlashWriteProtected, 0x0800_0000);
        Assert.Contains("flash write-protected at 0x08000000", Run(session, "load", "monitor targets"));
    }

    [Fact]
    public void An_attach_that_fails_is_told_in_words() =>
        Assert.Contains("target does not halt within 2000 ms", Run(new() { AttachFault = new(FaultKind.HaltTimeout, 0, 2000) }, "monitor targets"));

    [Fact]
    public void Help_reads_well()
    {
        string output = Run(new(), "monitor help");
        Assert.Contains("\n  frequency [n|nk|nM]             SWCLK in Hz", output);
        Assert.Contains("Cortex-M3:\n  vector_catch", output);
        Assert.DoesNotContain(output.Split('\n'), line => line.Length > 110);
    }

    [Fact]
    public void A_command_that_is_none_says_so() => Assert.Contains("\"nonsense\" is no command here: see monitor help", Run(new(), "monitor nonsense"));

    [Fact]
    public void Ctrl_C_stops_the_target() => Assert.Contains("SIGINT", Run(new(), "load",
        "python import threading, os, signal; threading.Timer(0.3, lambda: os.kill(os.getpid(), signal.SIGINT)).start()", "continue"));

    /// <summary>GDB_KILLS sets how often.</summary>
    [Fact]
    public void Killing_gdb_at_any_moment_leaves_a_probe_that_serves_the_next()
    {
        var session = new FakeSession();
        using var probe = new ServedProbe(session);
        var random = new Random(1);
        string[] busy = ["monitor swd_scan", "attach 1", "load", "compare-sections", "hbreak later", "continue", "stepi 200", "dump binary memory /dev/null 0x20000000 0x20010000", "delete", "continue"];
        for (int kills = int.Parse(Environment.GetEnvironmentVariable("GDB_KILLS") ?? "8"); kills > 0; kills--)
        {
            using var gdb = probe.Start(s_program.Value, busy);
            Thread.Sleep(random.Next(80, 500));
            gdb.Kill();
            gdb.WaitForExit();
        }
        string output = probe.Run(s_program.Value, "monitor swd_scan", "attach 1", "load", "hbreak later", "continue");
        Assert.Contains("Breakpoint 1, later ()", output);
        Assert.Empty(session.Target.Points);
    }
}

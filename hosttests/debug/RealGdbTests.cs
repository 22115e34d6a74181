using SharpProbe.Gdb;
using SharpProbe.Sim;
using SharpProbe.Sim.Targets;
using SharpProbe.Tests.Elf;

namespace SharpProbe.Tests.Debugging;

/// <summary>gdb-multiarch, the firmware's gdb server, target layer and SWD, and the bench's STM32F103 at the end.</summary>
public class RealGdbTests
{
    private const string Source = """
        .cpu cortex-m3
        .cfi_sections .debug_frame
        .word 0x20001000
        .word Reset_Handler + 1
        .word 0, hard + 1
        .global Reset_Handler
        .type Reset_Handler, %function
        Reset_Handler:
            .cfi_startproc
            .cfi_undefined lr
            movs r0, #0
            ldr r4, =counter
            ldr r5, =other
            ldr r6, =0x12345678
            bl body
            b .
            .cfi_endproc
        .size Reset_Handler, . - Reset_Handler
        .type body, %function
        body:
            .cfi_startproc
            push {r7, lr}
            .cfi_def_cfa_offset 8
            .cfi_offset lr, -4
        loop:
            adds r0, #1
            str r0, [r4]
            ldr r1, [r5]
            bl inner
            cmp r0, #100
            bne loop
        done:
            ldr r2, =0xF0000000
            ldr r3, [r2]
            b .
            .cfi_endproc
        .size body, . - body
        .global inner
        .type inner, %function
        inner:
            .cfi_startproc
            adds r2, r0, r0
            bx lr
            .cfi_endproc
        .size inner, . - inner
        .type hard, %function
        hard: b hard
        .ltorg
        .space 3000, 0x5A
        .global counter, other, done, loop
        .equ counter, 0x20000100
        .equ other, 0x20000200
        """;

    private static string Run(params string[] commands) => RunBy("swd_scan", commands);

    private static string RunBy(string scan, params string[] commands) => RunBy(scan, _ => { }, commands);

    /// <param name="look">At the bench, from time to time.</param>
    private static string RunBy(string scan, Action<BenchTarget> look, params string[] commands)
    {
        string path = Assembled.File(Source, options: "-g");
        using var line = new TcpLine();
        using var ended = new CancellationTokenSource();
        Exception? failure = null;
        var thread = new Thread(() =>
        {
            try
            {
                var bench = BenchTarget.Wired(TargetKind.Clone);
                var server = new GdbServer(line, bench.Session, bench.Clock, bench.Background);
                while (!ended.IsCancellationRequested && !line.Ended)
                {
                    server.Poll();
                    bench.PassCycles(4000);
                    look(bench);
                }
                server.Poll();
            }
            catch (Exception e)
            {
                failure = e;
            }
        }) { IsBackground = true };
        thread.Start();
        string output = Child.Gdb(60, path, [$"target extended-remote 127.0.0.1:{line.Port}", $"monitor {scan}", "attach 1", .. commands]);
        ended.Cancel();
        Assert.True(thread.Join(10_000), "the server did not end");
        Assert.Null(failure);
        return output;
    }

    [Theory]
    [InlineData("swd_scan")]
    [InlineData("jtag_scan")]
    public void A_program_is_loaded_verified_and_runs_to_a_breakpoint(string scan)
    {
        string output = RunBy(scan, "load", "compare-sections", "break inner", "run", "printf \"r0=%d r4=%x\\n\", $r0, $r4", "backtrace", "detach");
        Assert.Contains("matched", output);
        Assert.Contains("r0=1 r4=20000100", output);
        Assert.Contains("Reset_Handler ()", output);
        Assert.Contains("detached]", output);
    }

    [Fact]
    public void After_a_reset_in_the_middle_of_a_load_the_next_one_succeeds()
    {
        bool wasReset = false;
        string output = RunBy("swd_scan", bench =>
        {
            if (wasReset || bench.Target.FlashOperations.Sum == 0) return;
            wasReset = true;
            bench.Target.SystemReset();
        }, "load", "echo again\\n", "load", "compare-sections", "monitor targets");
        string[] loads = output.Split("again");
        Assert.True(wasReset);
        Assert.DoesNotContain("Transfer rate", loads[0]);
        Assert.Contains("Transfer rate", loads[1]);
        Assert.Contains("matched", loads[1]);
        Assert.Contains("target was reset in the meantime", output);
    }

    [Fact]
    public void Watchpoints_steps_and_finish_work()
    {
        string output = Run("load", "tbreak loop", "run", "watch *(int*)0x20000100", "continue", "rwatch *(int*)0x20000200", "continue", "delete", "stepi", "next", "tbreak inner", "continue", "finish",
            "printf \"r0=%d r2=%d\\n\", $r0, $r2");
        Assert.Contains("Hardware watchpoint", output);
        Assert.Contains("Hardware read watchpoint", output);
        Assert.Matches(@"r0=(\d) r2=\d", output);
    }

    [Fact]
    public void A_fault_stops_at_the_instruction_that_caused_it()
    {
        string output = Run("load", "run", "x/i $pc", "backtrace");
        Assert.Matches(@"SIG(SEGV|BUS|ILL|TRAP|LOST)|signal", output);
        Assert.Matches(@"ldr\s+r3, \[r2", output);
        Assert.Contains("body ()", output);
    }

    [Fact]
    public void Peripherals_registers_and_monitor_commands_are_there()
    {
        string output = Run("x/xw 0xE0042000", "monitor vector_catch", "monitor option", "monitor uid", "monitor erase_mass", "x/xw 0x08000000", "info registers control", "p/x $msp");
        Assert.Contains("0x20036410", output);
        Assert.Contains("caught: hard reset", output);
        Assert.Contains("RDP", output);
        Assert.Contains("0xffffffff", output);
        Assert.Contains("control", output);
    }
}

using SharpProbe.Sim;
using SharpProbe.Sim.Cpu;
using SharpProbe.Sim.Elf;
using SharpProbe.Sim.Gdb;
using SharpProbe.Tests.Elf;

namespace SharpProbe.Tests.Gdb;

/// <summary>gdb-multiarch itself in batch mode against the server: it is the judge of the protocol.</summary>
public class RealGdbTests
{
    private const string Source = """
        .fpu fpv5-sp-d16
        .cfi_sections .debug_frame
        .word 0x20001000
        .word Reset_Handler + 1
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
            b done
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
        .ltorg
        .global counter, other, done, loop
        .equ counter, 0x20000100
        .equ other, 0x20000200
        """;

    private static string Run(params string[] commands)
    {
        string path = Assembled.File(Source, options: "-g");
        var elf = ElfFile.Read(path);
        var flash = new MemoryRegion("flash", 0x0800_0000, 0x1_0000, MemoryTiming.Flash);
        foreach (var s in elf.Segments)
            if (s.Physical >= flash.Address) s.Data.Span.CopyTo(flash.Span[(int)(s.Physical - flash.Address)..]);
            else s.Data.Span[(int)(flash.Address - s.Physical)..].CopyTo(flash.Span);
        var (bus, time) = (new Bus(), new TimeBase(1_000_000));
        bus.Map(flash);
        bus.Map(new MemoryRegion("RAM", 0x2000_0000, 0x1_0000, MemoryTiming.Tcm));
        var core = new Core(CoreKind.CortexM7Double, bus, time) { BootVectorTable = 0x0800_0000 };
        core.Reset();
        using var server = new GdbServer(new DebugTarget { Core = core, Run = core.Run, Step = core.Step, Reset = core.Reset, Symbols = new(elf), Pins = () => [("F723.PA10", "High")] }, 0);
        using var ended = new CancellationTokenSource();
        var thread = new Thread(() => server.Serve(ended.Token)) { IsBackground = true };
        thread.Start();
        string output = Child.Gdb(20, path, [$"target remote 127.0.0.1:{server.Port}", .. commands]);
        ended.Cancel();
        Assert.True(thread.Join(10_000), "the server did not end");
        return output;
    }

    [Fact]
    public void Gdb_sees_the_reset_handler_and_its_line() => Assert.Contains("Reset_Handler () at", Run());

    [Fact]
    public void A_breakpoint_stops_before_its_instruction() =>
        Assert.Contains("r0=1 r2=0", Run("break inner", "continue", "printf \"r0=%d r2=%d\\n\", $r0, $r2"));

    [Fact]
    public void A_breakpoint_is_passed_on_continue_and_hit_again() =>
        Assert.Contains("r0=3", Run("hbreak inner", "continue", "continue", "continue", "printf \"r0=%d\\n\", $r0"));

    [Fact]
    public void Finish_returns_to_the_caller() =>
        Assert.Contains("r2=2", Run("break inner", "continue", "finish", "printf \"r2=%d\\n\", $r2"));

    [Fact]
    public void A_write_watchpoint_tells_old_and_new_value() =>
        Assert.Matches(@"Hardware watchpoint[^$]*Old value = 1\s+New value = 2", Run("watch *(int*)0x20000100", "continue", "continue"));

    [Fact]
    public void A_read_watchpoint_stops_behind_the_load() =>
        Assert.Contains("r0=1", Run("rwatch *(int*)0x20000200", "continue", "printf \"r0=%d\\n\", $r0"));

    [Fact]
    public void An_access_watchpoint_sees_the_store() =>
        Assert.Contains("r0=1", Run("awatch *(int*)0x20000100", "continue", "printf \"r0=%d\\n\", $r0"));

    [Fact]
    public void Stepi_executes_one_instruction() =>
        Assert.Contains("r0=7 r4=536871168", Run("set $r0 = 7", "stepi", "set $r0 = 7", "stepi", "printf \"r0=%d r4=%d\\n\", $r0, $r4"));

    [Fact]
    public void Next_goes_over_a_call() =>
        Assert.Matches(@"cmp\s+r0, #100", Run("tbreak loop", "continue", "next", "next", "next", "next", "x/i $pc"));

    [Fact]
    public void Floating_point_and_system_registers_are_there_and_writable() =>
        Assert.Contains("d1=2.5 basepri=32 control=0", Run("set $d1 = 2.5", "set $basepri = 0x20", "printf \"d1=%g basepri=%d control=%d\\n\", $d1, $basepri, $control"));

    [Fact]
    public void Memory_is_written_and_read_back() =>
        Assert.Contains("0xcafef00d", Run("set {int}0x20000300 = 0xcafef00d", "x/xw 0x20000300"));

    [Fact]
    public void Flash_can_be_loaded_and_then_runs() =>
        Assert.Contains("Transfer rate", Run("load", "break inner", "continue"));

    [Fact]
    public void A_core_register_of_the_private_bus_is_read() =>
        Assert.Contains("0x411fc27", Run("x/xw 0xE000ED00"));

    [Fact]
    public void An_address_without_memory_is_an_error_and_no_end()
    {
        string output = Run("x/xw 0x60000000", "x/xw 0x20000000");
        Assert.Contains("Cannot access memory at address 0x60000000", output);
        Assert.Contains("0x20000000:", output);
    }

    [Fact]
    public void Monitor_reset_begins_again() =>
        Assert.Contains("pc=8000008", Run("break inner", "continue", "monitor reset", "maintenance flush register-cache", "printf \"pc=%x\\n\", $pc"));

    [Fact]
    public void Monitor_tells_time_cycles_pins_and_place()
    {
        string output = Run("break inner", "continue", "monitor time", "monitor cycles", "monitor pins pa10", "monitor where", "monitor nonsense");
        Assert.Matches(@"\d+\.\d{3} us", output);
        Assert.Contains("core clock 1000000 Hz", output);
        Assert.Matches(@"F723\.PA10 +High", output);
        Assert.Contains("inner (source.s:", output);
        Assert.Contains("\"nonsense\" is no monitor command", output);
    }

    [Fact]
    public void A_run_without_end_is_interrupted() =>
        Assert.Contains("SIGINT", Run("set mi-async off", "python import threading, os, signal; threading.Timer(0.5, lambda: os.kill(os.getpid(), signal.SIGINT)).start()", "continue"));

    [Fact]
    public void Detach_leaves_the_program_running() => Assert.Contains("detached]", Run("break inner", "continue", "detach"));
}

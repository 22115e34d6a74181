using SharpProbe.Target;
using SharpProbe.Tests.Elf;
using static SharpProbe.Tests.Debugging.BenchTarget;

namespace SharpProbe.Tests.Debugging;

/// <summary>A caught fault is shown where it arose.</summary>
public class FaultTests
{
    private const string Vectors = """
        .cpu cortex-m3
        .word 0x20001000, start + 1, 0, loop + 1, loop + 1, loop + 1, loop + 1, 0, 0, 0, 0, service + 1
        .thumb_func
        loop: b loop

        """;

    private static BenchTarget Stopped(string source)
    {
        var bench = new BenchTarget();
        bench.Chip.Load(Assembled.Elf(Vectors + source));
        bench.Attached();
        Succeeds(bench.Core.Reset());
        Assert.Equal(StopReason.Fault, bench.RunToStop().Reason);
        return bench;
    }

    private static ushort Opcode(BenchTarget bench) => bench.Halfword(bench.Pc);

    [Fact]
    public void On_the_process_stack_with_its_alignment_and_the_program_can_go_on()
    {
        var bench = Stopped("""
            service: b service
            start:
                ldr r0, =0x20000804
                msr psp, r0
                movs r0, #2
                msr control, r0
                isb
                movs r1, #0xF0
                lsls r1, r1, #24
                ldr r2, [r1]
                b .
            """);
        Assert.Equal((0x680A, 0x2000_0804u, 0x2000_0804u, 0x2000_1000u), (Opcode(bench), bench.Register(13), bench.Register(27), bench.Register(26)));
        var control = new byte[1];
        Succeeds(bench.Core.ReadRegister(31, control));
        Assert.Equal(2, control[0]);
        Assert.Equal(0u, bench.Register(25) & 0x1FF);
        uint pc = bench.Pc;
        bench.Register(1, Flash);
        Succeeds(bench.Core.Step());
        Assert.Equal(StopReason.Step, bench.WaitForStop().Reason);
        Assert.Equal((pc + 2, 0x2000_1000u), (bench.Pc, bench.Register(2)));
    }

    [Fact]
    public void In_an_exception_handler()
    {
        var bench = Stopped("""
            service:
                movs r1, #0xF0
                lsls r1, r1, #24
                ldr r2, [r1]
                bx lr
            start:
                svc #0
                b .
            """);
        Assert.Equal((0x680A, 0x2000_1000u - 32), (Opcode(bench), bench.Register(13)));
        Assert.Equal(0xFFFF_FFF9u, bench.Register(14));
    }

    [Fact]
    public void With_a_stack_that_is_bad_the_handler_is_all_there_is()
    {
        var bench = Stopped("""
            service: b service
            start:
                movs r1, #0xF0
                lsls r1, r1, #24
                mov sp, r1
                ldr r2, [r1]
                b .
            """);
        Assert.NotEqual(0u, bench.Register(25) & 0x1FF);
    }

    [Fact]
    public void A_configurable_fault_is_caught_when_the_user_wants_that()
    {
        var bench = new BenchTarget();
        bench.Chip.Load(Assembled.Elf(Vectors + """
            service: b service
            start:
                ldr r0, =0xE000ED24
                ldr r1, =0x00070000
                str r1, [r0]
                dsb
                udf #0
                b .
            """));
        bench.Attached();
        Assert.Contains("stat", bench.Monitor("vector_catch enable stat"));
        Succeeds(bench.Core.Reset());
        Assert.Equal(StopReason.Fault, bench.RunToStop().Reason);
        Assert.Equal(0xDE00, Opcode(bench));
    }
}

using SharpProbe.Sim.Qemu;
using SharpProbe.Tests.Elf;

namespace SharpProbe.Tests.Qemu;

public class CompiledComparisonTests
{
    private const string Program = """
        .word 0x20400000
        .word start + 1
        .thumb_func
        start:
            movs r0, #3             @ SYS_WRITEC
            adr r1, letter
            bkpt 0xAB
            movs r0, #4             @ SYS_WRITE0
            adr r1, text
            bkpt 0xAB
            movw r0, #0xED00        @ CPUID: the same Cortex-M7?
            movt r0, #0xE000
            ldr r2, [r0]
            lsrs r2, r2, #4
            uxth r2, r2             @ part number and architecture
            movw r0, #0xC27 | 0xF000
            cmp r2, r0
            bne wrong
            movs r0, #0x18          @ SYS_EXIT
            movw r1, #0x0026
            movt r1, #2
            bkpt 0xAB
        wrong:
            movs r0, #0x18
            movs r1, #0
            bkpt 0xAB
            b wrong
            .balign 4
        letter: .asciz "a"
            .balign 4
        text: .asciz "bc\n"
        """;

    [Fact]
    [Trait("Category", "Qemu")]
    public void A_program_writes_the_same_under_QEMU_and_on_the_bench()
    {
        var result = CompiledComparison.Run(Assembled.File(Program, 0));
        Assert.Equal(("abc\n", "abc\n", 0, (int?)0), (result.Expected, result.Actual, result.ExpectedExit, result.ActualExit));
    }
}

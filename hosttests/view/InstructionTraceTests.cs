using SharpProbe.Sim.View;

namespace SharpProbe.Tests.View;

public class InstructionTraceTests
{
    private const string Source = """
        .type Reset_Handler, %function
        Reset_Handler:
            movs r0, #5
            movw r1, #0x1234
            bl twice
            b .
        .size Reset_Handler, . - Reset_Handler
        .type twice, %function
        twice:
            lsls r2, r0, #1
            bx lr
        .size twice, . - twice
        .equ SysTick_Handler, Reset_Handler
        """;

    private static string[] Lines(int instructions, bool disassemble = true)
    {
        var machine = new TinyMachine(Source);
        var text = new StringWriter();
        using (new InstructionTrace(machine.Core, machine.Symbols, disassemble ? Disassembly.OfElf(machine.Path) : Disassembly.Empty, text))
            machine.Core.RunInstructions((ulong)instructions);
        return text.ToString().TrimEnd().Split(Environment.NewLine);
    }

    [Fact]
    public void Every_instruction_is_a_line() => Assert.Equal(5, Lines(5).Length);

    [Fact]
    public void A_line_has_address_text_and_changed_registers() => Assert.Matches(@"00000040  2005       movs r0, #5 +r0=5 ", Lines(1)[0]);

    [Fact]
    public void A_wide_instruction_is_shown_whole() => Assert.Contains("f241 2134  movw r1, #4660", Lines(2)[1]);

    [Fact]
    public void A_line_ends_with_the_function() => Assert.EndsWith("; twice", Lines(4)[3]);

    [Fact]
    public void Without_disassembler_the_opcode_is_there() => Assert.Contains("00000040  2005  ", Lines(1, disassemble: false)[0]);

    [Fact]
    public void The_last_instructions_are_kept_in_order()
    {
        var machine = new TinyMachine(Source);
        using var trace = new InstructionTrace(machine.Core, machine.Symbols, Disassembly.Empty, keep: 2);
        machine.Core.RunInstructions(6);
        string[] last = [.. trace.Last()];
        Assert.Equal(2, last.Length);
        Assert.EndsWith("; twice +0x2", last[0]);
        Assert.EndsWith("; Reset_Handler +0xA", last[1]);
    }

    [Fact]
    public void A_detached_trace_sees_nothing()
    {
        var machine = new TinyMachine(Source);
        var trace = new InstructionTrace(machine.Core, machine.Symbols, Disassembly.Empty);
        trace.Dispose();
        machine.Core.RunInstructions(5);
        Assert.Equal(0u, trace.Count);
    }

    [Fact]
    public void A_trace_survives_a_reset_of_the_core()
    {
        var machine = new TinyMachine(Source);
        using var trace = new InstructionTrace(machine.Core, machine.Symbols, Disassembly.Empty);
        machine.Core.Reset();
        machine.Core.RunInstructions(5);
        Assert.Equal(5u, trace.Count);
    }
}

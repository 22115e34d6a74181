using SharpProbe.Sim.View;

namespace SharpProbe.Tests.View;

public class ProfileTests
{
    private const string Source = """
        .type Reset_Handler, %function
        Reset_Handler:
            ldr r0, =0xE000E010
            ldr r1, =500
            str r1, [r0, #4]
            movs r1, #7
            str r1, [r0]
        loop:
            bl outer
            b loop
        .size Reset_Handler, . - Reset_Handler
        .type outer, %function
        outer:
            push {r4, lr}
            bl inner
            bl inner
            pop {r4, lr}
            b tail
        .size outer, . - outer
        .type inner, %function
        inner:
            subs r2, #1
            bx lr
        .size inner, . - inner
        .type tail, %function
        tail:
            adds r3, #1
            bx lr
        .size tail, . - tail
        .type SysTick_Handler, %function
        SysTick_Handler:
            push {r4, lr}
            bl inner
            pop {r4, pc}
        .size SysTick_Handler, . - SysTick_Handler
        .ltorg
        """;

    private static Profile Run()
    {
        var machine = new TinyMachine(Source);
        var profile = new Profile(machine.Core, machine.Symbols);
        machine.Core.RunInstructions(5000);
        profile.Dispose();
        return profile;
    }

    private static ProfileRow Row(Profile profile, string context, string function) =>
        Assert.Single(profile.Rows(), r => r.Context == context && r.Function == function);

    [Fact]
    public void Every_instruction_is_counted_once() => Assert.Equal(5000, (int)Run().Rows().Aggregate(0ul, (sum, r) => sum + r.Instructions));

    [Fact]
    public void A_function_called_twice_by_another_has_twice_its_calls()
    {
        var profile = Run();
        Assert.InRange((double)Row(profile, "thread", "inner").Calls / Row(profile, "thread", "outer").Calls, 1.98, 2.02);
    }

    [Fact]
    public void A_caller_includes_its_callees()
    {
        var profile = Run();
        var outer = Row(profile, "thread", "outer");
        Assert.Equal(outer.Cycles + Row(profile, "thread", "inner").TotalCycles, outer.TotalCycles);
    }

    [Fact]
    public void A_tail_call_belongs_to_the_caller_of_its_caller() =>
        Assert.Contains(Run().Roots.SelectMany(r => r.Callees).Single(f => f.Function.Name == "Reset_Handler").Callees, f => f.Function.Name == "tail");

    [Fact]
    public void An_interrupt_has_rows_of_its_own()
    {
        var profile = Run();
        var handler = Row(profile, "SysTick", "SysTick_Handler");
        Assert.True(handler.Calls > 5);
        Assert.Equal(handler.Calls, Row(profile, "SysTick", "inner").Calls);
    }

    [Fact]
    public void Sleep_is_no_function_s_time_and_belongs_to_who_slept()
    {
        var machine = new TinyMachine(Source.Replace("bl outer\n", "wfi\n"));
        using var profile = new Profile(machine.Core, machine.Symbols);
        machine.Core.RunInstructions(500);
        Assert.InRange(Row(profile, "thread", "(asleep)").Cycles, machine.Core.Time.Cycles * 8 / 10, machine.Core.Time.Cycles);
    }

    [Fact]
    public void Collapsed_stacks_name_the_chain_of_callers()
    {
        var text = new StringWriter();
        Run().WriteCollapsed(text);
        Assert.Matches(@"thread;Reset_Handler;outer;inner \d+", text.ToString());
        Assert.Matches(@"SysTick;SysTick_Handler;inner \d+", text.ToString());
    }
}

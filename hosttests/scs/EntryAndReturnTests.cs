using SharpProbe.Sim.Cpu;
using SharpProbe.Sim.Scs;

namespace SharpProbe.Tests.Scs;

/// <summary>Exception entry and return: frames, EXC_RETURN, tail chaining, late arrival, preemption (DDI0403 B1.5).</summary>
public class EntryAndReturnTests
{
    [Fact]
    public void Entry_stacks_R0_to_R3_R12_LR_return_address_and_xPSR_in_this_order()
    {
        var rig = new CoreRig(/* nop; nop; b . */ 0xBF00, 0xBF00, 0xE7FE);
        for (int i = 0; i < 13; i++) rig.Core[i] = (uint)(0x100 + i);
        rig.Core[14] = 0x1234_5678;
        rig.Core.C = true;
        rig.Run(1);
        rig.Interrupt(0, 0);
        rig.Run(1);
        uint frame = rig.Core.Msp;
        Assert.Equal(CoreRig.StackTop - 0x20, frame);
        uint[] expected = [0x100, 0x101, 0x102, 0x103, 0x10C, 0x1234_5678, CoreRig.Main + 2, 0x2100_0000];
        Assert.Equal(expected, Enumerable.Range(0, 8).Select(i => rig.Word(frame + (uint)i * 4)));
    }

    [Fact]
    public void The_handler_starts_with_its_number_in_IPSR_and_EXC_RETURN_in_LR()
    {
        var rig = new CoreRig(/* nop; b . */ 0xBF00, 0xE7FE);
        rig.Interrupt(3, 0);
        rig.Run(1);
        Assert.Equal(19u, rig.Core.Ipsr);
        Assert.Equal(0xFFFF_FFF9, rig.Core[14]);
        Assert.Equal(CoreRig.Handler(19), rig.Core.Pc);
    }

    [Fact]
    public void An_odd_word_stack_is_aligned_to_eight_bytes_and_restored()
    {
        var rig = new CoreRig(/* nop; b . */ 0xBF00, 0xE7FE);
        rig.Core[13] = CoreRig.StackTop - 4;
        rig.Handle(16, /* bx lr */ 0x4770);
        rig.Interrupt(0, 0);
        rig.Core.Step();
        uint frame = CoreRig.StackTop - 4 - 0x20 - 4;
        Assert.Equal(0x200u, rig.Word(frame + 28) & 0x200);
        rig.Run(1);
        Assert.Equal(CoreRig.StackTop - 4, rig.Core[13]);
    }

    [Fact]
    public void Thread_code_on_the_process_stack_is_stacked_there_and_the_handler_runs_on_the_main_stack()
    {
        var rig = new CoreRig(/* nop; b . */ 0xBF00, 0xE7FE);
        rig.Core.Psp = CoreRig.Ram + 0x800;
        rig.Core.UsesProcessStack = true;
        rig.Interrupt(0, 0);
        rig.Run(1);
        Assert.Equal(CoreRig.Ram + 0x7E0, rig.Core.Psp);
        Assert.Equal(CoreRig.StackTop, rig.Core[13]);
        Assert.Equal(0xFFFF_FFFD, rig.Core[14]);
    }

    [Fact]
    public void Return_brings_back_registers_flags_and_the_next_instruction()
    {
        var rig = new CoreRig(/* movs r0, #1; movs r1, #2; adds r2, r0, r1; b . */ 0x2001, 0x2102, 0x1842, 0xE7FE);
        rig.Handle(16, /* movs r0, #0; movs r1, #0; movs r2, #0; movs r3, #0; mov r12, r0; bx lr */ 0x2000, 0x2100, 0x2200, 0x2300, 0x4684, 0x4770);
        rig.Core[3] = 33;
        rig.Core[12] = 12;
        rig.Run(2);
        rig.Interrupt(0, 0);
        rig.Run(7);
        Assert.Equal((3u, 33u, 12u), (rig.Core[2], rig.Core[3], rig.Core[12]));
        Assert.False(rig.Core.HandlerMode);
    }

    [Fact]
    public void The_IT_state_survives_an_interrupt()
    {
        var rig = new CoreRig(/* cmp r0, r0; ite eq; moveq r1, #1; movne r2, #2; b . */ 0x4280, 0xBF0C, 0x2101, 0x2202, 0xE7FE);
        rig.Handle(16, /* bx lr */ 0x4770);
        (rig.Core[1], rig.Core[2]) = (0, 0);
        rig.Run(2);
        rig.Interrupt(0, 0);
        rig.Run(4);
        Assert.Equal((1u, 0u), (rig.Core[1], rig.Core[2]));
    }

    [Fact]
    public void Two_pending_interrupts_are_tail_chained_without_unstacking()
    {
        var rig = new CoreRig(/* adds r7, #1; b .-2 */ 0x3701, 0xE7FD);
        var entered = new List<(int Number, uint Stack, ulong Cycle)>();
        rig.Core.ExceptionEntered = n => entered.Add((n, rig.Core.Msp, rig.Time.Cycles));
        rig.Handle(16, /* bx lr */ 0x4770);
        rig.Handle(17, /* bx lr */ 0x4770);
        rig.Core[7] = 0;
        rig.Interrupt(0, 0x40);
        rig.Interrupt(1, 0x80);
        rig.Run(2);
        Assert.Equal([16, 17], entered.Select(e => e.Number));
        Assert.Equal(entered[0].Stack, entered[1].Stack);
        Assert.Equal(0u, rig.Core[7]);
        Assert.InRange(entered[1].Cycle - entered[0].Cycle, 6ul, 10ul);
        Assert.Equal(CoreRig.StackTop, rig.Core.Msp);
    }

    [Fact]
    public void A_tail_chained_handler_gets_the_same_EXC_RETURN()
    {
        var rig = new CoreRig(/* nop; b . */ 0xBF00, 0xE7FE);
        rig.Core.Psp = CoreRig.Ram + 0x800;
        rig.Core.UsesProcessStack = true;
        rig.Handle(16, /* bx lr */ 0x4770);
        rig.Interrupt(0, 0x40);
        rig.Interrupt(1, 0x80);
        rig.Run(2);
        Assert.Equal(17u, rig.Core.Ipsr);
        Assert.Equal(0xFFFF_FFFD, rig.Core[14]);
    }

    [Fact]
    public void A_better_priority_preempts_and_returns_to_the_interrupted_handler()
    {
        var rig = new CoreRig(/* nop; b . */ 0xBF00, 0xE7FE);
        rig.Handle(16, /* nop; nop; movs r4, #1; bx lr */ 0xBF00, 0xBF00, 0x2401, 0x4770);
        rig.Handle(17, /* movs r5, #1; bx lr */ 0x2501, 0x4770);
        rig.Interrupt(0, 0x80);
        rig.Run(1);
        rig.Interrupt(1, 0x40);
        rig.Run(1);
        Assert.Equal((17u, 0xFFFF_FFF1u), (rig.Core.Ipsr, rig.Core[14]));
        rig.Run(1);
        Assert.Equal(16u, rig.Core.Ipsr);
        rig.Run(3);
        Assert.Equal((0u, 1u), (rig.Core.Ipsr, rig.Core[4]));
    }

    [Fact]
    public void An_equal_priority_waits()
    {
        var rig = new CoreRig(/* nop; b . */ 0xBF00, 0xE7FE);
        rig.Interrupt(0, 0x80);
        rig.Run(1);
        rig.Interrupt(1, 0x80);
        rig.Run(5);
        Assert.Equal(16u, rig.Core.Ipsr);
    }

    [Fact]
    public void A_late_arrival_of_better_priority_is_entered_first_on_the_same_frame()
    {
        var rig = new CoreRig(/* nop; b . */ 0xBF00, 0xE7FE);
        var entered = new List<(int Number, uint Stack)>();
        rig.Core.ExceptionEntered = n => entered.Add((n, rig.Core.Msp));
        rig.Handle(17, /* bx lr */ 0x4770);
        rig.Interrupt(0, 0x80);
        rig.Core.Nvic.SetPriority(17, 0x40);
        rig.Core.Nvic.Enable(17, true);
        rig.Time.At(rig.Time.TimeAt(5), () => rig.Core.Nvic.Pend(17));
        rig.Run(2);
        Assert.Equal([(17, CoreRig.StackTop - 0x20), (16, CoreRig.StackTop - 0x20)], entered);
    }

    [Fact]
    public void Entry_costs_12_cycles_on_the_M7()
    {
        var rig = new CoreRig(/* nop; b . */ 0xBF00, 0xE7FE);
        ulong cycle = 0;
        rig.Core.ExceptionEntered = _ => cycle = rig.Time.Cycles;
        rig.Interrupt(0, 0);
        rig.Run(1);
        Assert.Equal(12ul, cycle);
    }

    [Theory]
    [InlineData(0xFFFF_FFF0)]
    [InlineData(0xFFFF_FFF5)]
    [InlineData(0xFFFF_FFD9)]
    public void A_malformed_EXC_RETURN_is_an_INVPC_usage_fault_with_LR_as_written(uint excReturn)
    {
        var rig = new CoreRig(/* nop; b . */ 0xBF00, 0xE7FE);
        rig.Handle(16, /* bx r4 */ 0x4720);
        rig.Core[4] = excReturn;
        rig[0xE000_ED24] = 1 << 18;
        rig.Interrupt(0, 0x80);
        rig.Run(2);
        Assert.Equal(FaultStatus.INVPC, rig.Core.Scb.Cfsr);
        Assert.Equal((6u, excReturn), (rig.Core.Ipsr, rig.Core[14]));
    }

    [Fact]
    public void Returning_to_thread_from_a_nested_handler_is_an_INVPC_usage_fault()
    {
        var rig = new CoreRig(/* nop; b . */ 0xBF00, 0xE7FE);
        rig.Handle(17, /* bx r4 */ 0x4720);
        rig.Core[4] = 0xFFFF_FFF9;
        rig[0xE000_ED24] = 1 << 18;
        rig.Interrupt(0, 0x80);
        rig.Run(1);
        rig.Interrupt(1, 0x40);
        rig.Run(2);
        Assert.Equal(FaultStatus.INVPC, rig.Core.Scb.Cfsr);
        Assert.Equal(6u, rig.Core.Ipsr);
    }

    [Fact]
    public void A_frame_whose_IPSR_does_not_fit_the_mode_is_an_INVPC_usage_fault()
    {
        var rig = new CoreRig(/* nop; b . */ 0xBF00, 0xE7FE);
        rig.Handle(16, /* str r4, [sp, #28]; bx lr */ 0x9407, 0x4770);
        rig.Core[4] = 0x0100_0010;      // IPSR 16 on return to thread
        rig[0xE000_ED24] = 1 << 18;
        rig.Interrupt(0, 0x80);
        rig.Run(3);
        Assert.Equal((FaultStatus.INVPC, 6u), (rig.Core.Scb.Cfsr, rig.Core.Ipsr));
    }

    [Fact]
    public void A_vector_without_the_Thumb_bit_is_an_INVSTATE_usage_fault()
    {
        var rig = new CoreRig(/* nop; b . */ 0xBF00, 0xE7FE);
        rig.Word(CoreRig.Code + 16 * 4, CoreRig.Handler(16));
        rig[0xE000_ED24] = 1 << 18;
        rig.Interrupt(0, 0x80);
        rig.Run(1);
        Assert.Equal((FaultStatus.INVSTATE, 6u), (rig.Core.Scb.Cfsr, rig.Core.Ipsr));
    }

    [Fact]
    public void Vectors_come_from_VTOR()
    {
        var rig = new CoreRig(/* nop; b . */ 0xBF00, 0xE7FE);
        rig.Word(CoreRig.Ram + 0x400 + 16 * 4, CoreRig.Handler(40) | 1);
        rig[0xE000_ED08] = CoreRig.Ram + 0x400;
        rig.Interrupt(0, 0);
        rig.Run(1);
        Assert.Equal(CoreRig.Handler(40), rig.Core.Pc);
    }

    [Fact]
    public void Returning_from_a_handler_clears_FAULTMASK_but_not_PRIMASK()
    {
        var rig = new CoreRig(/* nop; b . */ 0xBF00, 0xE7FE);
        rig.Handle(16, /* cpsid if; bx lr */ 0xB673, 0x4770);
        rig.Interrupt(0, 0);
        rig.Run(2);
        Assert.False(rig.Core.Nvic.Faultmask);
        Assert.True(rig.Core.Nvic.Primask);
    }

    [Fact]
    public void SVC_returns_to_the_following_instruction()
    {
        var rig = new CoreRig(/* svc 5; b . */ 0xDF05, 0xE7FE);
        rig.Run(1);
        rig.Core.Step();
        Assert.Equal(11u, rig.Core.Ipsr);
        Assert.Equal(CoreRig.Main + 2, rig.Word(rig.Core.Msp + 24));
    }

    [Fact]
    public void The_M0_plus_takes_interrupts_with_the_same_frame()
    {
        var rig = new CoreRig(CoreKind.CortexM0Plus, /* nop; b . */ 0xBF00, 0xE7FE);
        rig.Handle(16, /* bx lr */ 0x4770);
        rig.Interrupt(0, 0xC0);
        rig.Run(1);
        Assert.Equal((0u, CoreRig.StackTop), (rig.Core.Ipsr, rig.Core.Msp));
    }
}

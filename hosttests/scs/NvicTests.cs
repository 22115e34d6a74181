using SharpProbe.Sim;
using SharpProbe.Sim.Scs;

namespace SharpProbe.Tests.Scs;

public class NvicTests
{
    private readonly Nvic _nvic = new(interruptLines: 100, priorityBits: 4);

    private void Ready(int irq, byte priority)
    {
        _nvic.SetPriority(16 + irq, priority);
        _nvic.Enable(16 + irq, true);
        _nvic.Pend(16 + irq);
    }

    [Fact]
    public void The_lowest_priority_value_goes_first()
    {
        Ready(3, 0x80);
        Ready(70, 0x40);
        Assert.Equal(86, _nvic.Next);
    }

    [Fact]
    public void Equal_priorities_go_by_number()
    {
        Ready(9, 0x40);
        Ready(4, 0x40);
        Assert.Equal(20, _nvic.Next);
    }

    [Fact]
    public void Only_the_implemented_priority_bits_are_kept()
    {
        _nvic.SetPriority(16, 0xFF);
        Assert.Equal(0xF0, _nvic.Priority(16));
    }

    [Fact]
    public void A_disabled_interrupt_stays_pending_and_is_not_taken()
    {
        _nvic.Pend(16);
        Assert.True(_nvic.IsPending(16));
        Assert.False(_nvic.CanPreempt);
    }

    [Fact]
    public void Subpriority_orders_but_does_not_preempt()
    {
        _nvic.PriorityGrouping = 4;     // [7:5] group, [4:0] sub
        Ready(0, 0x50);
        _nvic.Activate(16);
        Ready(1, 0x40);
        Assert.Equal(17, _nvic.Next);
        Assert.False(_nvic.CanPreempt);
    }

    [Fact]
    public void A_better_group_preempts()
    {
        _nvic.PriorityGrouping = 4;
        Ready(0, 0x60);
        _nvic.Activate(16);
        Ready(1, 0x40);
        Assert.True(_nvic.CanPreempt);
    }

    [Theory]
    [InlineData(0x30, true)]
    [InlineData(0x40, false)]
    [InlineData(0x50, false)]
    public void Basepri_masks_its_own_priority_and_below(byte priority, bool taken)
    {
        _nvic.Basepri = 0x40;
        Ready(0, priority);
        Assert.Equal(taken, _nvic.CanPreempt);
    }

    [Fact]
    public void Primask_holds_back_interrupts_and_still_lets_them_end_sleep()
    {
        _nvic.Primask = true;
        Ready(0, 0);
        Assert.False(_nvic.CanPreempt);
        Assert.True(_nvic.EndsSleep);
    }

    [Fact]
    public void Faultmask_lets_only_NMI_through()
    {
        _nvic.Faultmask = true;
        _nvic.Pend(ExceptionNumber.HardFault);
        Assert.False(_nvic.CanPreempt);
        _nvic.Pend(ExceptionNumber.Nmi);
        Assert.True(_nvic.CanPreempt);
    }

    [Fact]
    public void A_level_that_is_still_high_on_return_pends_again()
    {
        _nvic.Enable(16, true);
        _nvic.Set(0, true);
        _nvic.Activate(16);
        Assert.False(_nvic.IsPending(16));
        _nvic.Deactivate(16);
        Assert.True(_nvic.IsPending(16));
    }

    [Fact]
    public void A_pulse_is_remembered()
    {
        _nvic.Set(0, true);
        _nvic.Set(0, false);
        Assert.True(_nvic.IsPending(16));
    }

    [Fact]
    public void A_pulse_during_the_handler_pends_once_more()
    {
        _nvic.Set(0, true);
        _nvic.Activate(16);
        _nvic.Set(0, false);
        Assert.False(_nvic.IsPending(16));
        _nvic.Set(0, true);
        Assert.True(_nvic.IsPending(16));
    }

    [Fact]
    public void Clearing_pending_does_nothing_while_the_line_is_high()
    {
        _nvic.Set(0, true);
        _nvic.Unpend(16);
        Assert.True(_nvic.IsPending(16));
        _nvic.Set(0, false);
        _nvic.Unpend(16);
        Assert.False(_nvic.IsPending(16));
    }

    [Fact]
    public void An_interrupt_that_the_part_does_not_have_stops_the_bench() => Assert.Throws<BenchStop>(() => _nvic.Set(100, true));
}

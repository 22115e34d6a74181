using SharpProbe.Sim.Scs;

namespace SharpProbe.Tests.Scs;

/// <summary>WFI, WFE, SEV, SEVONPEND, sleep on exit; SysTick as the thing that wakes.</summary>
public class SleepTests
{
    private const uint Scr = 0xE000_ED10, SleepOnExit = 2, SevOnPend = 16;

    [Fact]
    public void WFI_sleeps_until_an_interrupt_and_then_takes_it()
    {
        var rig = new CoreRig(/* wfi; movs r4, #1; b . */ 0xBF30, 0x2401, 0xE7FE);
        rig.Handle(16, /* movs r5, #1; bx lr */ 0x2501, 0x4770);
        (rig.Core[4], rig.Core[5]) = (0, 0);
        rig.Core.Nvic.Enable(16, true);
        rig.Time.At(rig.Time.TimeAt(10_000), () => rig.Core.Nvic.Set(0, true));
        rig.Time.At(rig.Time.TimeAt(10_001), () => rig.Core.Nvic.Set(0, false));
        rig.Core.Run(9_999);
        Assert.True(rig.Core.Sleeping);
        Assert.Equal(0u, rig.Core[4]);
        rig.Core.Run(10_100);
        Assert.Equal((1u, 1u), (rig.Core[4], rig.Core[5]));
    }

    [Fact]
    public void WFI_with_PRIMASK_wakes_without_taking_the_interrupt()
    {
        var rig = new CoreRig(/* cpsid i; wfi; movs r4, #1; b . */ 0xB672, 0xBF30, 0x2401, 0xE7FE);
        rig.Core[4] = 0;
        rig.Core.Nvic.Enable(16, true);
        rig.Time.At(rig.Time.TimeAt(1000), () => rig.Core.Nvic.Pend(16));
        rig.Core.Run(1100);
        Assert.Equal((1u, false), (rig.Core[4], rig.Core.HandlerMode));
    }

    [Fact]
    public void WFI_does_not_sleep_when_an_interrupt_is_pending_already()
    {
        var rig = new CoreRig(/* cpsid i; wfi; movs r4, #1; b . */ 0xB672, 0xBF30, 0x2401, 0xE7FE);
        rig.Core[4] = 0;
        rig.Interrupt(0, 0);
        rig.Core.Nvic.Primask = true;
        rig.Run(3);
        Assert.Equal(1u, rig.Core[4]);
    }

    [Fact]
    public void WFE_after_SEV_goes_on_at_once_and_the_next_WFE_sleeps()
    {
        var rig = new CoreRig(/* sev; wfe; movs r4, #1; wfe; movs r4, #2; b . */ 0xBF40, 0xBF20, 0x2401, 0xBF20, 0x2402, 0xE7FE);
        rig.Core[4] = 0;
        rig.Core.Run(500);
        Assert.Equal((1u, true), (rig.Core[4], rig.Core.Sleeping));
    }

    [Fact]
    public void With_SEVONPEND_a_disabled_interrupt_ends_WFE()
    {
        var rig = new CoreRig(/* wfe; movs r4, #1; b . */ 0xBF20, 0x2401, 0xE7FE);
        rig.Core[4] = 0;
        rig[Scr] = SevOnPend;
        rig.Time.At(rig.Time.TimeAt(1000), () => rig.Core.Nvic.Pend(20));
        rig.Core.Run(900);
        Assert.True(rig.Core.Sleeping);
        rig.Core.Run(1100);
        Assert.Equal((1u, false), (rig.Core[4], rig.Core.HandlerMode));
    }

    [Fact]
    public void Sleep_on_exit_sleeps_again_after_the_handler()
    {
        var rig = new CoreRig(/* nop; movs r4, #1; b . */ 0xBF00, 0x2401, 0xE7FE);
        rig.Handle(16, /* bx lr */ 0x4770);
        rig.Core[4] = 0;
        rig[Scr] = SleepOnExit;
        rig.Interrupt(0, 0);
        rig.Core.Run(1000);
        Assert.Equal((0u, true), (rig.Core[4], rig.Core.Sleeping));
    }

    [Fact]
    public void SysTick_interrupts_every_reload_plus_one_cycles()
    {
        var rig = new CoreRig(/* wfi; b .-2 */ 0xBF30, 0xE7FD);
        var cycles = new List<ulong>();
        rig.Core.ExceptionEntered = n => { if (n == ExceptionNumber.SysTick) cycles.Add(rig.Time.Cycles); };
        rig.Handle(ExceptionNumber.SysTick, /* bx lr */ 0x4770);
        rig[0xE000_E014] = 9_999;
        rig[0xE000_E018] = 0;
        rig[0xE000_E010] = 7;
        rig.Core.Run(35_000);
        Assert.Equal([10_012ul, 20_012, 30_012], cycles);
    }

    [Fact]
    public void The_handler_reads_which_exceptions_are_pending_and_active()
    {
        var rig = new CoreRig(/* nop; b . */ 0xBF00, 0xE7FE);
        rig.Interrupt(0, 0x40);
        rig.Run(1);
        rig.Interrupt(1, 0x80);
        uint icsr = rig[0xE000_ED04];
        Assert.Equal((16u, 17u), (icsr & 0x1FF, icsr >> 12 & 0x1FF));
        Assert.Equal((1u << 22 | 1u << 11), icsr & (1u << 22 | 1u << 11));
        Assert.Equal(1u, rig[0xE000_E300]);
    }
}

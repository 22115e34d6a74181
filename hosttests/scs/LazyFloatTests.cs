using SharpProbe.Sim.Cpu;
using SharpProbe.Sim.Scs;

namespace SharpProbe.Tests.Scs;

/// <summary>Extended frames and lazy preservation of the floating-point state (DDI0403 B1.5.7).</summary>
public class LazyFloatTests
{
    private const uint Cpacr = 0xE000_ED88, Fpccr = 0xE000_EF34, FullAccess = 0xF0_0000, Lspact = 1;

    /// <summary>Thread code that owns a floating-point context with S0 = R0.</summary>
    private static CoreRig Rig()
    {
        var rig = new CoreRig(/* vmov s0, r0; nop; nop; b . */ 0xEE00, 0x0A10, 0xBF00, 0xBF00, 0xE7FE);
        rig[Cpacr] = FullAccess;
        rig.Core[0] = 0x3F80_0000;
        return rig;
    }

    [Fact]
    public void The_first_floating_point_instruction_makes_a_context_with_FPDSCR()
    {
        var rig = Rig();
        rig[0xE000_EF3C] = 0x0300_0000;
        Assert.False(rig.Core.FpContextActive);
        rig.Run(1);
        Assert.True(rig.Core.FpContextActive);
        Assert.Equal(0x0300_0000u, rig.Core.Fpscr & 0x07C0_0000);
    }

    [Fact]
    public void Entry_reserves_the_extended_frame_and_writes_no_register_into_it()
    {
        var rig = Rig();
        rig.Run(1);
        rig.Interrupt(0, 0);
        rig.Run(1);
        Assert.Equal(CoreRig.StackTop - 0x68, rig.Core.Msp);
        Assert.Equal(0xFFFF_FFE9, rig.Core[14]);
        Assert.Equal(Lspact, rig[Fpccr] & Lspact);
        Assert.Equal(CoreRig.StackTop - 0x48, rig[0xE000_EF38]);
        Assert.Equal(0u, rig.Word(CoreRig.StackTop - 0x48));
    }

    [Fact]
    public void A_handler_without_floating_point_returns_with_the_registers_untouched()
    {
        var rig = Rig();
        rig.Handle(16, /* bx lr */ 0x4770);
        rig.Run(1);
        rig.Interrupt(0, 0);
        rig.Run(1);
        Assert.Equal(0u, rig[Fpccr] & Lspact);
        Assert.True(rig.Core.FpContextActive);
        Assert.Equal((0x3F80_0000u, CoreRig.StackTop), (rig.Core.GetSingle(0), rig.Core.Msp));
    }

    [Fact]
    public void The_handlers_first_floating_point_instruction_saves_the_threads_registers()
    {
        var rig = Rig();
        rig.Handle(16, /* vmov s0, r1; bx lr */ 0xEE00, 0x1A10, 0x4770);
        rig.Core[1] = 0x4000_0000;
        rig.Run(1);
        rig.Interrupt(0, 0);
        rig.Run(1);
        Assert.Equal(0u, rig[Fpccr] & Lspact);
        Assert.Equal(0x3F80_0000u, rig.Word(CoreRig.StackTop - 0x48));
        Assert.Equal(0x4000_0000u, rig.Core.GetSingle(0));
        rig.Run(1);
        Assert.Equal(0x3F80_0000u, rig.Core.GetSingle(0));
    }

    [Fact]
    public void Without_LSPEN_entry_writes_the_registers_at_once()
    {
        var rig = Rig();
        rig[Fpccr] = 1u << 31;
        rig.Run(1);
        rig.Interrupt(0, 0);
        rig.Run(1);
        Assert.Equal(0x3F80_0000u, rig.Word(CoreRig.StackTop - 0x48));
        Assert.Equal(0u, rig[Fpccr] & Lspact);
    }

    [Fact]
    public void A_nested_interrupt_in_a_handler_with_floating_point_stacks_its_own_extended_frame()
    {
        var rig = Rig();
        rig.Handle(16, /* vmov s0, r1; nop; bx lr */ 0xEE00, 0x1A10, 0xBF00, 0x4770);
        rig.Handle(17, /* vmov s0, r2; bx lr */ 0xEE00, 0x2A10, 0x4770);
        (rig.Core[1], rig.Core[2]) = (0x4000_0000, 0x4040_0000);
        rig.Run(1);
        rig.Interrupt(0, 0x80);
        rig.Run(1);
        rig.Interrupt(1, 0x40);
        rig.Run(1);
        Assert.Equal(0xFFFF_FFE1, rig.Core[14]);
        rig.Run(1);
        Assert.Equal(0x4000_0000u, rig.Core.GetSingle(0));
        rig.Run(2);
        Assert.Equal((0x3F80_0000u, CoreRig.StackTop), (rig.Core.GetSingle(0), rig.Core.Msp));
    }

    [Fact]
    public void A_lazy_save_that_the_MPU_forbids_is_MLSPERR()
    {
        var rig = Rig();
        rig.Handle(16, /* nop; vmov s0, r1; bx lr */ 0xBF00, 0xEE00, 0x1A10, 0x4770);
        rig[0xE000_ED24] = 1 << 16;
        rig.Run(1);
        rig.Interrupt(0, 0x80);
        rig.Core.Step();
        rig[0xE000_EF38] = CoreRig.Ram + 0x100;
        rig[0xE000_ED98] = 0;
        rig[0xE000_ED9C] = CoreRig.Ram;
        rig[0xE000_EDA0] = 15u << 1 | 6u << 24 | 1;     // 64 KB, read only; the main stack lies at its end
        rig.Core.Msp = CoreRig.Ram + 0x1_8000;
        rig[0xE000_ED94] = 5;
        rig.Run(1);
        rig.RunToHandler(ExceptionNumber.MemManage);
        Assert.Equal((FaultStatus.MLSPERR, 4u), (rig.Core.Scb.Cfsr, rig.Core.Ipsr));
    }
}

using SharpProbe.Sim.Cpu;
using SharpProbe.Sim.Scs;

namespace SharpProbe.Tests.Scs;

/// <summary>Faults: status bits, addresses, escalation, lockup (DDI0403 B1.5.10 to B1.5.15, B3.2.15).</summary>
public class FaultTests
{
    private const uint Shcsr = 0xE000_ED24, Ccr = 0xE000_ED14, Forced = 1u << 30;
    private const uint AllFaults = 7 << 16;

    private static CoreRig Rig(params ushort[] main)
    {
        var rig = new CoreRig(main);
        rig[Shcsr] = AllFaults;
        return rig;
    }

    private static void Faults(CoreRig rig, int instructions, int number, FaultStatus status)
    {
        rig.Run(instructions);
        rig.RunToHandler(number);
        Assert.Equal(status, rig.Core.Scb.Cfsr);
        Assert.Equal(ExceptionNumber.Name(number), ExceptionNumber.Name((int)rig.Core.Ipsr));
    }

    [Fact]
    public void An_undefined_instruction_is_a_usage_fault_that_returns_to_it()
    {
        var rig = Rig(/* nop; udf #0 */ 0xBF00, 0xDE00);
        Faults(rig, 2, ExceptionNumber.UsageFault, FaultStatus.UNDEFINSTR);
        Assert.Equal(CoreRig.Main + 2, rig.Word(rig.Core.Msp + 24));
    }

    [Fact]
    public void A_usage_fault_that_is_not_enabled_is_forced_to_HardFault()
    {
        var rig = Rig(/* udf #0 */ 0xDE00);
        rig[Shcsr] = 0;
        Faults(rig, 1, ExceptionNumber.HardFault, FaultStatus.UNDEFINSTR);
        Assert.Equal(Forced, rig.Core.Scb.Hfsr);
    }

    [Fact]
    public void A_fault_in_a_handler_of_the_same_priority_is_forced_to_HardFault()
    {
        var rig = Rig(/* nop; b . */ 0xBF00, 0xE7FE);
        rig.Handle(16, /* udf #0 */ 0xDE00);
        rig.Interrupt(0, 0);
        Faults(rig, 1, ExceptionNumber.HardFault, FaultStatus.UNDEFINSTR);
        Assert.Equal(Forced, rig.Core.Scb.Hfsr);
    }

    [Fact]
    public void A_fault_in_HardFault_locks_the_core_up()
    {
        var rig = Rig(/* udf #0 */ 0xDE00);
        rig[Shcsr] = 0;
        rig.Handle(ExceptionNumber.HardFault, /* udf #0 */ 0xDE00);
        bool reported = false;
        rig.Core.LockupEntered += () => reported = true;
        rig.Run(5);
        Assert.True(rig.Core.LockedUp && reported);
        Assert.Equal(0xFFFF_FFFE, rig.Core.Pc);
        Assert.Equal(CoreRig.Handler(ExceptionNumber.HardFault), rig.Core.LockupAddress);
    }

    [Fact]
    public void NMI_is_still_taken_in_lockup_at_HardFault_priority()
    {
        var rig = Rig(/* udf #0 */ 0xDE00);
        rig[Shcsr] = 0;
        rig.Handle(ExceptionNumber.HardFault, /* udf #0 */ 0xDE00);
        rig.Run(5);
        rig[0xE000_ED04] = 1u << 31;
        rig.Run(1);
        Assert.Equal(2u, rig.Core.Ipsr);
        Assert.False(rig.Core.LockedUp);
    }

    [Fact]
    public void A_load_from_nowhere_is_a_precise_bus_fault_with_its_address()
    {
        var rig = Rig(/* ldr r0, [r1]; b . */ 0x6808, 0xE7FE);
        rig.Core[1] = 0x6000_0010;
        Faults(rig, 1, ExceptionNumber.BusFault, FaultStatus.PRECISERR | FaultStatus.BFARVALID);
        Assert.Equal(0x6000_0010u, rig.Core.Scb.Bfar);
    }

    [Fact]
    public void A_store_to_nowhere_is_an_imprecise_bus_fault_after_the_instruction()
    {
        var rig = Rig(/* str r0, [r1]; b . */ 0x6008, 0xE7FE);
        rig.Core[1] = 0x6000_0010;
        Faults(rig, 1, ExceptionNumber.BusFault, FaultStatus.IMPRECISERR);
        Assert.Equal(CoreRig.Main + 2, rig.Word(rig.Core.Msp + 24));
    }

    [Fact]
    public void An_imprecise_bus_fault_waits_while_PRIMASK_is_set()
    {
        var rig = Rig(/* cpsid i; str r0, [r1]; nop; cpsie i; b . */ 0xB672, 0x6008, 0xBF00, 0xB662, 0xE7FE);
        rig.Core[1] = 0x6000_0010;
        rig.Run(3);
        Assert.False(rig.Core.HandlerMode);
        Faults(rig, 1, ExceptionNumber.BusFault, FaultStatus.IMPRECISERR);
    }

    [Fact]
    public void A_fetch_from_nowhere_is_IBUSERR()
    {
        var rig = Rig(/* bx r0 */ 0x4700);
        rig.Core[0] = 0x1000_0001;
        Faults(rig, 1, ExceptionNumber.BusFault, FaultStatus.IBUSERR);
        Assert.Equal(0x1000_0000u, rig.Word(rig.Core.Msp + 24));
    }

    [Fact]
    public void A_fetch_from_peripheral_space_is_IACCVIOL_even_without_an_MPU()
    {
        var rig = Rig(/* bx r0 */ 0x4700);
        rig.Core[0] = 0x4000_0001;
        Faults(rig, 1, ExceptionNumber.MemManage, FaultStatus.IACCVIOL);
    }

    [Fact]
    public void A_branch_to_an_even_address_is_INVSTATE()
    {
        var rig = Rig(/* bx r0 */ 0x4700);
        rig.Core[0] = CoreRig.Main;
        Faults(rig, 1, ExceptionNumber.UsageFault, FaultStatus.INVSTATE);
    }

    [Fact]
    public void Division_by_zero_gives_zero_until_DIV_0_TRP_is_set()
    {
        var rig = Rig(/* sdiv r0, r1, r2; udiv r0, r1, r2; b . */ 0xFB91, 0xF0F2, 0xFBB1, 0xF0F2, 0xE7FE);
        (rig.Core[0], rig.Core[1], rig.Core[2]) = (9, 7, 0);
        rig.Run(1);
        Assert.Equal(0u, rig.Core[0]);
        rig[Ccr] |= 16;
        Faults(rig, 1, ExceptionNumber.UsageFault, FaultStatus.DIVBYZERO);
    }

    [Fact]
    public void An_unaligned_load_works_until_UNALIGN_TRP_is_set()
    {
        var rig = Rig(/* ldr r0, [r1]; ldr r0, [r1]; b . */ 0x6808, 0x6808, 0xE7FE);
        rig.Core[1] = CoreRig.Ram + 2;
        rig.Word(CoreRig.Ram, 0x3344_1122);
        rig.Word(CoreRig.Ram + 4, 0x7788_5566);
        rig.Run(1);
        Assert.Equal(0x5566_3344u, rig.Core[0]);
        rig[Ccr] |= 8;
        Faults(rig, 1, ExceptionNumber.UsageFault, FaultStatus.UNALIGNED);
    }

    [Fact]
    public void LDM_and_LDRD_never_take_an_unaligned_address()
    {
        var rig = Rig(/* ldrd r0, r2, [r1]; b . */ 0xE9D1, 0x0200, 0xE7FE);
        rig.Core[1] = CoreRig.Ram + 2;
        Faults(rig, 1, ExceptionNumber.UsageFault, FaultStatus.UNALIGNED);
    }

    [Fact]
    public void A_floating_point_instruction_without_CPACR_is_NOCP()
    {
        var rig = Rig(/* vmov s0, r0; b . */ 0xEE00, 0x0A10, 0xE7FE);
        Faults(rig, 1, ExceptionNumber.UsageFault, FaultStatus.NOCP);
    }

    [Fact]
    public void BFHFNMIGN_lets_HardFault_probe_addresses()
    {
        var rig = Rig(/* udf #0 */ 0xDE00);
        rig[Shcsr] = 0;
        rig[Ccr] |= 1 << 8;
        rig.Handle(ExceptionNumber.HardFault, /* ldr r0, [r1]; movs r4, #1; b . */ 0x6808, 0x2401, 0xE7FE);
        rig.Core[1] = 0x6000_0010;
        rig.Core[4] = 0;
        rig.Run(3);
        Assert.False(rig.Core.LockedUp);
        Assert.Equal(1u, rig.Core[4]);
        Assert.True((rig.Core.Scb.Cfsr & FaultStatus.PRECISERR) != 0);
    }

    [Fact]
    public void Writing_ones_to_CFSR_clears_them_bytewise()
    {
        var rig = Rig(/* strb r0, [r1]; b . */ 0x7008, 0xE7FE);
        rig.Core.Scb.Cfsr = FaultStatus.DACCVIOL | FaultStatus.PRECISERR;
        (rig.Core[0], rig.Core[1]) = (0xFF, 0xE000_ED28);
        rig.Run(1);
        Assert.Equal(FaultStatus.PRECISERR, rig.Core.Scb.Cfsr);
    }

    [Fact]
    public void An_SVC_that_cannot_be_taken_is_forced_to_HardFault()
    {
        var rig = Rig(/* cpsid i; svc 0; b . */ 0xB672, 0xDF00, 0xE7FE);
        Faults(rig, 2, ExceptionNumber.HardFault, FaultStatus.None);
        Assert.Equal(Forced, rig.Core.Scb.Hfsr);
    }

    [Fact]
    public void An_unmapped_vector_table_is_VECTTBL()
    {
        var rig = Rig(/* nop; b . */ 0xBF00, 0xE7FE);
        rig.Core.FaultRaised = null;
        rig[0xE000_ED08] = CoreRig.Ram + 0x2_0000 - 0x80;       // the vector of interrupt 30 lies behind the RAM
        rig.Interrupt(30, 0);
        rig.Word(CoreRig.Ram + 0x2_0000 - 0x80 + 12, CoreRig.Handler(3) | 1);
        rig.Run(1);
        Assert.Equal(2u, rig.Core.Scb.Hfsr);
        Assert.Equal(3u, rig.Core.Ipsr);
    }

    [Fact]
    public void Unprivileged_code_may_not_touch_the_system_control_space()
    {
        var rig = Rig(/* ldr r0, [r1]; b . */ 0x6808, 0xE7FE);
        rig.Core[1] = 0xE000_ED00;
        rig.Core.ThreadUnprivileged = true;
        Faults(rig, 1, ExceptionNumber.BusFault, FaultStatus.PRECISERR | FaultStatus.BFARVALID);
    }

    [Fact]
    public void The_M0_plus_turns_every_fault_into_HardFault()
    {
        var rig = new CoreRig(CoreKind.CortexM0Plus, /* ldr r0, [r1]; b . */ 0x6808, 0xE7FE);
        rig.Core[1] = CoreRig.Ram + 1;
        rig.Run(1);
        rig.RunToHandler(ExceptionNumber.HardFault);
        Assert.Equal(3u, rig.Core.Ipsr);
    }

    [Fact]
    public void A_store_to_nowhere_on_the_M0_plus_returns_to_the_store()
    {
        var rig = new CoreRig(CoreKind.CortexM0Plus, /* nop; str r0, [r1]; b . */ 0xBF00, 0x6008, 0xE7FE);
        rig.Core[1] = 0x6000_0010;
        rig.RunToHandler(ExceptionNumber.HardFault);
        Assert.Equal((3u, CoreRig.Main + 2), (rig.Core.Ipsr, rig.Word(rig.Core.Msp + 24)));
    }

    [Fact]
    public void LDRT_of_the_system_control_space_faults_in_privileged_code_too()
    {
        var rig = Rig(/* ldrt r0, [r1]; b . */ 0xF851, 0x0E00, 0xE7FE);
        rig.Core[1] = 0xE000_ED00;
        Faults(rig, 1, ExceptionNumber.BusFault, FaultStatus.PRECISERR | FaultStatus.BFARVALID);
    }
}

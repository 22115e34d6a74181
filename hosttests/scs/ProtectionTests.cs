using SharpProbe.Sim.Cpu;
using SharpProbe.Sim.Scs;

namespace SharpProbe.Tests.Scs;

/// <summary>The MPU as the core feels it: stack guards, read-only code, unprivileged code.</summary>
public class ProtectionTests
{
    private const uint Guard = CoreRig.Ram + 0x8000;

    /// <summary>A 32-byte guard region without access at <see cref="Guard"/>, background map on, MemManage enabled.</summary>
    private static CoreRig Rig(params ushort[] main)
    {
        var rig = new CoreRig(main);
        rig[0xE000_ED24] = 1 << 16;
        rig[0xE000_ED98] = 0;
        rig[0xE000_ED9C] = Guard;
        rig[0xE000_EDA0] = 4 << 1 | 1;
        rig[0xE000_ED94] = 5;
        return rig;
    }

    [Fact]
    public void A_store_into_the_guard_is_DACCVIOL_with_its_address()
    {
        var rig = Rig(/* str r0, [r1, #4]; b . */ 0x6048, 0xE7FE);
        rig.Core[1] = Guard;
        rig.Run(1);
        rig.RunToHandler(ExceptionNumber.MemManage);
        Assert.Equal((FaultStatus.DACCVIOL | FaultStatus.MMARVALID, 4u), (rig.Core.Scb.Cfsr, rig.Core.Ipsr));
        Assert.Equal(Guard + 4, rig.Core.Scb.Mmfar);
    }

    [Fact]
    public void Memory_beside_the_guard_stays_usable()
    {
        var rig = Rig(/* str r0, [r1, #32]; str r0, [r2]; b . */ 0x6208, 0x6010, 0xE7FE);
        (rig.Core[0], rig.Core[1], rig.Core[2]) = (77, Guard, Guard - 4);
        rig.Run(2);
        Assert.Equal((77u, 77u), (rig.Word(Guard + 32), rig.Word(Guard - 4)));
    }

    [Fact]
    public void A_guard_that_appears_later_is_honoured_by_addresses_already_used()
    {
        var rig = Rig(/* str r0, [r1]; str r0, [r1]; b . */ 0x6008, 0x6008, 0xE7FE);
        rig[0xE000_ED94] = 0;
        rig.Core[1] = Guard;
        rig.Run(1);
        rig[0xE000_ED94] = 5;
        rig.Run(1);
        rig.RunToHandler(ExceptionNumber.MemManage);
        Assert.Equal(4u, rig.Core.Ipsr);
    }

    [Fact]
    public void Stacking_into_the_guard_is_MSTKERR_and_MemManage_runs_instead_of_the_interrupt()
    {
        var rig = Rig(/* nop; b . */ 0xBF00, 0xE7FE);
        rig.Core.Psp = Guard + 0x20;
        rig.Core.UsesProcessStack = true;
        rig.Core.Nvic.SetPriority(4, 0x10);
        rig.Interrupt(0, 0x80);
        rig.Run(1);
        Assert.Equal((FaultStatus.MSTKERR, 4u), (rig.Core.Scb.Cfsr, rig.Core.Ipsr));
        Assert.True(rig.Core.Nvic.IsPending(16));
    }

    [Fact]
    public void A_stack_overflow_by_push_reports_DACCVIOL_and_MSTKERR()
    {
        var rig = Rig(/* push {r4, lr}; b . */ 0xB510, 0xE7FE);
        rig.Core.Psp = Guard + 0x20;
        rig.Core.UsesProcessStack = true;
        rig.Run(1);
        rig.RunToHandler(ExceptionNumber.MemManage);
        Assert.Equal((FaultStatus.DACCVIOL | FaultStatus.MMARVALID | FaultStatus.MSTKERR, 4u), (rig.Core.Scb.Cfsr, rig.Core.Ipsr));
    }

    [Fact]
    public void An_MPU_fault_without_MEMFAULTENA_is_a_forced_HardFault_which_the_MPU_does_not_check()
    {
        var rig = Rig(/* str r0, [r1]; b . */ 0x6008, 0xE7FE);
        rig[0xE000_ED24] = 0;
        rig.Handle(3, /* str r0, [r1]; movs r4, #1; b . */ 0x6008, 0x2401, 0xE7FE);
        rig.Core[1] = Guard;
        rig.Core[4] = 0;
        rig.Run(4);
        Assert.Equal((3u, 1u, false), (rig.Core.Ipsr, rig.Core[4], rig.Core.LockedUp));
    }

    [Fact]
    public void Unprivileged_code_has_no_access_to_the_background_map()
    {
        var rig = Rig(/* ldr r0, [r1]; b . */ 0x6808, 0xE7FE);
        rig.Core[1] = CoreRig.Ram;
        rig[0xE000_ED98] = 1;
        rig[0xE000_ED9C] = CoreRig.Code;
        rig[0xE000_EDA0] = 15 << 1 | 6 << 24 | 1;       // unprivileged code may run and read the 64 KB of code only
        rig.Core.Psp = CoreRig.Ram + 0x1_0000;
        rig.Core.UsesProcessStack = true;
        rig.Core.ThreadUnprivileged = true;
        rig.Run(1);
        rig.RunToHandler(ExceptionNumber.MemManage);
        Assert.True((rig.Core.Scb.Cfsr & FaultStatus.DACCVIOL) != 0);
        Assert.Equal(CoreRig.Ram, rig.Core.Scb.Mmfar);
    }

    [Fact]
    public void Execute_never_memory_does_not_run()
    {
        var rig = Rig(/* bx r1 */ 0x4708);
        rig[0xE000_ED98] = 2;
        rig[0xE000_ED9C] = CoreRig.Ram;
        rig[0xE000_EDA0] = 1 << 28 | 3 << 24 | 16 << 1 | 1;
        rig.Put(CoreRig.Ram, /* nop; b . */ 0xBF00, 0xE7FE);
        rig.Core[1] = CoreRig.Ram | 1;
        rig.Run(1);
        rig.RunToHandler(ExceptionNumber.MemManage);
        Assert.Equal((FaultStatus.IACCVIOL, 4u), (rig.Core.Scb.Cfsr, rig.Core.Ipsr));
    }
}

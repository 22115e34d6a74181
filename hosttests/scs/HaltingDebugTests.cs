using SharpProbe.Sim.Cpu;

namespace SharpProbe.Tests.Scs;

/// <summary>Halting debug on the other cores, and what software sees of it. hosttests/targets has the M3.</summary>
public class HaltingDebugTests
{
    private const uint Dhcsr = 0xE000_EDF0, Dcrsr = 0xE000_EDF4, Dcrdr = 0xE000_EDF8, Demcr = 0xE000_EDFC, Key = 0xA05F_0000;

    private static uint Read(CoreRig rig, uint address)
    {
        Assert.True(rig.Core.DebugPortRead(address, 4, out uint value));
        return value;
    }

    private static void Write(CoreRig rig, uint address, uint value) => Assert.True(rig.Core.DebugPortWrite(address, value, 4));

    private static uint Register(CoreRig rig, uint number)
    {
        Write(rig, Dcrsr, number);
        return Read(rig, Dcrdr);
    }

    private static void Register(CoreRig rig, uint number, uint value)
    {
        Write(rig, Dcrdr, value);
        Write(rig, Dcrsr, 1 << 16 | number);
    }

    [Theory]
    [InlineData(CoreKind.CortexM0Plus)]
    [InlineData(CoreKind.CortexM3)]
    [InlineData(CoreKind.CortexM4)]
    [InlineData(CoreKind.CortexM7)]
    [InlineData(CoreKind.CortexM7Double)]
    public void Every_core_halts_steps_and_goes_on(CoreKind kind)
    {
        var rig = new CoreRig(kind, /* movs r0, #1; adds r0, #1; b .-2 */ 0x2001, 0x3001, 0xE7FD);
        Write(rig, Dhcsr, Key | 3);
        Write(rig, Dhcsr, Key | 5);
        rig.Core.Run(rig.Time.Cycles + 100);
        Assert.Equal((CoreRig.Main + 2, 1u), (Register(rig, 15), Register(rig, 0)));
        Write(rig, Dhcsr, Key | 1);
        rig.Core.Run(rig.Time.Cycles + 100);
        Assert.Equal(0u, Read(rig, Dhcsr) & 1 << 17);
        Assert.True(rig.Core[0] > 5);
    }

    [Theory]
    [InlineData(CoreKind.CortexM4)]
    [InlineData(CoreKind.CortexM7Double)]
    public void Floating_point_registers_are_transferred(CoreKind kind)
    {
        var rig = new CoreRig(kind, /* b . */ 0xE7FE);
        Write(rig, Dhcsr, Key | 3);
        Register(rig, 64 + 31, 0x4049_0FDB);
        Register(rig, 33, 0x0100_0000);
        Assert.Equal((0x4049_0FDBu, 0x4049_0FDBu, 0x0100_0000u), (rig.Core.GetSingle(31), Register(rig, 95), Register(rig, 33)));
    }

    [Fact]
    public void A_breakpoint_of_the_M7_is_a_whole_address_and_its_lock_does_not_concern_the_debug_port()
    {
        var rig = new CoreRig(/* movs r4, #1; movs r4, #2; movs r4, #3; b . */ 0x2401, 0x2402, 0x2403, 0xE7FE);
        Write(rig, Dhcsr, Key | 3);
        Assert.Equal(0x1000_0080u, Read(rig, 0xE000_2000) & 0xFFFF_FFFE);
        Write(rig, 0xE000_2000, 3);
        Write(rig, 0xE000_200C, CoreRig.Main + 4 | 1);
        Write(rig, Dhcsr, Key | 1);
        rig.Core.Run(rig.Time.Cycles + 100);
        Assert.Equal((CoreRig.Main + 4, 2u), (Register(rig, 15), Register(rig, 4)));
    }

    [Fact]
    public void Software_cannot_enable_halting_debug_but_sees_that_it_is()
    {
        var rig = new CoreRig(/* b . */ 0xE7FE);
        rig[Dhcsr] = Key | 3;
        Assert.Equal(0u, rig[Dhcsr] & 3);
        Write(rig, Dhcsr, Key | 1);
        Assert.Equal(1u, rig[Dhcsr] & 3);
    }

    [Fact]
    public void Software_may_halt_itself_once_halting_debug_is_enabled()
    {
        var rig = new CoreRig(/* str r0, [r1]; movs r4, #1; b . */ 0x6008, 0x2401, 0xE7FE);
        Write(rig, Dhcsr, Key | 1);
        (rig.Core[0], rig.Core[1], rig.Core[4]) = (Key | 3, Dhcsr, 0);
        rig.Core.Run(rig.Time.Cycles + 100);
        Assert.Equal((true, CoreRig.Main + 2, 0u), (rig.Core.InDebugState, rig.Core.Pc, rig.Core[4]));
    }

    [Fact]
    public void A_step_in_an_IT_block_keeps_ITSTATE()
    {
        var rig = new CoreRig(CoreKind.CortexM3, /* cmp r0, r0; itt eq; moveq r4, #1; moveq r5, #2; b . */ 0x4280, 0xBF04, 0x2401, 0x2502, 0xE7FE);
        Write(rig, Dhcsr, Key | 3);
        for (int i = 0; i < 4; i++)
        {
            Write(rig, Dhcsr, Key | 5);
            rig.Core.Run(rig.Time.Cycles + 20);
        }
        Assert.Equal((1u, 2u, CoreRig.Main + 8), (rig.Core[4], rig.Core[5], rig.Core.Pc));
    }

    [Fact]
    public void The_cores_that_are_not_debugged_pay_nothing_and_BKPT_still_faults()
    {
        var rig = new CoreRig(/* bkpt #1; b . */ 0xBE01, 0xE7FE);
        Write(rig, Demcr, 1 << 10);
        rig.RunToHandler(3);
        Assert.Equal(3u, rig.Core.Ipsr);
    }
}

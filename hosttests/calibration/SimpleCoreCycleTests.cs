using SharpProbe.Sim.Cpu;
using SharpProbe.Tests.Scs;

namespace SharpProbe.Tests.Calibration;

/// <summary>Cycle tables of the cores that issue one instruction at a time.</summary>
public class SimpleCoreCycleTests
{
    [Theory]
    // subs r0,#1 / bne: 1 + taken branch
    [InlineData(CoreKind.CortexM0Plus, 3)]
    [InlineData(CoreKind.CortexM3, 4)]
    [InlineData(CoreKind.CortexM4, 4)]
    public void A_counting_loop_takes_what_the_manual_says(CoreKind kind, int cyclesPerTurn)
    {
        var rig = new CoreRig(kind, 0x3801, 0xD1FD);
        rig.Core[0] = 1_000_000;
        rig.Run(2);
        ulong start = rig.Time.Cycles;
        rig.Run(200);
        Assert.Equal(100 * cyclesPerTurn, (int)(rig.Time.Cycles - start));
    }

    [Theory]
    [InlineData(1u, 1u, 2)]
    [InlineData(uint.MaxValue, 1u, 11)]
    public void Division_on_the_M4_takes_2_to_12_cycles(uint dividend, uint divisor, int cycles)
    {
        var rig = new CoreRig(CoreKind.CortexM4, 0xFBB1, 0xF0F2);
        (rig.Core[1], rig.Core[2]) = (dividend, divisor);
        ulong start = rig.Time.Cycles;
        rig.Run(1);
        Assert.Equal(cycles, (int)(rig.Time.Cycles - start));
    }
}

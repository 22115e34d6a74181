using SharpProbe.Sim.Cpu;
using SharpProbe.Sim.Scs;
using SharpProbe.Tests.Scs;

namespace SharpProbe.Tests.Cpu;

/// <summary>SDIV and UDIV at their edges.</summary>
public class DivisionTests
{
    private const uint Ccr = 0xE000_ED14, Div0Trap = 0x10;

    [Theory]
    [InlineData(0xFB91, -7, 2, -3)]
    [InlineData(0xFB91, int.MinValue, -1, int.MinValue)]
    [InlineData(0xFB91, 5, 0, 0)]
    [InlineData(0xFBB1, -1, 2, int.MaxValue)]
    [InlineData(0xFBB1, 5, 0, 0)]
    public void Quotient_is_rounded_towards_zero_and_wraps(int code, int n, int m, int quotient)
    {
        var rig = new CoreRig((ushort)code, 0xF0F2);
        (rig.Core[1], rig.Core[2]) = ((uint)n, (uint)m);
        rig.Run(1);
        Assert.Equal(quotient, (int)rig.Core[0]);
    }

    [Fact]
    public void Division_by_zero_faults_when_the_trap_is_set()
    {
        var rig = new CoreRig(0xFBB1, 0xF0F2);
        rig[Ccr] |= Div0Trap;
        (rig.Core[1], rig.Core[2]) = (5, 0);
        rig.RunToHandler(ExceptionNumber.HardFault);
        Assert.Equal(FaultStatus.DIVBYZERO, rig.Core.Scb.Cfsr);
    }
}

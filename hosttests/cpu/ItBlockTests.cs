using SharpProbe.Sim.Cpu;
using SharpProbe.Sim.Scs;
using SharpProbe.Tests.Scs;

namespace SharpProbe.Tests.Cpu;

/// <summary>IT blocks (DDI0403 A7.3).</summary>
public class ItBlockTests
{
    [Fact]
    public void Each_instruction_of_a_block_follows_its_own_condition()
    {
        // movs r0,#0 / cmp r0,#1 / itet eq / moveq r1,#1 / movne r2,#2 / moveq r3,#3
        var rig = new CoreRig(0x2000, 0x2801, 0xBF0A, 0x2101, 0x2202, 0x2303);
        rig.Run(6);
        Assert.Equal((0u, 2u, 0u), (rig.Core[1], rig.Core[2], rig.Core[3]));
    }

    [Fact]
    public void Narrow_arithmetic_inside_a_block_leaves_the_flags()
    {
        // movs r0,#0 / cmp r0,r0 / it eq / addeq r0,#5
        var rig = new CoreRig(0x2000, 0x4280, 0xBF08, 0x3005);
        rig.Run(4);
        Assert.Equal((5u, true), (rig.Core[0], rig.Core.Z));
    }

    [Fact]
    public void A_comparison_inside_a_block_decides_about_the_rest()
    {
        // cmp r0,r0 / ittt eq / cmpeq r0,#1 / moveq r2,#2 / moveq r3,#3
        var rig = new CoreRig(0x4280, 0xBF02, 0x2801, 0x2202, 0x2303);
        rig.Core[0] = 0;
        rig.Run(5);
        Assert.Equal((0u, 0u), (rig.Core[2], rig.Core[3]));
    }

    [Fact]
    public void A_fault_inside_a_block_stacks_the_state_of_the_faulting_instruction()
    {
        // cmp r0,r0 / itt eq / ldreq r1,[r5] (nothing is mapped there) / moveq r2,#2
        var rig = new CoreRig(0x4280, 0xBF04, 0x6829, 0x2202);
        rig.Core[5] = 0x3000_0000;
        rig.RunToHandler(ExceptionNumber.HardFault);
        uint frame = rig.Core.Msp;
        Assert.Equal(CoreRig.Main + 4, rig.Word(frame + 24));
        uint psr = rig.Word(frame + 28);
        Assert.Equal(0x04u, psr >> 25 & 3 | psr >> 8 & 0xFC);
    }

    [Fact]
    public void An_interrupted_block_goes_on_where_it_was()
    {
        // cmp r0,r0 / itte eq / moveq r1,#1 / moveq r2,#2 / movne r3,#3; handler: bx lr
        var rig = new CoreRig(0x4280, 0xBF06, 0x2101, 0x2202, 0x2303);
        rig.Handle(ExceptionNumber.Interrupt0, 0x4770);
        rig.Run(3);
        rig.Interrupt(0, 0x40);
        rig.RunToHandler(ExceptionNumber.Interrupt0);
        rig.Run(3);
        Assert.Equal((1u, 2u, 0u, (byte)0), (rig.Core[1], rig.Core[2], rig.Core[3], rig.Core.ItState));
    }
}

using SharpProbe.Sim.Cpu;
using SharpProbe.Tests.Scs;

namespace SharpProbe.Tests.Cpu;

/// <summary>Instructions are decoded once; these say when again.</summary>
public class CodeChangeTests
{
    private const uint Routine = CoreRig.Ram + 0x100;
    private const ushort MovsR1One = 0x2101, MovsR1Two = 0x2102, BxLr = 0x4770;

    [Fact]
    public void A_store_into_code_that_has_run_takes_effect()
    {
        // blx r0 / strh r2,[r3] / blx r0
        var rig = new CoreRig(0x4780, 0x801A, 0x4780);
        rig.Put(Routine, MovsR1One, BxLr);
        (rig.Core[0], rig.Core[2], rig.Core[3]) = (Routine | 1, MovsR1Two, Routine);
        rig.Run(3);
        Assert.Equal(1u, rig.Core[1]);
        rig.Run(3);
        Assert.Equal(2u, rig.Core[1]);
    }

    [Fact]
    public void A_write_by_another_bus_master_takes_effect()
    {
        var rig = new CoreRig(0x4780, 0x4780);
        rig.Put(Routine, MovsR1One, BxLr);
        rig.Core[0] = Routine | 1;
        rig.Run(3);
        rig.Put(Routine, MovsR1Two);
        rig.Run(2);
        Assert.Equal(2u, rig.Core[1]);
    }

    [Fact]
    public void An_instruction_whose_second_half_changes_is_decoded_again()
    {
        // blx r0 / strh r2,[r3] / blx r0; routine: movw r1,#1 becomes movw r1,#2
        var rig = new CoreRig(0x4780, 0x801A, 0x4780);
        rig.Put(Routine, 0xF240, 0x0101, BxLr);
        (rig.Core[0], rig.Core[2], rig.Core[3]) = (Routine | 1, 0x0102, Routine + 2);
        rig.Run(3);
        Assert.Equal(1u, rig.Core[1]);
        rig.Run(3);
        Assert.Equal(2u, rig.Core[1]);
    }

    [Fact]
    public void An_instruction_across_two_pages_is_decoded_again()
    {
        const uint border = CoreRig.Ram + 0xFFE;
        var rig = new CoreRig(0x4780, 0x801A, 0x4780);
        rig.Put(border, 0xF240, 0x0101, BxLr);
        (rig.Core[0], rig.Core[2], rig.Core[3]) = (border | 1, 0x0102, border + 2);
        rig.Run(3);
        rig.Run(3);
        Assert.Equal(2u, rig.Core[1]);
    }
}

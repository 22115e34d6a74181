using SharpProbe.Sim;
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
    public void Contents_changed_behind_the_cores_back_take_effect_when_told()
    {
        var ram = new MemoryRegion("more RAM", 0x2010_0000, 0x1000, MemoryTiming.Axi);
        var rig = new CoreRig(0x4780, 0x4780);
        rig.Bus.Map(ram);
        rig.Put(ram.Address, MovsR1One, BxLr);
        rig.Core[0] = ram.Address | 1;
        rig.Run(3);
        ram.Span[0] = MovsR1Two & 0xFF;
        ram.ContentsChanged();
        rig.Run(2);
        Assert.Equal(2u, rig.Core[1]);
    }

    [Fact]
    public void A_read_gate_is_asked_for_fetches_and_loads_that_went_directly_before()
    {
        int asked = 0;
        var flash = new MemoryRegion("flash", 0x0810_0000, 0x1000, MemoryTiming.Flash);
        var rig = new CoreRig(0x4780, 0x4780);
        rig.Bus.Map(flash);
        rig.Put(flash.Address, 0x6819, BxLr);       // ldr r1,[r3]
        (rig.Core[0], rig.Core[3]) = (flash.Address | 1, flash.Address + 0x100);
        rig.Run(3);
        flash.OnRead = _ => asked++;
        rig.Run(3);
        Assert.Equal(3, asked);
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

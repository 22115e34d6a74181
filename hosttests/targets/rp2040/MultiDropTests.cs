using SharpProbe.Sim.Adi;
using SharpProbe.Sim.Pins;
using SharpProbe.Sim.Targets;

namespace SharpProbe.Tests.Targets.Rp2040;

/// <summary>Three debug ports on one pair of wires.</summary>
public class MultiDropTests
{
    private const uint Dpidr = 0x0BC1_2477, CpuId = 0xD000_0000;

    [Fact] public void They_are_dormant_and_deaf_to_what_wakes_others()
    {
        var rig = new Rp2040Rig();
        rig.Host.JtagToSwd();
        Assert.Equal(SwdAck.None, rig.Host.Read(false, 0, out _));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(15)]
    public void TARGETSEL_chooses_one_and_the_others_are_silent(uint instance)
    {
        var rig = new Rp2040Rig().Awake();
        Assert.Equal(Dpidr, rig.Select(instance));
        rig.Host.WriteDp(8, 3);
        Assert.Equal(instance << 28 | 1, rig.Host.ReadDp(4));
        rig.Host.WriteDp(8, 2);
        Assert.Equal(Rp2040Rig.Id, rig.Host.ReadDp(4));
        Assert.Equal(2, rig.Target.FurtherPorts.Append(rig.Target.Port!).Count(p => p.Phase == SwdPhase.Deselected));
    }

    [Fact] public void A_bit_holds_beyond_the_edge_that_captures_it()
    {
        var rig = new Rp2040Rig().Awake();
        rig.Select(0);
        var wiring = TargetWiring.Of(rig.Probe.Board.Name);
        ulong rise = 0;
        var held = new List<ulong>();
        rig.Probe.Pin(wiring.Swclk).Net.Changed += change => rise = change.After == Level.High ? change.Time : rise;
        rig.Probe.Pin(wiring.Swdio).Net.Changed += change => held.Add(change.Time - rise);
        Assert.Equal(Dpidr, rig.Host.ReadDp(0));
        Assert.DoesNotContain(0ul, held);
    }

    [Theory]
    [InlineData(2, 0x0100_2927u)]
    [InlineData(0, 0x0100_2926u)]
    public void Nobody_answers_to_another_ones_name(uint instance, uint id)
    {
        var rig = new Rp2040Rig().Awake();
        rig.Host.LineReset();
        rig.Host.Write(false, 12, id | instance << 28);
        Assert.Equal(SwdAck.None, rig.Host.Read(false, 0, out _));
    }

    [Fact] public void Each_sees_its_own_core()
    {
        var rig = new Rp2040Rig().Awake();
        foreach (uint core in new[] { 0u, 1u, 0u })
        {
            rig.Use(core);
            Assert.Equal(core, rig[CpuId]);
            rig.Halt();
            rig.Register(3, 0x100 + core);
        }
        rig.Use(1);
        Assert.Equal(0x101u, rig.Register(3));
        rig.Use(0);
        Assert.Equal(0x100u, rig.Register(3));
    }

    [Fact] public void Both_see_the_same_memory()
    {
        var rig = new Rp2040Rig().Awake();
        rig.Use(0);
        rig[Rp2040Rig.Ram + 0x40] = 0xCAFE_0001;
        rig.Use(1);
        Assert.Equal(0xCAFE_0001u, rig[Rp2040Rig.Ram + 0x40]);
        // Word 16 of the striped memory is word 4 of SRAM0.
        Assert.Equal(0xCAFE_0001u, rig[0x2100_0010]);
    }

    [Fact] public void One_core_runs_while_the_other_is_held()
    {
        // movs r0, #0; adds r0, #1; b .-2
        var rig = new Rp2040Rig(0x2000, 0x3001, 0xE7FD).Awake();
        rig.Use(1);
        rig.Halt();
        rig.Pass(20 * Rp2040Rig.Millisecond);
        rig.Use(0);
        rig.Halt();
        Assert.InRange(rig.Register(15), BootedImage.Start, BootedImage.Start + 6);
        Assert.InRange(rig.Register(0), 1000u, 1_000_000u);
    }

    [Fact] public void Without_TARGETSEL_all_answer_alike_until_their_registers_differ_which_is_found_on_the_wire()
    {
        var rig = new Rp2040Rig().Awake();
        rig.Select(0);
        rig.Host.WriteDp(8, 0);
        rig.Host.WriteDp(4, 0x5000_0000);
        rig.Host.LineReset();
        Assert.Equal(Dpidr, rig.Host.ReadDp(0));
        var stop = Assert.Throws<SharpProbe.Sim.BenchStop>(() => rig.Host.ReadDp(4));
        Assert.Contains("rp2040.15.SWDIO", stop.Message);
    }

    [Fact] public void The_rescue_port_restarts_the_chip_and_keeps_it_in_its_ROM()
    {
        var rig = new Rp2040Rig(0x2000, 0x3001, 0xE7FD).Awake();
        rig.Select(Rp2040Rig.Rescue);
        rig.Host.WriteDp(8, 0);
        rig.Host.WriteDp(4, 0x1000_0000);
        rig.Host.WriteDp(4, 0);
        rig.Pass(20 * Rp2040Rig.Millisecond);
        rig.Use(0);
        rig.Halt();
        Assert.InRange(rig.Register(15), 0u, 0x3FFFu);
    }

}

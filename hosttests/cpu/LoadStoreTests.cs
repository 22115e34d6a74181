using SharpProbe.Sim.Cpu;
using SharpProbe.Sim.Scs;
using SharpProbe.Tests.Scs;

namespace SharpProbe.Tests.Cpu;

/// <summary>Alignment, write-back, restart of multiple transfers, exclusives.</summary>
public class LoadStoreTests
{
    private const uint Ram = CoreRig.Ram, EndOfRam = CoreRig.Ram + 0x2_0000, Ccr = 0xE000_ED14, UnalignTrap = 8;

    [Fact]
    public void An_unaligned_word_is_read_across_a_page_border()
    {
        var rig = new CoreRig(0x6801);      // ldr r1,[r0]
        rig.Word(Ram + 0xFFC, 0x4433_2211);
        rig.Word(Ram + 0x1000, 0x8877_6655);
        rig.Core[0] = Ram + 0xFFE;
        rig.Run(1);
        Assert.Equal(0x6655_4433u, rig.Core[1]);
    }

    [Fact]
    public void An_unaligned_word_faults_when_the_trap_is_set()
    {
        var rig = new CoreRig(0x6801);
        rig[Ccr] |= UnalignTrap;
        rig.Core[0] = Ram + 2;
        rig.RunToHandler(ExceptionNumber.HardFault);
        Assert.Equal(FaultStatus.UNALIGNED, rig.Core.Scb.Cfsr);
    }

    [Theory]
    [InlineData(0xC80E, 0x0000)]    // ldm r0!,{r1-r3}
    [InlineData(0xE9D0, 0x1200)]    // ldrd r1,r2,[r0]
    [InlineData(0xE9C0, 0x1200)]    // strd
    [InlineData(0xE850, 0x1F00)]    // ldrex r1,[r0]
    [InlineData(0xE840, 0x1200)]    // strex r2,r1,[r0]
    public void Multiple_double_and_exclusive_transfers_never_allow_unaligned(int first, int second)
    {
        var rig = new CoreRig((ushort)first, (ushort)second);
        rig.Core[0] = Ram + 2;
        rig.RunToHandler(ExceptionNumber.HardFault);
        Assert.Equal(FaultStatus.UNALIGNED, rig.Core.Scb.Cfsr);
    }

    [Fact]
    public void Armv6M_faults_on_any_unaligned_access()
    {
        var rig = new CoreRig(CoreKind.CortexM0Plus, 0x6801);
        rig.Core[0] = Ram + 2;
        rig.RunToHandler(ExceptionNumber.HardFault);
        Assert.Equal(3u, rig.Core.Ipsr);
    }

    [Fact]
    public void A_load_multiple_that_faults_half_way_changes_no_register()
    {
        var rig = new CoreRig(0xC80E);      // ldm r0!,{r1,r2,r3}: the last word is beyond the RAM
        (rig.Core[0], rig.Core[1], rig.Core[2]) = (EndOfRam - 8, 0x11, 0x22);
        rig.RunToHandler(ExceptionNumber.HardFault);
        Assert.Equal((EndOfRam - 8, 0x11u, 0x22u), (rig.Core[0], rig.Core[1], rig.Core[2]));
        Assert.Equal(EndOfRam, rig.Core.Scb.Bfar);
    }

    [Fact]
    public void A_load_multiple_with_its_base_in_the_list_loads_the_base()
    {
        var rig = new CoreRig(0xC807);      // ldm r0,{r0,r1,r2}
        for (uint i = 0; i < 3; i++) rig.Word(Ram + i * 4, 0x100 + i);
        rig.Core[0] = Ram;
        rig.Run(1);
        Assert.Equal((0x100u, 0x101u, 0x102u), (rig.Core[0], rig.Core[1], rig.Core[2]));
    }

    [Fact]
    public void A_store_multiple_downwards_ends_at_the_lowest_address()
    {
        var rig = new CoreRig(0xE920, 0x000E);      // stmdb r0!,{r1,r2,r3}
        (rig.Core[0], rig.Core[1], rig.Core[2], rig.Core[3]) = (Ram + 0x20, 1, 2, 3);
        rig.Run(1);
        Assert.Equal((Ram + 0x14, 1u, 3u), (rig.Core[0], rig.Word(Ram + 0x14), rig.Word(Ram + 0x1C)));
    }

    [Theory]
    [InlineData(0x1F04, 0x14u, 4u)]     // ldr r1,[r0,#4]!
    [InlineData(0x1B04, 0x10u, 4u)]     // ldr r1,[r0],#4
    public void Indexed_loads_write_the_base_back(int second, uint value, uint moved)
    {
        var rig = new CoreRig(0xF850, (ushort)second);
        rig.Word(Ram, 0x10);
        rig.Word(Ram + 4, 0x14);
        rig.Core[0] = Ram;
        rig.Run(1);
        Assert.Equal((value, Ram + moved), (rig.Core[1], rig.Core[0]));
    }

    [Fact]
    public void A_faulting_indexed_load_leaves_its_base()
    {
        var rig = new CoreRig(0xF850, 0x1F04);
        rig.Core[0] = EndOfRam;
        rig.RunToHandler(ExceptionNumber.HardFault);
        Assert.Equal(EndOfRam, rig.Core[0]);
    }

    [Fact]
    public void A_second_exclusive_store_fails()
    {
        // ldrex r1,[r0] / strex r2,r3,[r0] / strex r4,r3,[r0]
        var rig = new CoreRig(0xE850, 0x1F00, 0xE840, 0x3200, 0xE840, 0x3400);
        (rig.Core[0], rig.Core[3]) = (Ram, 77);
        rig.Run(3);
        Assert.Equal((0u, 1u, 77u), (rig.Core[2], rig.Core[4], rig.Word(Ram)));
    }

    [Fact]
    public void Clrex_makes_the_exclusive_store_fail()
    {
        // ldrex r1,[r0] / clrex / strex r2,r3,[r0]
        var rig = new CoreRig(0xE850, 0x1F00, 0xF3BF, 0x8F2F, 0xE840, 0x3200);
        (rig.Core[0], rig.Core[3]) = (Ram, 77);
        rig.Run(3);
        Assert.Equal((1u, 0u), (rig.Core[2], rig.Word(Ram)));
    }

    [Fact]
    public void An_interrupt_between_the_exclusives_makes_the_store_fail()
    {
        var rig = new CoreRig(0xE850, 0x1F00, 0xE840, 0x3200);
        rig.Handle(ExceptionNumber.Interrupt0, 0x4770);
        (rig.Core[0], rig.Core[3]) = (Ram, 77);
        rig.Run(1);
        rig.Interrupt(0, 0x40);
        rig.RunToHandler(ExceptionNumber.Interrupt0);
        rig.Run(2);
        Assert.Equal(1u, rig.Core[2]);
    }
}

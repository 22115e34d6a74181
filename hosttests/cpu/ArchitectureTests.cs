using SharpProbe.Sim.Cpu;
using SharpProbe.Sim.Scs;
using SharpProbe.Tests.Scs;

namespace SharpProbe.Tests.Cpu;

/// <summary>Each core executes its architecture and no more.</summary>
public class ArchitectureTests
{
    [Theory]
    [InlineData(CoreKind.CortexM3, 0xFA82, 0xF081)]         // qadd r0,r1,r2
    [InlineData(CoreKind.CortexM3, 0xFB12, 0x0103)]         // smlabb
    public void Dsp_instructions_are_undefined_without_the_extension(CoreKind kind, int first, int second)
    {
        var rig = new CoreRig(kind, (ushort)first, (ushort)second);
        rig.RunToHandler(ExceptionNumber.HardFault);
        Assert.Equal(FaultStatus.UNDEFINSTR, rig.Core.Scb.Cfsr);
    }

    [Theory]
    [InlineData(0xBF08, 0x3005)]    // it eq
    [InlineData(0xB108, 0xBF00)]    // cbz r0
    [InlineData(0xF240, 0x0101)]    // movw
    public void Armv6M_takes_a_HardFault_on_Armv7M_instructions(int first, int second)
    {
        var rig = new CoreRig(CoreKind.CortexM0Plus, (ushort)first, (ushort)second);
        rig.RunToHandler(ExceptionNumber.HardFault);
        Assert.Equal(3u, rig.Core.Ipsr);
        Assert.Equal(CoreRig.Main, rig.Word(rig.Core.Msp + 24));
    }

    [Fact]
    public void Floating_point_raises_NOCP_on_a_core_without_it()
    {
        var rig = new CoreRig(CoreKind.CortexM3, 0xEE30, 0x0A81);   // vadd.f32
        rig.RunToHandler(ExceptionNumber.HardFault);
        Assert.Equal(FaultStatus.NOCP, rig.Core.Scb.Cfsr);
    }

    [Fact]
    public void Double_precision_is_undefined_on_the_single_precision_M7()
    {
        var rig = new CoreRig(CoreKind.CortexM7, 0xEE30, 0x0B01);   // vadd.f64 d0,d0,d1
        rig[0xE000_ED88] = 0xF << 20;
        rig.RunToHandler(ExceptionNumber.HardFault);
        Assert.Equal(FaultStatus.UNDEFINSTR, rig.Core.Scb.Cfsr);
    }

    [Fact]
    public void Bit_band_words_of_the_M3_are_bits_of_RAM()
    {
        var rig = new CoreRig(CoreKind.CortexM3, 0x6001, 0x6802);      // str r1,[r0] / ldr r2,[r0]
        rig.Word(CoreRig.Ram + 0x10, 0xFF00_0000);
        (rig.Core[0], rig.Core[1]) = (0x2200_0000 + 0x10 * 32 + 5 * 4, 1);
        rig.Run(2);
        Assert.Equal((0xFF00_0020u, 1u), (rig.Word(CoreRig.Ram + 0x10), rig.Core[2]));
    }

    [Fact]
    public void A_branch_to_an_even_address_raises_INVSTATE()
    {
        var rig = new CoreRig(0x4700);      // bx r0
        rig.Core[0] = CoreRig.Main;
        rig.RunToHandler(ExceptionNumber.HardFault);
        Assert.Equal(FaultStatus.INVSTATE, rig.Core.Scb.Cfsr);
    }

    [Fact]
    public void Code_in_peripheral_space_is_not_executed()
    {
        var rig = new CoreRig(0x4700);
        rig.Core[0] = 0x4000_0001;
        rig.RunToHandler(ExceptionNumber.HardFault);
        Assert.Equal(FaultStatus.IACCVIOL, rig.Core.Scb.Cfsr);
    }

    [Fact]
    public void A_table_branch_counts_halfwords_from_the_following_instruction()
    {
        // tbb [pc,r0] / .byte 1,3 / movs r1,#1 / b . / movs r1,#2
        var rig = new CoreRig(0xE8DF, 0xF000, 0x0301, 0x2101, 0xE7FE, 0x2102);
        rig.Core[0] = 1;
        rig.Run(2);
        Assert.Equal(2u, rig.Core[1]);
    }
}

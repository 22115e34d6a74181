using SharpProbe.Sim.Chips.F1;
using SharpProbe.Sim.Targets;

namespace SharpProbe.Tests.Targets;

/// <summary>Where the flash controllers of STM32F0 and F3 (RM0091 3 and 4, RM0316 4) are not the F1's: levels of read protection, OBL_LAUNCH, OBR; pages of the F3.</summary>
public class FlashF0Tests
{
    private const uint Keyr = 0x4002_2004, OptKeyr = 0x4002_2008, Sr = 0x4002_200C, Cr = 0x4002_2010, Ar = 0x4002_2014, Obr = 0x4002_201C;
    private const uint Pg = 1, Per = 2, OptPg = 16, OptEr = 32, Strt = 64, OptWre = 512, OblLaunch = 1 << 13, Bsy = 1, Options = 0x1FFF_F800;

    private static TargetRig Unlocked(string target)
    {
        var rig = new TargetRig(target, 0xE7FE);
        rig.Halt();
        foreach (uint register in (uint[])[Keyr, OptKeyr])
        {
            rig[register] = 0x4567_0123;
            rig[register] = 0xCDEF_89AB;
        }
        return rig;
    }

    private static void Wait(TargetRig rig)
    {
        while ((rig[Sr] & Bsy) != 0) rig.Wait(100 * TargetRig.Microsecond);
    }

    [Theory]
    [InlineData("stm32f051", 1024u)]
    [InlineData("stm32f303", 2048u)]
    public void A_page_is_erased_and_programmed(string target, uint page)
    {
        var rig = Unlocked(target);
        rig[Cr] = Pg;
        rig.Write(TargetRig.Flash + 0x2000 + page - 2, 0x1234, 2);
        rig.Write(TargetRig.Flash + 0x2000 + page, 0x5678, 2);
        Wait(rig);
        rig[Cr] = Per;
        rig[Ar] = TargetRig.Flash + 0x2000;
        rig[Cr] = Per | Strt;
        Wait(rig);
        Assert.Equal((uint.MaxValue, 0xFFFF_5678), (rig[TargetRig.Flash + 0x2000 + page - 4], rig[TargetRig.Flash + 0x2000 + page]));
    }

    [Fact]
    public void An_open_part_says_AA_and_OBR_has_USER_in_its_second_byte()
    {
        var rig = Unlocked("stm32f051");
        Assert.Equal((0x55AAu, 0xFF00u, 0u), (rig[Options] & 0xFFFF, rig[Obr] & 0xFF00, rig[Obr] & 7));
    }

    [Theory]
    [InlineData(0x55u, 1)]
    [InlineData(0xCCu, 2)]
    public void Levels_1_and_2_are_loaded_by_OBL_LAUNCH(uint rdp, int level)
    {
        var rig = Unlocked("stm32f303");
        rig[Cr] = OptEr | OptWre;
        rig[Cr] = OptEr | OptWre | Strt;
        Wait(rig);
        rig[Cr] = OptPg | OptWre;
        rig.Write(Options, rdp, 2);
        Wait(rig);
        rig.Write(Cr, OptWre | OblLaunch);
        rig.Wait(TargetRig.Millisecond);
        Assert.Equal(level, ((FlashF1)((StTarget)rig.Target).Flash).ProtectionLevel);
        Assert.Null(rig.Read(TargetRig.Flash));
    }
}

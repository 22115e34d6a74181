using SharpProbe.Sim.Chips.F4;
using SharpProbe.Sim.Targets;

namespace SharpProbe.Tests.Targets;

/// <summary>What the relatives of STM32F4 and L4 have that these have not: a second bank, banks by option, pages of a second core.</summary>
public class TwoBankTests
{
    private const uint Flash = TargetRig.Flash, F4 = 0x4002_3C00, L4 = 0x4002_2000, Wb = 0x5800_4000;
    private const uint Ser = 2, Mer1 = 1 << 15, X32 = 2 << 8, Strt = 1 << 16, Bsy = 1 << 16, WrpErr = 1 << 4;
    private const uint Per = 2, Mer1L4 = 4, Bker = 1 << 11, OptStart = 1 << 17, Launch = 1 << 27;

    [Theory]
    [InlineData("stm32f429", 2u << 8), InlineData("stm32f767", 2u << 8)]
    public void Sector_16_and_up_of_an_F4s_design_is_the_second_bank(string target, uint width)
    {
        var rig = Filled(target, F4 + 4);
        Start(rig, Ser | (16 + 1) << 3 | width);
        Assert.Equal(0u, rig[Flash + 0x4000]);
        Assert.Equal(0u, rig[Flash + 0x10_3FFC]);
        Assert.Equal(uint.MaxValue, rig[Flash + 0x10_4000]);
        Assert.Equal(0u, rig[Flash + 0x10_8000]);
    }

    [Fact]
    public void MER1_of_an_F429_is_its_second_bank_and_OPTCR1_protects_there()
    {
        var rig = Filled("stm32f429", F4 + 4);
        Start(rig, Mer1 | X32);
        Assert.Equal(0u, rig[Flash]);
        Assert.Equal(uint.MaxValue, rig[Flash + 0x10_0000]);
        ((FlashF4)((StChip)rig.Target.Chip).Flash).SetOption(1, 0x0FFF_0000 & ~(1u << 16 + 2));
        Start(rig, Ser | (16 + 2) << 3 | X32);
        Assert.Equal(WrpErr, rig[F4 + 0xC]);
        rig[F4 + 0xC] = WrpErr;
        Start(rig, Ser | 2 << 3 | X32);
        Assert.Equal(0u, rig[F4 + 0xC]);
    }

    [Fact]
    public void NDBANK_set_makes_one_bank_of_an_F767_with_sectors_of_twice_the_size()
    {
        var rig = new TargetRig("stm32f767");
        var flash = (FlashF4)((StChip)rig.Target.Chip).Flash;
        Assert.Equal([16u, 16, 16, 16, 64, 128], flash.Sectors.Take(6));
        Assert.Equal(12, flash.Sectors.Count);
        flash.SetOption(0, 0xFFFF_AAFD);
        rig.Target.SystemReset();
        Assert.Equal([32u, 32, 32, 32, 128, 256], flash.Sectors.Take(6));
        Assert.Equal(12, flash.Sectors.Count);
    }

    [Fact]
    public void An_F7_starts_where_its_option_bytes_say()
    {
        var rig = new TargetRig("stm32f746", 0xE7FE);
        rig.Wait(TargetRig.Millisecond);
        Assert.Equal(TargetRig.Code, rig.Target.Core.InstructionAddress);
        Assert.Equal(0x0020_0000u, rig.Target.Core.BootVectorTable);
        Assert.Equal(rig[Flash + 4], rig[0x0020_0004]);
    }

    [Fact]
    public void DBANK_clear_makes_one_bank_of_an_L4R5_with_pages_of_8_KB()
    {
        var rig = Filled("stm32l4r5", L4 + 8);
        StartL4(rig, L4, Per | Bker | 1 << 3);
        Assert.Equal(0u, rig[Flash + 0x10_0FFC]);
        Assert.Equal(uint.MaxValue, rig[Flash + 0x10_1000]);
        Assert.Equal(0u, rig[Flash + 0x10_2000]);
        rig[L4 + 0xC] = 0x0819_2A3B;
        rig[L4 + 0xC] = 0x4C5D_6E7F;
        rig[L4 + 0x20] = rig[L4 + 0x20] & ~(1u << 22);
        rig[L4 + 0x14] = OptStart;
        rig.Until(L4 + 0x10, Bsy, 0);
        rig[L4 + 0x14] = Launch;
        rig.Wait(TargetRig.Millisecond);
        rig.Target.Chip.Bus.Find(Flash)!.Region!.Span.Clear();
        rig.Target.Chip.Bus.Find(Flash)!.Region!.ContentsChanged();
        rig[L4 + 8] = 0x4567_0123;
        rig[L4 + 8] = 0xCDEF_89AB;
        StartL4(rig, L4, Per | 129 << 3);
        Assert.Equal(0u, rig[Flash + 0x10_1FFC]);
        Assert.Equal(uint.MaxValue, rig[Flash + 0x10_2000]);
        Assert.Equal(uint.MaxValue, rig[Flash + 0x10_3FFC]);
        Assert.Equal(0u, rig[Flash + 0x10_4000]);
    }

    [Fact]
    public void The_radio_cores_pages_of_a_WB55_are_closed_and_stay_at_a_mass_erase()
    {
        const uint secret = 0xF_4000;
        var rig = Filled("stm32wb55", Wb + 8);
        Assert.Null(rig.Read(Flash + secret));
        Assert.NotNull(rig.Read(Flash + secret - 4));
        StartL4(rig, Wb, Per | 0xF4 << 3);
        Assert.Equal(WrpErr, rig[Wb + 0x10]);
        rig[Wb + 0x10] = WrpErr;
        StartL4(rig, Wb, Mer1L4);
        Assert.Equal(0u, rig[Wb + 0x10]);
        var cells = rig.Target.Chip.Bus.Find(Flash)!.Region!.Span;
        Assert.False(cells[..(int)secret].ContainsAnyExcept((byte)0xFF));
        Assert.False(cells[(int)secret..].ContainsAnyExcept((byte)0));
    }

    /// <summary>Unlocked, all cells programmed to zero.</summary>
    private static TargetRig Filled(string target, uint keys)
    {
        var rig = TargetRig.Unlocked(target, keys);
        var region = rig.Target.Chip.Bus.Find(Flash)!.Region!;
        region.Span.Clear();
        region.ContentsChanged();
        return rig;
    }

    private static void Start(TargetRig rig, uint mode)
    {
        rig[F4 + 0x10] = mode;
        rig[F4 + 0x10] = mode | Strt;
        rig.Until(F4 + 0xC, Bsy, 0);
    }

    private static void StartL4(TargetRig rig, uint flash, uint mode)
    {
        rig[flash + 0x14] = mode;
        rig[flash + 0x14] = mode | Strt;
        rig.Until(flash + 0x10, Bsy, 0);
    }
}

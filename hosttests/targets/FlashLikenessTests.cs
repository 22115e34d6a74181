namespace SharpProbe.Tests.Targets;

/// <summary>Where the flash controllers of CH32F103, AT32F403A and GD32F303 differ from the STM32F103's.</summary>
public class FlashLikenessTests
{
    private const uint Keyr = 0x4002_2004, Sr = 0x4002_200C, Cr = 0x4002_2010, Ar = 0x4002_2014, ModeKeyr = 0x4002_2024, Bank2 = 0x40;
    private const uint Key1 = 0x4567_0123, Key2 = 0xCDEF_89AB, Pg = 1, Per = 2, Strt = 64, Lock = 0x80, FastLock = 0x8000, Busy = 1, Done = 0x20;

    private static void Finish(TargetRig rig, uint bank = 0)
    {
        while ((rig[Sr + bank] & Busy) != 0) { }
    }

    [Fact] public void A_CH32F103_has_a_second_lock_of_its_own_keys()
    {
        var rig = TargetRig.Unlocked("ch32f103", Keyr);
        Assert.Equal(FastLock, rig[Cr]);
        rig[ModeKeyr] = Key1;
        rig[ModeKeyr] = Key2;
        Assert.Equal(0u, rig[Cr]);
    }

    [Fact] public void An_STM32F103_has_none()
    {
        var rig = new TargetRig("stm32f103", 0xE7FE);
        Assert.Equal(Lock, rig[Cr]);
    }

    [Fact] public void Fast_programming_of_a_CH32F103_stops_the_target()
    {
        var rig = TargetRig.Unlocked("ch32f103", Keyr);
        rig.Write(Cr, 1 << 16);
        Assert.Contains("fast programming", rig.Target.Stopped?.Message);
    }

    [Theory]
    [InlineData("stm32f103", false, false)]
    [InlineData("gd32f303", true, false)]
    [InlineData("at32f403a", true, true)]
    public void Words_and_bytes_are_programmed_where_the_part_can(string name, bool words, bool bytes)
    {
        var rig = TargetRig.Unlocked(name, Keyr);
        const uint at = TargetRig.Flash + 0x8000;
        rig[Cr] = Pg;
        Assert.Equal(words, rig.Write(at, 0x1234_5678));
        Finish(rig);
        Assert.Equal(bytes, rig.Write(at + 5, 0xAA00 >> 8, 1));
        Finish(rig);
        Assert.Equal((words ? 0x1234_5678 : uint.MaxValue, bytes ? 0xFFFF_AAFF : uint.MaxValue), (rig[at], rig[at + 4]));
    }

    [Fact] public void The_second_bank_of_an_AT32F403A_has_registers_of_its_own()
    {
        const uint at = 0x0808_0800;
        var rig = TargetRig.Unlocked("at32f403a", Keyr);
        rig.Target.Chip.Bus.Find(at)!.Region!.Span.Clear();
        rig[Cr + Bank2] = Per;
        Assert.Equal(Lock, rig[Cr + Bank2]);
        rig[Keyr + Bank2] = Key1;
        rig[Keyr + Bank2] = Key2;
        rig[Cr + Bank2] = Per;
        rig[Ar + Bank2] = at;
        rig[Cr + Bank2] = Per | Strt;
        Finish(rig, Bank2);
        Assert.Equal(Done, rig[Sr + Bank2]);
        Assert.Equal([0, uint.MaxValue, uint.MaxValue, 0], new[] { at - 4, at, at + 2044, at + 2048 }.Select(a => rig[a]));
    }
}

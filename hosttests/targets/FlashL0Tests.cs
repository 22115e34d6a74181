using SharpProbe.Sim.Targets;

namespace SharpProbe.Tests.Targets;

/// <summary>Flash, EEPROM and option bytes of STM32L0 and L1 (RM0376 3, RM0038 3).</summary>
public class FlashL0Tests
{
    private const uint L0 = 0x4002_2000, L1 = 0x4002_3C00, Pecr = 4, PeKeyr = 0xC, PrgKeyr = 0x10, OptKeyr = 0x14, Sr = 0x18, Obr = 0x1C;
    private const uint Prog = 8, Erase = 1 << 9, FastProg = 1 << 10, OblLaunch = 1 << 18, Bsy = 1, Eop = 2, Ready = 0xC, WrpErr = 1 << 8, PgaErr = 1 << 9, SizErr = 1 << 10, NotZeroErr = 1 << 16, FwwErr = 1 << 17;
    private const uint Flash = TargetRig.Flash, At = Flash + 0x4000, Eeprom = 0x0808_0000, Options = 0x1FF8_0000;

    private static uint BaseOf(string target) => target == "stm32l053" ? L0 : L1;

    private static (TargetRig Rig, uint Base) Unlocked(string target = "stm32l053")
    {
        var rig = new TargetRig(target, 0xE7FE);
        rig.Halt();
        uint at = BaseOf(target);
        rig[at + PeKeyr] = 0x89AB_CDEF;
        rig[at + PeKeyr] = 0x0203_0405;
        rig[at + PrgKeyr] = 0x8C9D_AEBF;
        rig[at + PrgKeyr] = 0x1314_1516;
        return (rig, at);
    }

    private static ulong Duration(TargetRig rig, uint at)
    {
        ulong start = rig.Probe.Time.Now;
        while ((rig[at + Sr] & Bsy) != 0) { }
        return rig.Probe.Time.Now - start;
    }

    [Theory]
    [InlineData("stm32l053")]
    [InlineData("stm32l152")]
    public void A_word_takes_3_milliseconds_and_erased_flash_is_zero(string target)
    {
        var (rig, at) = Unlocked(target);
        Assert.Equal(0u, rig[At]);
        rig[At] = 0x1234_5678;
        Assert.InRange(Duration(rig, at), 3200 * TargetRig.Microsecond, 3300 * TargetRig.Microsecond);
        Assert.Equal((Eop | Ready, 0x1234_5678u), (rig[at + Sr], rig[At]));
    }

    [Theory]
    [InlineData("stm32l053", 16)]
    [InlineData("stm32l152", 32)]
    public void A_half_page_takes_as_long_as_a_word(string target, int words)
    {
        var (rig, at) = Unlocked(target);
        rig[at + Pecr] = Prog | FastProg;
        ulong start = rig.Probe.Time.Now;
        for (uint i = 0; i < words; i++) rig[At + i * 4] = i + 1;
        Duration(rig, at);
        Assert.InRange(rig.Probe.Time.Now - start, 3200 * TargetRig.Microsecond, 3500 * TargetRig.Microsecond);
        Assert.Equal((1u, (uint)words, 0u), (rig[At], rig[At + (uint)words * 4 - 4], rig[At + (uint)words * 4]));
    }

    [Theory]
    [InlineData("stm32l053", 128)]
    [InlineData("stm32l152", 256)]
    public void Any_write_to_a_page_erases_it(string target, uint page)
    {
        var (rig, at) = Unlocked(target);
        rig[At] = 5;
        rig[At + page] = 6;
        rig[at + Pecr] = Prog | Erase;
        rig[At] = 0;
        Assert.InRange(Duration(rig, at), 3200 * TargetRig.Microsecond, 3300 * TargetRig.Microsecond);
        Assert.Equal((0u, 6u), (rig[At], rig[At + page]));
    }

    [Fact]
    public void A_half_page_begins_at_its_first_word_and_goes_on_in_order()
    {
        var (rig, at) = Unlocked();
        rig[at + Pecr] = Prog | FastProg;
        rig[At + 4] = 1;
        Assert.Equal(PgaErr | Ready, rig[at + Sr]);
        rig[at + Sr] = PgaErr;
        rig[At] = 1;
        rig[At + 8] = 1;
        Assert.Equal(PgaErr | Ready, rig[at + Sr]);
        Assert.Equal(0u, rig[At]);
    }

    [Fact]
    public void A_read_in_the_middle_of_a_half_page_ends_it()
    {
        var (rig, at) = Unlocked();
        rig[at + Pecr] = Prog | FastProg;
        rig[At] = 1;
        Assert.Equal(0u, rig[At]);
        Assert.Equal(FwwErr | Ready, rig[at + Sr]);
    }

    [Fact]
    public void An_L0_refuses_words_that_are_not_zero_and_an_L1_adds_bits()
    {
        var (rig, at) = Unlocked();
        rig[At] = 1;
        rig[At] = 2;
        Assert.Equal((NotZeroErr, 1u), (rig[at + Sr] & NotZeroErr, rig[At]));
        (rig, _) = Unlocked("stm32l152");
        rig[At] = 1;
        rig[At] = 2;
        Assert.Equal(3u, rig[At]);
    }

    [Fact]
    public void Locked_protected_or_not_a_word_it_is_refused()
    {
        var rig = new TargetRig("stm32l053", 0xE7FE);
        rig.Halt();
        rig[At] = 1;
        Assert.Equal((WrpErr | Ready, 0u), (rig[L0 + Sr], rig[At]));
        (rig, _) = Unlocked();
        rig.Write(At, 1, 2);
        Assert.Equal((SizErr | Ready, 0u), (rig[L0 + Sr], rig[At]));
        ((SharpProbe.Sim.Chips.L0.FlashL0)((StTarget)rig.Target).Flash).SetOption(2, 1 << 4);
        rig.Target.PowerOff();
        rig.Target.PowerOn();
        rig.Wait(5 * TargetRig.Millisecond);
        rig[L0 + PeKeyr] = 0x89AB_CDEF;
        rig[L0 + PeKeyr] = 0x0203_0405;
        rig[L0 + PrgKeyr] = 0x8C9D_AEBF;
        rig[L0 + PrgKeyr] = 0x1314_1516;
        rig[At] = 1;
        Assert.Equal(WrpErr | Ready, rig[L0 + Sr]);
    }

    [Fact]
    public void A_wrong_key_is_a_bus_error_and_locks_until_reset()
    {
        var rig = new TargetRig("stm32l152", 0xE7FE);
        rig.Halt();
        Assert.False(rig.Write(L1 + PeKeyr, 1));
        Assert.False(rig.Write(L1 + PeKeyr, 0x89AB_CDEF));
        Assert.Equal(7u, rig[L1 + Pecr]);
    }

    [Fact]
    public void The_EEPROM_takes_any_width_and_erases_for_itself()
    {
        var (rig, at) = Unlocked();
        rig.Write(Eeprom + 1, 0xAB, 1);
        Assert.InRange(Duration(rig, at), 3200 * TargetRig.Microsecond, 3300 * TargetRig.Microsecond);
        rig[Eeprom] = 0x11;
        Assert.InRange(Duration(rig, at), 6500 * TargetRig.Microsecond, 6600 * TargetRig.Microsecond);
        Assert.Equal(0x11u, rig[Eeprom]);
    }

    [Fact]
    public void Level_1_closes_flash_and_EEPROM_and_going_back_erases_them()
    {
        var (rig, _) = Unlocked();
        rig[At] = 1;
        SetRdp(0xFF44_00BB);
        Assert.Null(rig.Read(At));
        Assert.Null(rig.Read(Eeprom));
        SetRdp(0xFF55_00AA);
        Assert.Equal((0u, 0u), (rig[At], rig[Flash]));

        void SetRdp(uint word)
        {
            if ((rig[L0 + Pecr] & 1) != 0)
            {
                rig[L0 + PeKeyr] = 0x89AB_CDEF;
                rig[L0 + PeKeyr] = 0x0203_0405;
            }
            rig[L0 + OptKeyr] = 0xFBEA_D9C8;
            rig[L0 + OptKeyr] = 0x2425_2627;
            rig[Options] = word;
            Duration(rig, L0);
            rig.Write(L0 + Pecr, OblLaunch);
            rig.Wait(TargetRig.Millisecond);
            Assert.Equal(word & 0xFF, rig[L0 + Obr] & 0xFF);
        }
    }

    [Fact]
    public void Power_that_goes_in_the_middle_leaves_neither_old_nor_new()
    {
        var (rig, _) = Unlocked();
        rig[At] = 0x1234_5678;
        rig.Target.PowerOff();
        rig.Target.PowerOn();
        rig.Wait(5 * TargetRig.Millisecond);
        Assert.NotEqual(0x1234_5678u, rig[At]);
    }
}

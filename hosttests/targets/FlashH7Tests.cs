using SharpProbe.Sim.Targets;

namespace SharpProbe.Tests.Targets;

/// <summary>The flash controller of an STM32H7 as a target (RM0433 4, RM0455 4): mistakes get flags, and the target goes on.</summary>
public class FlashH7Tests
{
    private const uint Base = 0x5200_2000, Keyr = Base + 4, OptKeyr = Base + 8, Cr = Base + 0xC, Sr = Base + 0x10, Ccr = Base + 0x14, OptCr = Base + 0x18, OptSr = Base + 0x1C, OptSrPrg = Base + 0x20, OptCcr = Base + 0x24, Wpsn = Base + 0x3C;
    private const uint Flash = TargetRig.Flash, Second = Flash + 0x20000, Lock = 1, Pg = 2, Ser = 4, Ber = 8, X64 = 3 << 4, Fw = 1 << 6, Start = 1 << 7, OtherBank = 0x100;
    private const uint Bsy = 1, Wbne = 2, Qw = 4, Eop = 1 << 16, WrpErr = 1 << 17, PgsErr = 1 << 18, IncErr = 1 << 21, DbEccErr = 1 << 26;

    private static TargetRig Unlocked(string target = "stm32h743", uint bank = 0)
    {
        var rig = new TargetRig(target, 0xE7FE);
        rig.Halt();
        rig[Keyr + bank] = 0x4567_0123;
        rig[Keyr + bank] = 0xCDEF_89AB;
        return rig;
    }

    private static ulong Duration(TargetRig rig, uint bank = 0)
    {
        ulong start = rig.Probe.Time.Now;
        while ((rig[Sr + bank] & Qw) != 0)
            if (rig.Probe.Time.Now - start > TargetRig.Millisecond) rig.Wait(TargetRig.Millisecond);
        return rig.Probe.Time.Now - start;
    }

    private static void Words(TargetRig rig, uint address, int count, uint value = 0x1234_0000)
    {
        for (uint i = 0; i < count; i++) rig[address + i * 4] = value + i;
    }

    [Fact]
    public void A_word_of_256_bits_programs_itself_when_it_is_full()
    {
        var rig = Unlocked();
        rig[Cr] = Pg | X64;
        Words(rig, Second, 7);
        Assert.Equal(Wbne, rig[Sr]);
        rig[Second + 28] = 7;
        Assert.Equal(Bsy | Qw, rig[Sr]);
        Assert.InRange(Duration(rig), 95 * TargetRig.Microsecond, 105 * TargetRig.Microsecond);
        Assert.Equal((Eop, 0x1234_0003u, 7u), (rig[Sr], rig[Second + 12], rig[Second + 28]));
        rig[Ccr] = Eop;
        Assert.Equal(0u, rig[Sr]);
    }

    [Fact]
    public void FW_programs_what_is_not_full()
    {
        var rig = Unlocked();
        rig[Cr] = Pg | X64;
        rig[Second] = 5;
        rig[Cr] = Pg | X64 | Fw;
        Duration(rig);
        Assert.Equal((5u, uint.MaxValue), (rig[Second], rig[Second + 4]));
    }

    [Fact]
    public void Locked_or_without_PG_a_write_is_lost_and_says_PGSERR()
    {
        var rig = Unlocked();
        rig[Second] = 5;
        Assert.Equal(PgsErr, rig[Sr]);
        rig[Ccr] = PgsErr;
        rig[Cr] = Lock;
        rig[Second] = 5;
        Assert.Equal((PgsErr, uint.MaxValue), (rig[Sr], rig[Second]));
    }

    [Fact]
    public void Parts_of_two_words_say_INCERR_and_are_lost()
    {
        var rig = Unlocked();
        rig[Cr] = Pg | X64;
        rig[Second] = 5;
        rig[Second + 64] = 5;
        Assert.Equal((IncErr, uint.MaxValue, uint.MaxValue), (rig[Sr], rig[Second], rig[Second + 64]));
    }

    [Fact]
    public void A_word_over_another_one_cannot_be_read_until_it_is_erased()
    {
        var rig = Unlocked();
        rig[Cr] = Pg | X64;
        Words(rig, Second, 8);
        Words(rig, Second, 8);
        Duration(rig);
        Assert.Equal(0x1234_0001u, rig[Second + 4]);
        Words(rig, Second, 8, 0xFF00_0000);
        Duration(rig);
        Assert.Null(rig.Read(Second));
        Assert.Equal(DbEccErr, rig[Sr] & DbEccErr);
        rig[Cr] = Ser | X64 | 1 << 8;
        rig[Cr] = Ser | X64 | 1 << 8 | Start;
        Duration(rig);
        Assert.Equal(uint.MaxValue, rig[Second]);
    }

    [Fact]
    public void A_sector_takes_a_second_and_the_other_bank_is_read_meanwhile()
    {
        var rig = Unlocked(bank: OtherBank);
        rig[Cr + OtherBank] = Ser | X64 | 7 << 8;
        rig[Cr + OtherBank] = Ser | X64 | 7 << 8 | Start;
        ulong start = rig.Probe.Time.Now;
        Assert.Equal(0x2000_1000u, rig[Flash]);
        Assert.InRange(rig.Probe.Time.Now - start, 0ul, 10 * TargetRig.Microsecond);
        Assert.InRange(Duration(rig, OtherBank), 990 * TargetRig.Millisecond, 1010 * TargetRig.Millisecond);
    }

    [Fact]
    public void Write_protection_refuses_with_WRPERR()
    {
        var rig = Unlocked();
        Options(rig, () => rig[Wpsn] = 0xFD);
        rig[Cr] = Pg | X64;
        rig[Second] = 5;
        Assert.Equal(WrpErr, rig[Sr]);
        rig[Ccr] = WrpErr;
        rig[Cr] = Ber | X64;
        rig[Cr] = Ber | X64 | Start;
        Assert.Equal(WrpErr, rig[Sr]);
    }

    [Fact]
    public void Level_1_closes_the_flash_and_going_back_erases_both_banks()
    {
        var rig = Unlocked();
        Options(rig, () => rig[OptSrPrg] = rig[OptSrPrg] & ~0xFF00u | 0x5500);
        Assert.Null(rig.Read(Flash));
        Assert.Null(rig.Read(Flash + 0x10_0000));
        Options(rig, () => rig[OptSrPrg] = rig[OptSrPrg] & ~0xFF00u | 0xAA00);
        Assert.Equal((uint.MaxValue, uint.MaxValue), (rig[Flash], rig[Flash + 0x10_0000]));
    }

    [Fact]
    public void MER_erases_both_banks_at_once()
    {
        var rig = Unlocked();
        rig[OptKeyr] = 0x0819_2A3B;
        rig[OptKeyr] = 0x4C5D_6E7F;
        rig[Cr] = X64;
        rig[OptCr] = 1 << 4;
        Duration(rig, OtherBank);
        Duration(rig);
        Assert.Equal(uint.MaxValue, rig[Flash]);
    }

    [Fact]
    public void A_wrong_key_is_a_bus_error_and_locks_until_reset()
    {
        var rig = new TargetRig("stm32h743", 0xE7FE);
        rig.Halt();
        Assert.False(rig.Write(Keyr, 0x1234));
        Assert.False(rig.Write(Keyr, 0x4567_0123));
        rig.Target.SystemReset();
        rig[Keyr] = 0x4567_0123;
        rig[Keyr] = 0xCDEF_89AB;
        Assert.Equal(0u, rig[Cr] & Lock);
    }

    [Fact]
    public void Power_that_goes_in_the_middle_of_a_word_leaves_what_ECC_finds_or_part_of_it()
    {
        var rig = Unlocked();
        rig[Cr] = Pg | X64;
        Words(rig, Second, 8);
        rig.Target.PowerOff();
        rig.Target.PowerOn();
        rig.Wait(10 * TargetRig.Millisecond);
        Assert.True(rig.Read(Second) is null or not 0x1234_0000, "a word that had no time is whole");
    }

    [Fact]
    public void The_H7A3_has_words_of_128_bits_and_sectors_of_8_KB()
    {
        var rig = Unlocked("stm32h7a3");
        rig[Cr] = Pg;
        Words(rig, Flash + 0x2000, 4);
        Duration(rig);
        Assert.Equal(0x1234_0003u, rig[Flash + 0x200C]);
        rig[Cr] = Ser | 1 << 6;
        rig[Cr] = Ser | 1 << 6 | 1 << 5;
        Duration(rig);
        Assert.Equal((uint.MaxValue, 0x2000_1000u), (rig[Flash + 0x200C], rig[Flash]));
    }

    [Fact]
    public void The_debug_bus_has_the_identification_of_the_system_bus()
    {
        var rig = Unlocked();
        Assert.Equal(0x2003_6450u, rig[0x5C00_1000]);
        var bus = new SharpProbe.Sim.Adi.WindowBus(rig.Target, 0xE00E_0000, 0x2_0000, 0x5C00_0000);
        Assert.True(bus.Read(0xE00E_1000, 4, out uint id, out _));
        Assert.Equal(0x2003_6450u, id);
        Assert.False(bus.Read(Flash, 4, out _, out _));
    }

    private static void Options(TargetRig rig, Action set)
    {
        rig[OptKeyr] = 0x0819_2A3B;
        rig[OptKeyr] = 0x4C5D_6E7F;
        set();
        rig[OptCcr] = 1 << 30;
        rig[OptCr] = 2;
        for (int i = 0; i < 1_000_000 && (rig[OptSr] & 1) != 0; i++) rig.Wait(TargetRig.Millisecond);
        Duration(rig);
        rig[OptCr] = 1;
    }
}

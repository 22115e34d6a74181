using SharpProbe.Sim.Targets;
using static SharpProbe.Tests.Targets.BusRig;
using static SharpProbe.Tests.Targets.TargetRig;

namespace SharpProbe.Tests.Targets;

/// <summary>The flash controller (PM0075) from the debugger's side.</summary>
public class FlashTests
{
    private const uint Keyr = 0x4002_2004, OptKeyr = 0x4002_2008, Sr = 0x4002_200C, Cr = 0x4002_2010, Ar = 0x4002_2014, Obr = 0x4002_201C, Wrpr = 0x4002_2020;
    private const uint Pg = 1, Per = 2, Mer = 4, OptPg = 16, OptEr = 32, Strt = 64, Lock = 128, OptWre = 512, Bsy = 1, PgErr = 4, WrPrtErr = 16, Eop = 32;
    private const uint Options = 0x1FFF_F800;

    private static TargetRig Unlocked(TargetKind kind = TargetKind.Genuine) => TargetRig.Unlocked(TargetVariant.Of(kind).Name, Keyr);

    private static void UnlockOptions(TargetRig rig)
    {
        rig[OptKeyr] = 0x4567_0123;
        rig[OptKeyr] = 0xCDEF_89AB;
    }

    private static ulong Duration(TargetRig rig) => rig.Until(Sr, Bsy, 0);

    [Fact]
    public void It_is_locked_until_both_keys_were_written()
    {
        var rig = new TargetRig(0xE7FE);
        rig[Cr] = Pg;
        Assert.Equal(Lock, rig[Cr]);
        rig[Keyr] = 0x4567_0123;
        rig[Keyr] = 0xCDEF_89AB;
        rig[Cr] = Pg;
        Assert.Equal(Pg, rig[Cr]);
    }

    [Fact]
    public void A_wrong_key_is_a_bus_error_and_locks_until_reset()
    {
        var rig = new TargetRig(0xE7FE);
        Assert.False(rig.Write(Keyr, 0x1234));
        Assert.False(rig.Write(Keyr, 0x4567_0123));
        rig.Target.SystemReset();
        rig[Keyr] = 0x4567_0123;
        rig[Keyr] = 0xCDEF_89AB;
        Assert.Equal(0u, rig[Cr]);
    }

    [Fact]
    public void A_halfword_takes_52_microseconds_and_then_says_EOP()
    {
        var rig = Unlocked();
        rig[Cr] = Pg;
        Assert.True(rig.Write(Flash + 0x2000, 0x1234, 2));
        Assert.Equal(Bsy, rig[Sr]);
        Assert.InRange(Duration(rig), 50 * Microsecond, 54 * Microsecond);
        Assert.Equal(Eop, rig[Sr]);
        Assert.Equal(0xFFFF_1234, rig[Flash + 0x2000]);
        rig[Sr] = Eop;
        Assert.Equal(0u, rig[Sr]);
    }

    [Fact]
    public void A_second_halfword_waits_for_the_first_and_a_read_for_both()
    {
        var rig = Unlocked();
        rig[Cr] = Pg;
        ulong start = rig.Probe.Time.Now;
        rig.Write(Flash + 0x2000, 0x1234, 2);
        rig.Write(Flash + 0x2002, 0x5678, 2);
        Assert.InRange(rig.Probe.Time.Now - start, 52 * Microsecond, 55 * Microsecond);
        Assert.Equal(0x5678_1234u, rig[Flash + 0x2000]);
        Assert.InRange(rig.Probe.Time.Now - start, 105 * Microsecond, 108 * Microsecond);
    }

    [Theory]
    [InlineData(4)]
    [InlineData(1)]
    public void Only_halfwords_may_be_written(int width)
    {
        var rig = Unlocked();
        rig[Cr] = Pg;
        Assert.False(rig.Write(Flash + 0x2000, 0x12, width));
        Assert.Equal(uint.MaxValue, rig[Flash + 0x2000]);
    }

    [Fact]
    public void What_is_not_erased_is_refused_with_PGERR_but_zero_may_be_written()
    {
        var rig = Unlocked();
        rig[Cr] = Pg;
        rig.Write(Flash + 0x2000, 0x00F0, 2);
        rig.Write(Flash + 0x2000, 0x0030, 2);
        Assert.Equal((PgErr, 0xFFFF_00F0u), (rig[Sr] & PgErr, rig[Flash + 0x2000]));
        rig[Sr] = PgErr | Eop;
        rig.Write(Flash + 0x2000, 0, 2);
        Duration(rig);
        Assert.Equal((Eop, 0xFFFF_0000u), (rig[Sr], rig[Flash + 0x2000]));
    }

    [Theory]
    [InlineData(TargetKind.Genuine, 20)]
    [InlineData(TargetKind.Clone, 2)]
    [InlineData(TargetKind.Slow, 40)]
    public void A_page_erase_takes_its_time_and_erases_one_page(TargetKind kind, int milliseconds)
    {
        var rig = Unlocked(kind);
        rig[Cr] = Pg;
        rig.Write(Flash + 0x23FE, 0, 2);
        rig.Write(Flash + 0x2400, 0, 2);
        Duration(rig);
        rig[Cr] = Per;
        rig[Ar] = Flash + 0x2000;
        rig[Cr] = Per | Strt;
        Assert.InRange(Duration(rig), ((ulong)milliseconds * 1000 - 200) * Microsecond, ((ulong)milliseconds * 1000 + 200) * Microsecond);
        Assert.Equal((uint.MaxValue, 0xFFFF_0000u), (rig[Flash + 0x23FC], rig[Flash + 0x2400]));
        Assert.Equal(Per, rig[Cr]);
    }

    [Fact]
    public void A_mass_erase_erases_all()
    {
        var rig = Unlocked();
        rig[Cr] = Mer;
        rig[Cr] = Mer | Strt;
        Duration(rig);
        Assert.Equal((uint.MaxValue, uint.MaxValue), (rig[Flash], rig[Flash + 0xFFFC]));
    }

    [Fact]
    public void Write_protected_pages_refuse_with_WRPRTERR()
    {
        var rig = Unlocked();
        rig.F103.Flash.SetOption(4, 0xFD);        // pages 4 to 7
        rig.Target.SystemReset();
        rig.Halt();
        rig[Keyr] = 0x4567_0123;
        rig[Keyr] = 0xCDEF_89AB;
        Assert.Equal(0xFFFF_FFFDu, rig[Wrpr]);
        rig[Cr] = Pg;
        rig.Write(Flash + 0x1000, 0x1234, 2);
        Assert.Equal(WrPrtErr, rig[Sr]);
        rig[Sr] = WrPrtErr;
        rig.Write(Flash + 0x2000, 0x1234, 2);
        Assert.Equal(Bsy, rig[Sr]);
    }

    [Fact]
    public void Read_protection_closes_the_flash_to_the_debugger_and_taking_it_off_erases_it()
    {
        var rig = Unlocked();
        rig.F103.Flash.SetOption(0, 0x00);
        rig.Target.SystemReset();
        Assert.Equal(2u, rig[Obr] & 2);
        Assert.Null(rig.Read(Flash));
        Assert.Null(rig.Read(0));
        Assert.NotNull(rig.Read(Ram));
        rig.Halt();
        rig[Keyr] = 0x4567_0123;
        rig[Keyr] = 0xCDEF_89AB;
        UnlockOptions(rig);
        rig[Cr] = OptWre | OptEr;
        rig[Cr] = OptWre | OptEr | Strt;
        Duration(rig);
        rig[Cr] = OptWre | OptPg;
        rig.Write(Options, 0x00A5, 2);
        Duration(rig);
        Assert.Equal(0x5AA5u, rig[Options] & 0xFFFF);
        rig.Target.SystemReset();
        Assert.Equal(0u, rig[Obr] & 2);
        Assert.Equal(uint.MaxValue, rig[Flash]);
    }

    [Fact]
    public void A_power_cut_in_the_middle_of_an_erase_leaves_neither_old_nor_new()
    {
        var rig = Unlocked();
        rig[Cr] = Per;
        rig[Ar] = Flash + 0x2000;
        rig[Cr] = Per | Strt;
        rig.Wait(Millisecond);
        rig.Target.PowerOff();
        Assert.Null(rig.Read(Flash));
        rig.Target.PowerOn();
        rig.Wait(5 * Millisecond);
        Assert.NotEqual(uint.MaxValue, rig[Flash + 0x2000]);
        Assert.Equal(uint.MaxValue, rig[Flash + 0x2400]);
    }

    [Fact]
    public void The_factory_wrote_size_and_identity()
    {
        var rig = new TargetRig(0xE7FE);
        Assert.Equal(64u, rig.Read(0x1FFF_F7E0, 2));
        Assert.NotEqual(uint.MaxValue, rig[0x1FFF_F7E8]);
        Assert.Equal(0x03FF_FFFCu, rig[Obr]);
    }
}

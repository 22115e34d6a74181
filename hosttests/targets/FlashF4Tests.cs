using SharpProbe.Sim.Chips.F4;
using SharpProbe.Sim.Targets;

namespace SharpProbe.Tests.Targets;

/// <summary>The flash controller of the STM32F4 (RM0090 3) from the debugger's side: each mistake has the manual's flag.</summary>
public class FlashF4Tests
{
    private const uint Acr = 0x4002_3C00, Keyr = Acr + 4, OptKeyr = Acr + 8, Sr = Acr + 0xC, Cr = Acr + 0x10, OptCr = Acr + 0x14;
    private const uint Pg = 1, Ser = 2, Mer = 4, X8 = 0, X16 = 1 << 8, X32 = 2 << 8, Strt = 1 << 16, Lock = 1u << 31;
    private const uint WrpErr = 1 << 4, PgpErr = 1 << 6, PgsErr = 1 << 7, Bsy = 1 << 16, Flash = TargetRig.Flash;
    private const uint OptLock = 1, OptStrt = 2;

    private static TargetRig Unlocked() => TargetRig.Unlocked("stm32f407", Keyr);

    private static ulong Duration(TargetRig rig) => rig.Until(Sr, Bsy, 0);

    private static void EraseSector(TargetRig rig, uint sector, uint width = X32)
    {
        rig[Cr] = Ser | sector << 3 | width;
        rig[Cr] = Ser | sector << 3 | width | Strt;
        Duration(rig);
    }

    [Fact]
    public void It_is_locked_until_both_keys_were_written()
    {
        var rig = new TargetRig("stm32f407", 0xE7FE);
        rig[Cr] = Pg;
        Assert.Equal(Lock, rig[Cr]);
        rig[Keyr] = 0x4567_0123;
        rig[Keyr] = 0xCDEF_89AB;
        rig[Cr] = Pg;
        Assert.Equal(Pg, rig[Cr]);
        rig[Cr] = Lock;
        rig[Cr] = Pg;
        Assert.Equal(Lock, rig[Cr]);
    }

    [Fact]
    public void A_wrong_key_is_a_bus_error_and_locks_until_reset()
    {
        var rig = new TargetRig("stm32f407", 0xE7FE);
        Assert.False(rig.Write(Keyr, 0x1234));
        Assert.False(rig.Write(Keyr, 0x4567_0123));
        rig.Target.SystemReset();
        rig[Keyr] = 0x4567_0123;
        rig[Keyr] = 0xCDEF_89AB;
        Assert.Equal(0u, rig[Cr]);
    }

    [Theory]
    [InlineData(1, X8), InlineData(2, X16), InlineData(4, X32)]
    public void A_write_of_PSIZEs_width_programs_and_takes_16_microseconds(int width, uint size)
    {
        var rig = Unlocked();
        rig[Cr] = Pg | size;
        Assert.True(rig.Write(Flash + 0x8000, 0x1234_5678, width));
        Assert.InRange(Duration(rig), 14 * TargetRig.Microsecond, 18 * TargetRig.Microsecond);
        uint mask = width == 4 ? uint.MaxValue : (1u << width * 8) - 1;
        Assert.Equal(0x1234_5678u & mask, rig.Read(Flash + 0x8000, width));
        Assert.Equal(0u, rig[Sr]);
    }

    [Theory]
    [InlineData(2, X32), InlineData(1, X16), InlineData(4, X8)]
    public void Another_width_than_PSIZE_says_is_PGPERR(int width, uint size)
    {
        var rig = Unlocked();
        rig[Cr] = Pg | size;
        Assert.True(rig.Write(Flash + 0x8000, 0, width));
        Assert.Equal(PgpErr, rig[Sr]);
        Assert.Equal(uint.MaxValue, rig[Flash + 0x8000]);
        rig[Sr] = PgpErr;
        Assert.Equal(0u, rig[Sr]);
    }

    [Theory]
    [InlineData(0u), InlineData(Pg | Ser), InlineData(Mer)]
    public void A_write_without_PG_alone_is_PGSERR(uint mode)
    {
        var rig = Unlocked();
        rig[Cr] = mode | X32;
        Assert.True(rig.Write(Flash + 0x8000, 0));
        Assert.Equal(PgsErr, rig[Sr]);
        Assert.Equal(uint.MaxValue, rig[Flash + 0x8000]);
    }

    [Fact]
    public void What_is_not_erased_loses_more_bits_and_nobody_says_so()
    {
        var rig = Unlocked();
        rig[Cr] = Pg | X32;
        rig[Flash + 0x8000] = 0xFF00_FF0F;
        rig[Flash + 0x8000] = 0x0FF0_FFFF;
        Assert.Equal(0x0F00_FF0Fu, rig[Flash + 0x8000]);
        Assert.Equal(0u, rig[Sr]);
    }

    [Theory]
    [InlineData(0u, X32, 250), InlineData(0u, X8, 400), InlineData(4u, X32, 550), InlineData(5u, X16, 1300), InlineData(11u, X32, 1000)]
    public void A_sector_erase_takes_its_time_and_erases_one_sector(uint sector, uint width, int milliseconds)
    {
        var rig = Unlocked();
        var chip = (FlashF4)((StTarget)rig.Target).Flash;
        uint first = Flash + (uint)chip.Sectors.Take((int)sector).Sum(k => k * 1024), size = chip.Sectors[(int)sector] * 1024;
        rig.Target.Chip.Bus.Find(Flash)!.Region!.Span.Clear();
        rig[Cr] = Ser | sector << 3 | width;
        rig[Cr] = Ser | sector << 3 | width | Strt;
        Assert.InRange(Duration(rig), (ulong)milliseconds * TargetRig.Millisecond, (ulong)(milliseconds + 1) * TargetRig.Millisecond);
        Assert.Equal(uint.MaxValue, rig[first]);
        Assert.Equal(uint.MaxValue, rig[first + size - 4]);
        if (sector > 0) Assert.Equal(0u, rig[first - 4]);
        if (sector < 11) Assert.Equal(0u, rig[first + size]);
    }

    [Fact]
    public void A_sector_that_it_does_not_have_is_PGSERR()
    {
        var rig = Unlocked();
        EraseSector(rig, 12);
        Assert.Equal(PgsErr, rig[Sr]);
    }

    [Fact]
    public void A_read_while_it_is_busy_waits_for_the_end()
    {
        var rig = Unlocked();
        rig[Cr] = Ser | 1 << 3 | X32;
        rig[Cr] = Ser | 1 << 3 | X32 | Strt;
        ulong start = rig.Probe.Time.Now;
        Assert.Equal(0xE7FEu, rig[TargetRig.Code] & 0xFFFF);
        Assert.InRange(rig.Probe.Time.Now - start, 249 * TargetRig.Millisecond, 251 * TargetRig.Millisecond);
    }

    [Fact]
    public void A_mass_erase_erases_all()
    {
        var rig = Unlocked();
        rig[Cr] = Mer | X32;
        rig[Cr] = Mer | X32 | Strt;
        Assert.InRange(Duration(rig), 8000 * TargetRig.Millisecond, 8001 * TargetRig.Millisecond);
        Assert.Equal(uint.MaxValue, rig[Flash]);
    }

    private static void StoreOptions(TargetRig rig, uint value)
    {
        rig[OptKeyr] = 0x0819_2A3B;
        rig[OptKeyr] = 0x4C5D_6E7F;
        rig[OptCr] = value;
        rig[OptCr] = value | OptStrt;
        Duration(rig);
        rig[OptCr] = rig[OptCr] | OptLock;
    }

    [Fact]
    public void A_protected_sector_is_WRPERR_and_stops_a_mass_erase()
    {
        var rig = Unlocked();
        StoreOptions(rig, 0x0FFF_AAEC & ~(1u << 16 + 2));
        EraseSector(rig, 2);
        Assert.Equal(WrpErr, rig[Sr]);
        rig[Sr] = WrpErr;
        rig[Cr] = Pg | X32;
        Assert.True(rig.Write(Flash + 0x8000, 0));
        Assert.Equal(WrpErr, rig[Sr]);
        rig[Sr] = WrpErr;
        rig[Cr] = Mer | Strt | X32;
        Assert.Equal(WrpErr, rig[Sr]);
        Assert.Equal(uint.MaxValue, rig[Flash + 0x8000]);
    }

    [Fact]
    public void Level_1_closes_the_flash_to_the_debugger_and_opening_it_erases_it()
    {
        var rig = Unlocked();
        StoreOptions(rig, 0x0FFF_55EC);
        Assert.Null(rig.Read(Flash));
        Assert.Null(rig.Read(0));
        Assert.NotNull(rig.Read(TargetRig.Ram));
        StoreOptions(rig, 0x0FFF_AAEC);
        rig.Target.SystemReset();
        Assert.Equal(uint.MaxValue, rig[Flash]);
    }

    [Fact]
    public void Level_2_takes_the_debug_port_away_at_the_next_reset_and_for_ever()
    {
        var rig = Unlocked();
        StoreOptions(rig, 0x0FFF_CCEC);
        Assert.True(rig.Target.SwdOn);
        rig.Target.SystemReset();
        Assert.False(rig.Target.SwdOn);
        rig.Target.PowerOff();
        rig.Target.PowerOn();
        rig.Wait(10 * TargetRig.Millisecond);
        Assert.False(rig.Target.SwdOn);
    }

    [Fact]
    public void Power_lost_in_an_erase_leaves_neither_the_old_nor_the_new()
    {
        var rig = Unlocked();
        rig[Cr] = Ser | X32;
        rig[Cr] = Ser | X32 | Strt;
        rig.Wait(100 * TargetRig.Millisecond);
        rig.Target.PowerOff();
        var sector = rig.Target.Chip.Bus.Find(Flash)!.Region!.Span[..0x4000];
        Assert.True(sector.ContainsAnyExcept((byte)0xFF));
        Assert.True(sector.ContainsAnyExcept((byte)0));
    }
}

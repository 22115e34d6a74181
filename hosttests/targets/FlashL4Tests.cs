namespace SharpProbe.Tests.Targets;

/// <summary>The flash controller of the STM32L4 (RM0351 3) from the debugger's side: each mistake has the manual's flag.</summary>
public class FlashL4Tests
{
    private const uint Acr = 0x4002_2000, Keyr = Acr + 8, OptKeyr = Acr + 0xC, Sr = Acr + 0x10, Cr = Acr + 0x14, Optr = Acr + 0x20, Wrp1a = Acr + 0x2C;
    private const uint Pg = 1, Per = 2, Mer1 = 4, Bker = 1 << 11, Mer2 = 1 << 15, Start = 1 << 16, OptStart = 1 << 17, Launch = 1 << 27, OptLock = 1 << 30, Lock = 1u << 31;
    private const uint ProgErr = 1 << 3, WrpErr = 1 << 4, PgaErr = 1 << 5, SizErr = 1 << 6, PgsErr = 1 << 7, Bsy = 1 << 16;
    private const uint Flash = TargetRig.Flash, Page = 2048, Bank = 512 * 1024, At = Flash + 16 * Page;

    private static TargetRig Unlocked() => TargetRig.Unlocked("stm32l475", Keyr);

    private static ulong Duration(TargetRig rig) => rig.Until(Sr, Bsy, 0);

    private static uint Program(TargetRig rig, uint address, ulong value)
    {
        rig[Sr] = 0xC3FB;
        rig[Cr] = Pg;
        rig.Write(address, (uint)value);
        rig.Write(address + 4, (uint)(value >> 32));
        Duration(rig);
        rig[Cr] = 0;
        return rig[Sr];
    }

    private static uint Erase(TargetRig rig, uint mode)
    {
        rig[Sr] = 0xC3FB;
        rig[Cr] = mode;
        rig[Cr] = mode | Start;
        Duration(rig);
        rig[Cr] = 0;
        return rig[Sr];
    }

    [Fact]
    public void It_is_locked_until_both_keys_were_written()
    {
        var rig = new TargetRig("stm32l475", 0xE7FE);
        rig[Cr] = Pg;
        Assert.Equal(Lock | OptLock, rig[Cr]);
        rig[Keyr] = 0x4567_0123;
        rig[Keyr] = 0xCDEF_89AB;
        rig[Cr] = Pg;
        Assert.Equal(Pg | OptLock, rig[Cr]);
    }

    [Fact]
    public void A_wrong_key_is_a_bus_error_and_locks_until_reset()
    {
        var rig = new TargetRig("stm32l475", 0xE7FE);
        Assert.False(rig.Write(Keyr, 0xCDEF_89AB));
        Assert.False(rig.Write(Keyr, 0x4567_0123));
        rig.Target.SystemReset();
        rig[Keyr] = 0x4567_0123;
        rig[Keyr] = 0xCDEF_89AB;
        Assert.Equal(OptLock, rig[Cr]);
    }

    [Fact]
    public void A_double_word_takes_82_microseconds()
    {
        var rig = Unlocked();
        rig[Cr] = Pg;
        rig[At] = 0x89AB_CDEF;
        rig[At + 4] = 0x0123_4567;
        Assert.InRange(Duration(rig), 80 * TargetRig.Microsecond, 84 * TargetRig.Microsecond);
        Assert.Equal(0x89AB_CDEFu, rig[At]);
        Assert.Equal(0x0123_4567u, rig[At + 4]);
        Assert.Equal(0u, rig[Sr]);
    }

    [Fact]
    public void Half_a_double_word_programs_nothing()
    {
        var rig = Unlocked();
        rig[Cr] = Pg;
        rig[At] = 0;
        Assert.Equal(uint.MaxValue, rig[At]);
    }

    [Fact]
    public void A_double_word_is_programmed_once_and_then_only_to_zero()
    {
        var rig = Unlocked();
        Assert.Equal(0u, Program(rig, At, 0xFFFF_FFFF_FFFF_FFF0));
        Assert.Equal(ProgErr, Program(rig, At, 0xFFFF_FFFF_FFFF_FF00));
        Assert.Equal(0xFFFF_FFF0u, rig[At]);
        Assert.Equal(0u, Program(rig, At, 0));
        Assert.Equal(0u, rig[At]);
    }

    [Theory]
    [InlineData(1), InlineData(2)]
    public void Bytes_and_half_words_are_SIZERR(int width)
    {
        var rig = Unlocked();
        rig[Cr] = Pg;
        Assert.True(rig.Write(At, 0, width));
        Assert.Equal(SizErr, rig[Sr]);
    }

    [Theory]
    [InlineData(4u, 8u), InlineData(0u, 8u), InlineData(0u, 0u)]
    public void Words_that_are_no_double_word_are_PGAERR(uint first, uint second)
    {
        var rig = Unlocked();
        rig[Cr] = Pg;
        rig[At + first] = 0;
        if (rig[Sr] == 0) rig[At + second] = 0;
        Assert.Equal(PgaErr, rig[Sr]);
        Assert.Equal(uint.MaxValue, rig[At]);
    }

    [Theory]
    [InlineData(0u), InlineData(Pg | Per)]
    public void A_write_without_PG_alone_is_PGSERR(uint mode)
    {
        var rig = Unlocked();
        rig[Cr] = mode;
        Assert.True(rig.Write(At, 0));
        Assert.Equal(PgsErr, rig[Sr]);
    }

    [Fact]
    public void While_an_error_stands_nothing_is_programmed_or_erased()
    {
        var rig = Unlocked();
        rig[Cr] = Pg;
        Assert.True(rig.Write(At, 0, 1));
        rig[At] = 0;
        Assert.Equal(SizErr | PgsErr, rig[Sr]);
        rig[Sr] = PgsErr;
        rig[Cr] = Per | 16 << 3;
        rig[Cr] = Per | 16 << 3 | Start;
        Assert.Equal(SizErr | PgsErr, rig[Sr]);
    }

    [Fact]
    public void A_page_erase_takes_22_milliseconds_and_erases_one_page()
    {
        var rig = Unlocked();
        rig.Target.Chip.Bus.Find(Flash)!.Region!.Span.Clear();
        rig[Cr] = Per | 3 << 3 | Bker;
        rig[Cr] = Per | 3 << 3 | Bker | Start;
        Assert.InRange(Duration(rig), 22 * TargetRig.Millisecond, 23 * TargetRig.Millisecond);
        uint first = Flash + Bank + 3 * Page;
        Assert.Equal(0u, rig[first - 4]);
        Assert.Equal(uint.MaxValue, rig[first]);
        Assert.Equal(uint.MaxValue, rig[first + Page - 4]);
        Assert.Equal(0u, rig[first + Page]);
    }

    [Theory]
    [InlineData(Per | Mer1), InlineData(0u), InlineData(Per | Pg)]
    public void An_erase_of_two_kinds_or_none_is_PGSERR(uint mode) => Assert.Equal(PgsErr, Erase(Unlocked(), mode));

    [Fact]
    public void A_bank_is_read_while_the_other_is_busy()
    {
        var rig = Unlocked();
        rig[Cr] = Per | Bker;
        rig[Cr] = Per | Bker | Start;
        ulong start = rig.Probe.Time.Now;
        Assert.Equal(0xE7FEu, rig[TargetRig.Code] & 0xFFFF);
        Assert.True(rig.Probe.Time.Now - start < TargetRig.Millisecond);
        _ = rig[Flash + Bank];
        Assert.True(rig.Probe.Time.Now - start > 21 * TargetRig.Millisecond);
    }

    [Fact]
    public void Mass_erases_are_of_a_bank_or_of_both()
    {
        var rig = Unlocked();
        Program(rig, Flash + Bank, 0);
        Assert.Equal(0u, Erase(rig, Mer1));
        Assert.Equal(uint.MaxValue, rig[Flash]);
        Assert.Equal(0u, rig[Flash + Bank]);
        Erase(rig, Mer1 | Mer2);
        Assert.Equal(uint.MaxValue, rig[Flash + Bank]);
    }

    private static void UnlockOptions(TargetRig rig)
    {
        rig[OptKeyr] = 0x0819_2A3B;
        rig[OptKeyr] = 0x4C5D_6E7F;
    }

    private static void Store(TargetRig rig, uint register, uint value)
    {
        UnlockOptions(rig);
        rig[register] = value;
        rig[Cr] = OptStart;
        Duration(rig);
        rig[Cr] = Launch;
        rig.Wait(TargetRig.Millisecond);
        rig.Halt();
        rig[Keyr] = 0x4567_0123;
        rig[Keyr] = 0xCDEF_89AB;
    }

    [Fact]
    public void Option_registers_are_locked_until_their_keys_were_written()
    {
        var rig = Unlocked();
        uint before = rig[Optr];
        rig[Optr] = before ^ 1;
        Assert.Equal(before, rig[Optr]);
        UnlockOptions(rig);
        rig[Optr] = before ^ 1;
        Assert.Equal(before ^ 1, rig[Optr]);
    }

    [Fact]
    public void A_protected_page_is_WRPERR_once_the_option_bytes_are_loaded()
    {
        var rig = Unlocked();
        Store(rig, Wrp1a, 0xFF12_FF10);
        Assert.Equal(WrpErr, Program(rig, At, 0));
        Assert.Equal(WrpErr, Erase(rig, Per | 18 << 3));
        Assert.Equal(0u, Erase(rig, Per | 19 << 3));
        Assert.Equal(WrpErr, Erase(rig, Mer1 | Mer2));
    }

    [Fact]
    public void Level_1_closes_flash_and_SRAM2_to_the_debugger_and_opening_it_erases_them()
    {
        var rig = Unlocked();
        uint factory = rig[Optr];
        Store(rig, Optr, factory & ~0xFFu | 0x55);
        Assert.Null(rig.Read(Flash));
        Assert.Null(rig.Read(0x1000_0000));
        Assert.NotNull(rig.Read(TargetRig.Ram));
        Store(rig, Optr, factory);
        Assert.Equal(uint.MaxValue, rig[Flash]);
        Assert.Equal(0u, rig[0x1000_0000]);
    }
}

using SharpProbe.Sim.Targets;

namespace SharpProbe.Tests.Targets.Sam;

/// <summary>The flash controller and the DSU of the SAM D21 (DS40001882) from the debugger's side.</summary>
public class NvmctrlD21Tests
{
    private const uint Nvm = 0x4100_4000, Ctrla = Nvm, Ctrlb = Nvm + 4, Param = Nvm + 8, Intflag = Nvm + 0x14, Status = Nvm + 0x18, Addr = Nvm + 0x1C, Lock = Nvm + 0x20;
    private const uint Dsu = 0x4100_2000, External = Dsu + 0x100, Did = External + 0x18, UserRow = 0x0080_4000;
    private const uint EraseRow = 0xA502, WritePage = 0xA504, EraseAux = 0xA505, WriteAux = 0xA506, LockRegion = 0xA540, UnlockRegion = 0xA541, SetSecurity = 0xA545;
    private const uint Load = 2, Proge = 4, Locke = 8, At = 0x4000;

    private static TargetRig New()
    {
        var rig = new TargetRig("samd21");
        rig.Halt();
        return rig;
    }

    private static ulong Run(TargetRig rig, uint command, uint address)
    {
        rig[Addr] = address / 2;
        rig[Ctrla] = command;
        ulong start = rig.Probe.Time.Now;
        while ((rig.Read(Intflag, 1) & 1) == 0) { }
        return rig.Probe.Time.Now - start;
    }

    private static void Fill(TargetRig rig, uint address)
    {
        for (uint i = 0; i < 64; i += 4) rig[address + i] = 0x1000_0000 + i;
    }

    private static Span<byte> Cells(TargetRig rig) => rig.Target.Chip.Bus.Find(0)!.Region!.Span;

    [Fact] public void It_says_what_it_is()
    {
        var rig = New();
        Assert.Equal(0x1001_0305u, rig[Did]);
        Assert.Equal(0x0003_1000u, rig[Param]);
        Assert.Equal(0x80u, rig[Ctrlb]);
        Assert.Equal(0xFFFFu, rig.Read(Lock, 2));
    }

    [Fact] public void A_row_of_256_bytes_is_erased_in_6_ms()
    {
        var rig = New();
        Cells(rig).Clear();
        Assert.InRange(Run(rig, EraseRow, At + 0x44), 6 * TargetRig.Millisecond, 7 * TargetRig.Millisecond);
        Assert.Equal([0, uint.MaxValue, uint.MaxValue, 0], new[] { At - 4, At, At + 252, At + 256 }.Select(a => rig[a]));
    }

    [Fact] public void A_page_is_written_from_the_buffer_in_2500_us()
    {
        var rig = New();
        Fill(rig, At);
        Assert.Equal(Load, rig.Read(Status, 2));
        Assert.Equal(uint.MaxValue, rig[At]);
        Assert.InRange(Run(rig, WritePage, At), 2500 * TargetRig.Microsecond, 2600 * TargetRig.Microsecond);
        Assert.Equal([0x1000_0000, 0x1000_003C, uint.MaxValue], new[] { At, At + 60, At + 64 }.Select(a => rig[a]));
        Assert.Equal(0u, rig.Read(Status, 2));
    }

    [Fact] public void A_write_to_the_buffer_sets_ADDR()
    {
        var rig = New();
        rig[At + 8] = 1;
        Assert.Equal((At + 8) / 2, rig[Addr]);
    }

    [Fact] public void A_byte_into_the_buffer_is_a_bus_error() => Assert.False(New().Write(At, 0, 1));

    [Fact] public void A_command_without_its_key_is_PROGE()
    {
        var rig = New();
        rig[Ctrla] = 0x02;
        Assert.Equal(Proge, rig.Read(Status, 2));
        Assert.Equal(3u, rig.Read(Intflag, 1));
        rig.Write(Status, Proge, 2);
        rig.Write(Intflag, 2, 1);
        Assert.Equal(0u, rig.Read(Status, 2));
        Assert.Equal(1u, rig.Read(Intflag, 1));
    }

    [Fact] public void A_command_while_another_is_under_way_is_PROGE()
    {
        var rig = New();
        rig[Addr] = At / 2;
        rig[Ctrla] = EraseRow;
        rig[Ctrla] = EraseRow;
        Assert.Equal(Proge, rig.Read(Status, 2));
    }

    [Fact] public void The_bus_waits_for_an_erase()
    {
        var rig = New();
        ulong start = rig.Probe.Time.Now;
        rig[Addr] = At / 2;
        rig[Ctrla] = EraseRow;
        Assert.Equal(uint.MaxValue, rig[At]);
        Assert.InRange(rig.Probe.Time.Now - start, 6 * TargetRig.Millisecond, 7 * TargetRig.Millisecond);
    }

    [Fact] public void A_locked_region_is_LOCKE_until_it_is_opened()
    {
        var rig = New();
        Run(rig, LockRegion, At);
        Assert.Equal(0xFFFDu, rig.Read(Lock, 2));
        Run(rig, EraseRow, At);
        Assert.Equal(Locke, rig.Read(Status, 2));
        rig.Write(Status, Locke, 2);
        Run(rig, UnlockRegion, At);
        Run(rig, EraseRow, At);
        Assert.Equal(0u, rig.Read(Status, 2));
    }

    [Fact] public void The_user_rows_BOOTPROT_and_lock_bits_count_from_the_next_reset_on()
    {
        var rig = New();
        Run(rig, EraseAux, UserRow);
        rig[UserRow] = 0xD8E0_C7FD;             // BOOTPROT = 5: 1 KB
        rig[UserRow + 4] = 0x7FFF_FC5D;         // region 15
        Run(rig, WriteAux, UserRow);
        Assert.Equal(0xFFFFu, rig.Read(Lock, 2));
        rig.Target.SystemReset();
        rig.Halt();
        Assert.Equal(0x7FFFu, rig.Read(Lock, 2));
        Run(rig, EraseRow, 0x300);
        Assert.Equal(Locke, rig.Read(Status, 2));
        rig.Write(Status, Locke, 2);
        Run(rig, EraseRow, 0x400);
        Assert.Equal(0u, rig.Read(Status, 2));
    }

    [Fact] public void A_ninth_write_to_a_row_stops_the_target_by_name()
    {
        var rig = New();
        for (int i = 0; i < 8; i++) Run(rig, WritePage, At);
        rig.Write(Ctrla, WritePage);
        Assert.Contains("more than 8 times", rig.Target.Stopped?.Message);
    }

    [Fact] public void A_secured_part_shows_its_DSU_and_a_chip_erase_opens_it()
    {
        var rig = New();
        Cells(rig).Clear();
        rig[Ctrla] = SetSecurity;
        Assert.NotNull(rig.Read(At));
        rig.Target.SystemReset();
        Assert.Null(rig.Read(At));
        Assert.Null(rig.Read(Dsu + 0x18));
        Assert.Null(rig.Read(TargetRig.Dhcsr));
        Assert.Equal(0x1001_0305u, rig[Did]);
        Assert.Equal(1u, rig.Read(External + 2, 1) & 1);
        rig.Write(External, 16, 1);
        ulong start = rig.Probe.Time.Now;
        while ((rig.Read(External + 1, 1) & 1) == 0) { }
        Assert.InRange(rig.Probe.Time.Now - start, 240 * TargetRig.Millisecond, 250 * TargetRig.Millisecond);
        Assert.Null(rig.Read(At));
        rig.Target.SystemReset();
        Assert.Equal(uint.MaxValue, rig[At]);
    }

    [Fact] public void Power_lost_in_an_erase_leaves_neither_old_nor_new()
    {
        var rig = New();
        Cells(rig).Clear();
        rig[Addr] = At / 2;
        rig[Ctrla] = EraseRow;
        rig.Wait(3 * TargetRig.Millisecond);
        rig.Target.PowerOff();
        rig.Target.PowerOn();
        rig.Wait(5 * TargetRig.Millisecond);
        Assert.Contains(Enumerable.Range(0, 64), i => rig[At + (uint)i * 4] is not (0 or uint.MaxValue));
        Assert.Equal(0u, rig[At - 4]);
    }

    [Fact] public void The_DSU_makes_a_CRC_32_of_memory()
    {
        var rig = New();
        "123456781234"u8.CopyTo(Cells(rig)[(int)At..]);
        rig[Dsu + 4] = At;
        rig[Dsu + 8] = 12;
        rig[Dsu + 12] = uint.MaxValue;
        rig.Write(Dsu, 4, 1);
        Assert.Equal(1u, rig.Read(Dsu + 1, 1));
        // zlib's crc32 of the same bytes.
        Assert.Equal(0x4051D0A0U, ~rig[Dsu + 12]);
    }
}

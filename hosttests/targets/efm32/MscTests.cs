using SharpProbe.Sim.Svd;
using SharpProbe.Sim.Targets;
using SharpProbe.Tests.Svd;

namespace SharpProbe.Tests.Targets.Efm32;

/// <summary>The memory system controllers of the EFM32GG and the EFR32MG12 from the debugger's side.</summary>
public class MscTests
{
    private const uint Msc = 0x400C_0000, WriteCtrl = Msc + 8, WriteCmd = Msc + 12, Addrb = Msc + 16, Wdata = Msc + 24, Status = Msc + 28, Lock = Msc + 0x3C, MassLock = Msc + 0x54;
    private const uint Laddrim = 1, ErasePage = 2, WriteOnce = 8, EraseMain0 = 256, EraseMain1 = 512, Busy = 1, Locked = 2, Invalid = 4, Ready = 8, At = 0x8000, LockBits = 0x0FE0_4000;

    private const uint WriteTrig = 16, TimedOut = 16;

    private static TargetRig New()
    {
        var rig = new TargetRig("efm32gg");
        rig.Halt();
        rig[WriteCtrl] = 1;
        return rig;
    }

    private static void Address(TargetRig rig, uint address)
    {
        rig[Addrb] = address;
        rig[WriteCmd] = Laddrim;
    }

    private static ulong Run(TargetRig rig, uint command)
    {
        ulong start = rig.Probe.Time.Now;
        rig[WriteCmd] = command;
        while ((rig[Status] & Busy) != 0) { }
        return rig.Probe.Time.Now - start;
    }

    private static void Word(TargetRig rig, uint value)
    {
        rig[Wdata] = value;
        Run(rig, WriteOnce);
    }

    [Fact] public void A_page_of_4_KB_is_erased_in_20_ms()
    {
        var rig = New();
        rig.Target.Chip.Bus.Find(0)!.Region!.Span.Clear();
        Address(rig, At);
        Assert.InRange(Run(rig, ErasePage), 20 * TargetRig.Millisecond, 21 * TargetRig.Millisecond);
        Assert.Equal([0, uint.MaxValue, uint.MaxValue, 0], new[] { At - 4, At, At + 4092, At + 4096 }.Select(a => rig[a]));
    }

    [Fact] public void Words_are_written_one_after_the_other_in_20_us_each()
    {
        var rig = New();
        Address(rig, At);
        rig[Wdata] = 5;
        Assert.InRange(Run(rig, WriteOnce), 20 * TargetRig.Microsecond, 30 * TargetRig.Microsecond);
        Word(rig, 6);
        Assert.Equal([5, 6, uint.MaxValue], new[] { At, At + 4, At + 8 }.Select(a => rig[a]));
    }

    [Fact] public void A_sequence_goes_on_while_words_come_in_time()
    {
        var rig = New();
        Address(rig, At);
        rig[Wdata] = 5;
        ulong start = rig.Probe.Time.Now;
        rig[WriteCmd] = WriteTrig;
        for (uint i = 6; i < 10; i++)
        {
            while ((rig[Status] & Ready) == 0) { }
            rig[Wdata] = i;
        }
        while ((rig[Status] & Ready) == 0) { }
        Assert.InRange(rig.Probe.Time.Now - start, 4 * 20 * TargetRig.Microsecond, 5 * 20 * TargetRig.Microsecond);
        Assert.Equal(Busy | Ready, rig[Status]);
        rig.Wait(52 * TargetRig.Microsecond);
        Assert.Equal(TimedOut | Ready, rig[Status]);
        Assert.Equal([5, 6, 9, uint.MaxValue], new[] { At, At + 4, At + 16, At + 20 }.Select(a => rig[a]));
    }

    [Fact] public void A_word_that_comes_too_late_waits_for_another_command()
    {
        var rig = New();
        Address(rig, At);
        rig[Wdata] = 5;
        rig[WriteCmd] = WriteTrig;
        rig.Wait(60 * TargetRig.Microsecond);
        rig[Wdata] = 6;
        rig.Wait(60 * TargetRig.Microsecond);
        Assert.Equal((TimedOut, uint.MaxValue), (rig[Status], rig[At + 4]));
        Run(rig, WriteTrig);
        Assert.Equal(6u, rig[At + 4]);
    }

    [Fact] public void A_word_for_which_there_is_no_room_is_ignored()
    {
        var rig = New();
        Address(rig, At);
        rig[Wdata] = 5;
        rig[Wdata] = 6;
        Run(rig, WriteOnce);
        Assert.Equal((5u, uint.MaxValue), (rig[At], rig[At + 4]));
    }

    [Fact] public void The_EFR32s_words_are_quicker_in_a_sequence()
    {
        const uint there = 0x400E_0000;
        var rig = new TargetRig("efr32mg12");
        rig.Halt();
        rig[there + 8] = 1;
        rig[there + 16] = At;
        rig[there + 12] = Laddrim;
        ulong start = rig.Probe.Time.Now;
        for (uint i = 0; i < 128; i++)
        {
            rig[there + 24] = i;
            if (i == 0) rig[there + 12] = WriteTrig;
            while ((rig[there + 28] & Ready) == 0) { }
        }
        // The last one has just begun.
        Assert.InRange(rig.Probe.Time.Now - start, 127 * 262 / 10 * TargetRig.Microsecond, 128 * 264 / 10 * TargetRig.Microsecond);
    }

    [Fact] public void A_third_write_to_a_word_stops_the_target_by_name()
    {
        var rig = New();
        for (int i = 0; i < 3; i++)
        {
            Address(rig, At);
            rig[Wdata] = 5;
            rig.Write(WriteCmd, WriteOnce);
            rig.Wait(30 * TargetRig.Microsecond);
            rig.Read(Status);
        }
        Assert.Contains("a third time", rig.Target.Stopped?.Message);
    }

    [Fact] public void Nothing_happens_without_WREN_or_while_it_is_locked()
    {
        var rig = New();
        rig[WriteCtrl] = 0;
        Address(rig, At);
        Word(rig, 5);
        Assert.Equal(uint.MaxValue, rig[At]);
        rig[Lock] = 0;
        Assert.Equal(1u, rig[Lock]);
        rig[WriteCtrl] = 1;
        Assert.Equal(0u, rig[WriteCtrl]);
        rig[Lock] = 0x1B71;
        rig[WriteCtrl] = 1;
        Assert.Equal(1u, rig[WriteCtrl]);
    }

    [Fact] public void An_address_without_flash_is_INVADDR()
    {
        var rig = New();
        Address(rig, 0x10_0000);
        Assert.Equal(Invalid | Ready, rig[Status]);
    }

    [Fact] public void A_page_that_the_lock_bits_close_is_LOCKED_after_the_next_reset()
    {
        var rig = New();
        Address(rig, LockBits);
        Word(rig, ~(1u << 8));
        rig.Target.SystemReset();
        rig[WriteCtrl] = 1;
        Address(rig, At);
        Assert.Equal(Locked | Ready, rig[Status]);
        Run(rig, ErasePage);
        Address(rig, At + 4096);
        Assert.Equal(Ready, rig[Status]);
    }

    [Fact] public void A_mass_erase_needs_its_own_key()
    {
        var rig = New();
        rig.Target.Chip.Bus.Find(0)!.Region!.Span.Clear();
        Run(rig, EraseMain0 | EraseMain1);
        Assert.Equal(0u, rig[0]);
        rig[MassLock] = 0x631A;
        Run(rig, EraseMain0);
        Assert.Equal([uint.MaxValue, uint.MaxValue, 0], new[] { 0u, 0x7FFFCu, 0x80000u }.Select(a => rig[a]));
    }

    [Fact] public void A_store_into_flash_is_a_bus_error() => Assert.False(New().Write(At, 0));

    [Fact] public void The_debug_lock_word_closes_the_access_port_after_a_reset()
    {
        var rig = New();
        Address(rig, LockBits + 127 * 4);
        Word(rig, 0xFFFF_FFF0);
        Assert.True(rig.Target.Enabled);
        rig.Target.SystemReset();
        Assert.False(rig.Target.Enabled);
    }

    [SvdFact]
    public void Registers_are_where_the_vendors_file_has_them_with_its_reset_values()
    {
        SvdExplanation[] explanations = [new("EFM32GG230F1024", "MSC.*", "read write", "write-only keys and flags; interrupts are not modelled")];
        var file = new SvdFile(Path.Combine(SvdFactAttribute.Folder!, "EFM32GG230F1024.svd.gz"));
        var chip = (ChipEfm32)new TargetRig("efm32gg").Target.Chip;
        var all = chip.Placed.SelectMany(block => SvdCheck.Compare(block, file)).Where(d => !explanations.Any(e => e.Covers(file.Name, d))).ToList();
        Assert.True(all.Count == 0, string.Join('\n', all));
    }
}

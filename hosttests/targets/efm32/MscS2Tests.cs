namespace SharpProbe.Tests.Targets.Efm32;

/// <summary>The memory system controller of the EFR32xG22 from the debugger's side.</summary>
public class MscS2Tests
{
    private const uint Clken1Set = 0x4000_9068, Msc = 0x4003_0000, WriteCtrl = Msc + 12, WriteCmd = Msc + 16, Addrb = Msc + 20, Wdata = Msc + 24, Status = Msc + 28, Lock = Msc + 0x3C, Misc = Msc + 0x40, PageLock0Set = Msc + 0x1120;
    private const uint ErasePage = 2, EraseMain0 = 256, Busy = 1, Locked = 2, Invalid = 4, Ready = 8, RegLock = 1 << 16, On = 1 << 24 | 1 << 27, At = 0x8000;

    private static TargetRig New()
    {
        var rig = new TargetRig("efr32mg22");
        rig.Halt();
        rig[Clken1Set] = 1 << 17;
        rig[WriteCtrl] = 1;
        return rig;
    }

    private static ulong Finish(TargetRig rig)
    {
        ulong start = rig.Probe.Time.Now;
        while ((rig[Status] & Busy) != 0) { }
        return rig.Probe.Time.Now - start;
    }

    [Fact] public void Without_its_clock_it_is_a_bus_error()
    {
        var rig = new TargetRig("efr32mg22");
        rig.Halt();
        Assert.False(rig.Write(WriteCtrl, 1));
    }

    [Fact] public void A_page_of_8_KB_is_erased_in_13_ms()
    {
        var rig = New();
        rig.Target.Chip.Bus.Find(0)!.Region!.Span.Clear();
        rig[Addrb] = At;
        rig[WriteCmd] = ErasePage;
        Assert.InRange(Finish(rig), 12 * TargetRig.Millisecond, 13 * TargetRig.Millisecond);
        Assert.Equal([0, uint.MaxValue, uint.MaxValue, 0], new[] { At - 4, At, At + 8188, At + 8192 }.Select(a => rig[a]));
    }

    [Fact] public void A_word_starts_by_itself_and_the_address_counts()
    {
        var rig = New();
        rig[Addrb] = At;
        for (uint i = 5; i < 8; i++)
        {
            rig[Wdata] = i;
            while ((rig[Status] & Ready) == 0) { }
        }
        Assert.InRange(Finish(rig), 30 * TargetRig.Microsecond, 60 * TargetRig.Microsecond);
        Assert.Equal([5, 6, 7, uint.MaxValue], new[] { At, At + 4, At + 8, At + 12 }.Select(a => rig[a]));
    }

    [Fact] public void A_locked_page_and_an_address_without_flash_are_told()
    {
        var rig = New();
        rig[PageLock0Set] = 1 << 4;
        rig[Addrb] = At;
        Assert.Equal(Locked | Ready | On, rig[Status]);
        rig[Wdata] = 5;
        rig[Addrb] = 0x8_0000;
        Assert.Equal(Invalid | Ready | On, rig[Status]);
        Assert.Equal(uint.MaxValue, rig[At]);
    }

    [Fact] public void Locked_registers_take_nothing()
    {
        var rig = New();
        rig[Lock] = 0;
        rig[Addrb] = At;
        rig[Wdata] = 5;
        Finish(rig);
        Assert.Equal((RegLock | Ready | On, uint.MaxValue), (rig[Status], rig[At]));
    }

    [Fact] public void A_mass_erase_needs_its_lock_bit_cleared()
    {
        var rig = New();
        rig.Target.Chip.Bus.Find(0)!.Region!.Span.Clear();
        rig[WriteCmd] = EraseMain0;
        Assert.Equal(0u, rig[0]);
        rig[Misc] = 0x10;
        rig[WriteCmd] = EraseMain0;
        Finish(rig);
        Assert.Equal((uint.MaxValue, uint.MaxValue), (rig[0], rig[0x7_FFFC]));
    }
}

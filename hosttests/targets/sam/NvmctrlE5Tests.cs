namespace SharpProbe.Tests.Targets.Sam;

/// <summary>The flash controller of the SAM E54 (DS60001507) where it is not the D21's.</summary>
public class NvmctrlE5Tests
{
    private const uint Nvm = 0x4100_4000, Ctrlb = Nvm + 4, Param = Nvm + 8, Intflag = Nvm + 0x10, Addr = Nvm + 0x14, Runlock = Nvm + 0x18;
    private const uint EraseBlock = 0xA501, WritePage = 0xA503, WriteQuad = 0xA504, LockRegion = 0xA511, UnlockRegion = 0xA512, SetSecurity = 0xA516, LockErase = 0xA518;
    private const uint Done = 1, Addre = 2, Proge = 4, Locke = 8, At = 0x1_0000;

    private static TargetRig New()
    {
        var rig = new TargetRig("same54");
        rig.Halt();
        return rig;
    }

    /// <summary>INTFLAG at the end, cleared.</summary>
    private static uint Run(TargetRig rig, uint command, uint address)
    {
        rig[Addr] = address;
        rig[Ctrlb] = command;
        uint flags;
        while (((flags = rig.Read(Intflag, 2)!.Value) & Done) == 0) { }
        rig.Write(Intflag, flags, 2);
        return flags;
    }

    [Fact] public void It_says_what_it_is()
    {
        var rig = New();
        Assert.Equal(0x6184_0300u, rig[0x4100_2118]);
        Assert.Equal(0x0006_0800u, rig[Param]);
        Assert.Equal(uint.MaxValue, rig[Runlock]);
    }

    [Fact] public void A_block_of_8_KB_is_erased()
    {
        var rig = New();
        rig.Target.Chip.Bus.Find(0)!.Region!.Span.Clear();
        ulong start = rig.Probe.Time.Now;
        Assert.Equal(Done, Run(rig, EraseBlock, At + 0x40));
        Assert.InRange(rig.Probe.Time.Now - start, 100 * TargetRig.Millisecond, 101 * TargetRig.Millisecond);
        Assert.Equal([0, uint.MaxValue, uint.MaxValue, 0], new[] { At - 4, At, At + 8188, At + 8192 }.Select(a => rig[a]));
    }

    [Fact] public void A_page_and_a_quad_word_are_written_from_the_buffer()
    {
        var rig = New();
        for (uint i = 0; i < 512; i += 4) rig[At + i] = i;
        Assert.Equal(Done, Run(rig, WritePage, At));
        for (uint i = 0; i < 16; i += 4) rig[At + 512 + i] = i;
        Assert.Equal(Done, Run(rig, WriteQuad, At + 512));
        Assert.Equal([0, 508, 12, uint.MaxValue], new[] { At, At + 508, At + 524, At + 528 }.Select(a => rig[a]));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Anything_but_a_word_into_the_buffer_is_a_bus_error(int width) => Assert.False(New().Write(At, 0, width));

    [Fact] public void A_double_word_that_is_programmed_again_stops_the_target_by_name()
    {
        var rig = New();
        for (int n = 0; n < 2; n++)
        {
            rig[At] = 5;
            rig[Addr] = At;
            rig.Write(Ctrlb, WriteQuad, 4);
            rig.Wait(TargetRig.Millisecond);
        }
        Assert.Contains("programmed again without an erase", rig.Target.Stopped?.Message);
    }

    [Fact] public void Refusals_have_their_flags()
    {
        var rig = New();
        Assert.Equal(Done | Proge, Run(rig, 0x01, At));
        Assert.Equal(Done | Addre, Run(rig, EraseBlock, 0x20_0000));
        Run(rig, LockRegion, At);
        Assert.Equal(~4u, rig[Runlock]);
        Assert.Equal(Done | Locke, Run(rig, EraseBlock, At));
        Run(rig, UnlockRegion, At);
        Assert.Equal(Done, Run(rig, EraseBlock, At));
    }

    [Fact] public void A_secured_part_is_opened_by_a_chip_erase_unless_CELCK_says_no()
    {
        var rig = New();
        Run(rig, LockErase, 0);
        rig.Write(0x4100_2100, 16, 1);
        Assert.Equal(16u, rig.Read(0x4100_2101, 1));
        Run(rig, SetSecurity, 0);
        rig.Target.SystemReset();
        Assert.Null(rig.Read(At));
        rig.Write(0x4100_2100, 16, 1);
        rig.Wait(600 * TargetRig.Millisecond);
        Assert.Equal(1u, rig.Read(0x4100_2101, 1));
        rig.Target.SystemReset();
        Assert.Equal(uint.MaxValue, rig[At]);
    }
}

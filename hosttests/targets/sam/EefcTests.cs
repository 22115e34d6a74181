namespace SharpProbe.Tests.Targets.Sam;

/// <summary>The EEFC of SAM3, SAM4 and SAM E70 from the debugger's side.</summary>
public class EefcTests
{
    private const uint Fcr = 4, Fsr = 8, Frr = 12, Ready = 1, CommandError = 2, LockError = 4;

    private static TargetRig New(string name, out uint efc, out uint flash)
    {
        var rig = new TargetRig(name);
        rig.Halt();
        efc = name == "same70" ? 0x400E_0C00u : 0x400E_0A00;
        flash = PlainProgram.Of(name).Flash;
        return rig;
    }

    /// <summary>FSR at the end.</summary>
    private static uint Run(TargetRig rig, uint efc, uint command, uint argument = 0)
    {
        rig[efc + Fcr] = 0x5A00_0000 | argument << 8 | command;
        uint status, errors = 0;
        while (((status = rig[efc + Fsr]) & Ready) == 0) errors |= status;
        return status | errors;
    }

    [Theory]
    [InlineData("sam4s", 0x400E_0740, 0x289B_07E0)]
    [InlineData("sam3x", 0x400E_0940, 0x285E_0A60)]
    [InlineData("same70", 0x400E_0940, 0xA10D_0A00)]
    public void It_says_what_it_is(string name, uint address, uint id) => Assert.Equal(id, New(name, out _, out _)[address]);

    [Theory]
    [InlineData("sam4s", 512)]
    [InlineData("sam3x", 256)]
    [InlineData("same70", 512)]
    public void A_page_is_programmed_from_the_latch_buffer(string name, uint page)
    {
        var rig = New(name, out uint efc, out uint flash);
        uint at = flash + 4 * page;
        for (uint i = 0; i < page; i += 4) rig[at + i] = i;
        Assert.Equal(uint.MaxValue, rig[at]);
        Assert.Equal(Ready, Run(rig, efc, 1, 4));
        Assert.Equal([uint.MaxValue, 0, page - 4, uint.MaxValue], new[] { at - 4, at, at + page - 4, at + page }.Select(a => rig[a]));
    }

    [Fact] public void Sixteen_pages_are_erased()
    {
        var rig = New("sam4s", out uint efc, out uint flash);
        rig.Target.Chip.Bus.Find(flash)!.Region!.Span.Clear();
        ulong start = rig.Probe.Time.Now;
        Assert.Equal(Ready, Run(rig, efc, 7, 32 | 2));
        Assert.InRange(rig.Probe.Time.Now - start, 50 * TargetRig.Millisecond, 51 * TargetRig.Millisecond);
        Assert.Equal([0, uint.MaxValue, uint.MaxValue, 0], new[] { 0x3FFCu, 0x4000u, 0x5FFCu, 0x6000u }.Select(a => rig[flash + a]));
    }

    [Theory]
    [InlineData("sam4s", 7, 4 | 2)]         // not a multiple of 16
    [InlineData("sam4s", 7, 64 | 0)]        // four pages of a large sector
    [InlineData("sam4s", 3, 64)]            // EWP there
    [InlineData("sam4s", 1, 256)]           // no such page
    [InlineData("sam3x", 7, 0)]             // no such command
    public void What_it_cannot_do_is_a_command_error(string name, uint command, uint argument)
    {
        var rig = New(name, out uint efc, out _);
        Assert.Equal(Ready | CommandError, Run(rig, efc, command, argument));
        Assert.Equal(Ready, rig[efc + Fsr]);
    }

    [Fact] public void A_wrong_key_is_a_command_error()
    {
        var rig = New("sam4s", out uint efc, out _);
        rig[efc + Fcr] = 0xA500_0005;
        Assert.Equal(Ready | CommandError, rig[efc + Fsr]);
    }

    [Fact] public void A_locked_region_is_a_lock_error_until_it_is_opened()
    {
        var rig = New("sam4s", out uint efc, out _);
        Run(rig, efc, 8, 16);
        Run(rig, efc, 10);
        Assert.Equal(2u, rig[efc + Frr]);
        Assert.Equal(Ready | LockError, Run(rig, efc, 7, 16 | 2));
        Assert.Equal(Ready | LockError, Run(rig, efc, 5));
        Run(rig, efc, 9, 16);
        Assert.Equal(Ready, Run(rig, efc, 7, 16 | 2));
    }

    [Fact] public void Words_out_of_order_stop_the_target_by_name()
    {
        var rig = New("sam4s", out _, out uint flash);
        rig[flash] = 0;
        rig.Write(flash + 8, 0);
        Assert.Contains("does not follow", rig.Target.Stopped?.Message);
    }

    [Fact] public void A_half_word_into_the_latch_buffer_is_a_bus_error() => Assert.False(New("sam4s", out _, out uint flash).Write(flash, 0, 2));

    [Fact] public void The_unique_id_stands_where_the_flash_begins_until_it_is_stopped()
    {
        var rig = New("sam4s", out uint efc, out uint flash);
        rig[efc + Fcr] = 0x5A00_000E;
        Assert.Equal(0u, rig[efc + Fsr] & Ready);
        Assert.Equal(0x3353_4B31u, rig[flash]);
        Assert.Equal(Ready, Run(rig, efc, 15));
        Assert.Equal(uint.MaxValue, rig[flash]);
    }

    [Fact] public void GPNVM_1_decides_what_stands_at_0_and_GPNVM_0_closes_the_access_port()
    {
        var rig = New("sam4s", out uint efc, out _);
        Run(rig, efc, 12, 1);
        rig.Target.SystemReset();
        Assert.Equal(0x0080_0009u, rig[4]);
        Run(rig, efc, 11, 1);
        Run(rig, efc, 11, 0);
        Assert.True(rig.Target.Enabled);
        rig.Target.SystemReset();
        Assert.False(rig.Target.Enabled);
    }

    [Fact] public void The_second_plane_of_a_SAM3X_has_its_own_controller()
    {
        var rig = New("sam3x", out _, out uint flash);
        uint second = flash + 256 * 1024;
        for (uint i = 0; i < 256; i += 4) rig[second + i] = 7;
        Assert.Equal(Ready, Run(rig, 0x400E_0C00, 3, 0));
        Assert.Equal(7u, rig[second + 252]);
    }
}

using static SharpProbe.Tests.Targets.BusRig;
using static SharpProbe.Tests.Targets.Nxp.NxpRig;

namespace SharpProbe.Tests.Targets.Nxp;

/// <summary>Flash module of the Kinetis, as a debugger drives it over the bus.</summary>
public class FtfxTests
{
    private const uint Base = 0x4002_0000, Fstat = Base, Command = Base + 4, Data = Base + 8, Fsec = Base + 2, Fprot = Base + 0x10;
    private const byte Mgstat0 = 1, Fpviol = 0x10, Accerr = 0x20, Rdcolerr = 0x40, Ccif = 0x80;

    private static NxpRig Halted(string target = "mkl25z128")
    {
        var rig = new NxpRig(target, NxpImage.Of(0x1000));
        rig.Halt();
        return rig;
    }

    /// <summary>Starts a command and waits. Returns FSTAT and the time in femtoseconds.</summary>
    private static (byte Status, ulong Took) Run(NxpRig rig, byte command, uint address, params uint[] data)
    {
        rig[Command] = (uint)command << 24 | address;
        for (uint i = 0; i < data.Length; i++) rig[Data + i * 4] = data[i];
        ulong start = rig.Probe.Time.Now;
        Assert.True(rig.Write(Fstat, Ccif, 1));
        while ((rig.Read(Fstat, 1)!.Value & Ccif) == 0) { }
        return ((byte)rig.Read(Fstat, 1)!.Value, rig.Probe.Time.Now - start);
    }

    [Fact] public void A_long_word_takes_65_us_and_a_sector_14_ms()
    {
        var rig = Halted();
        var (status, took) = Run(rig, 0x09, 0x2000);
        Assert.Equal(Ccif, status);
        Assert.InRange(took, 14 * Millisecond, 14 * Millisecond + 2 * Microsecond);
        (status, took) = Run(rig, 0x06, 0x2004, 0xCAFE_4711);
        Assert.Equal(Ccif, status);
        Assert.InRange(took, 65 * Microsecond, 67 * Microsecond);
        Assert.Equal(0xCAFE_4711u, rig[0x2004]);
    }

    [Fact] public void A_phrase_takes_90_us_and_both_its_words_are_in_order()
    {
        var rig = Halted("mk64fn1m0");
        Assert.Equal(Ccif, Run(rig, 0x09, 0x8000).Status);
        var (status, took) = Run(rig, 0x07, 0x8008, 0x1122_3344, 0x5566_7788);
        Assert.Equal(Ccif, status);
        Assert.InRange(took, 90 * Microsecond, 92 * Microsecond);
        Assert.Equal(0x1122_3344u, rig[0x8008]);
        Assert.Equal(0x5566_7788u, rig[0x800C]);
    }

    [Theory]
    [InlineData(0x06, 0x2002, "misaligned")]
    [InlineData(0x06, 0x20000, "behind the end")]
    [InlineData(0x07, 0x2000, "a command of another generation")]
    [InlineData(0x08, 0x2000, "a command of parts with two blocks")]
    [InlineData(0x09, 0x2002, "misaligned sector")]
    public void What_the_manual_forbids_sets_ACCERR_and_nothing_starts_until_it_is_cleared(byte command, uint address, string what)
    {
        var rig = Halted();
        Assert.True((Run(rig, command, address, 0).Status & Accerr) != 0, what);
        Assert.Equal(Ccif | Accerr, Run(rig, 0x09, 0x2000).Status);
        rig.Write(Fstat, 0x70, 1);
        Assert.Equal(Ccif, Run(rig, 0x09, 0x2000).Status);
    }

    [Fact] public void A_bit_from_0_to_1_is_told_by_MGSTAT0()
    {
        var rig = Halted();
        Run(rig, 0x09, 0x2000);
        Run(rig, 0x06, 0x2000, 0xFFFF_0000);
        Assert.Equal(Ccif | Mgstat0, Run(rig, 0x06, 0x2000, 0x0000_FFFF).Status);
        Assert.Equal(0u, rig[0x2000]);
        Assert.Equal(Ccif, Run(rig, 0x06, 0x2004, 0).Status);
    }

    [Fact] public void A_protected_region_gives_FPVIOL_until_the_next_reset()
    {
        var rig = Halted();
        rig.Write(Fprot, 0xFD, 1);
        Assert.Equal(Ccif | Fpviol, Run(rig, 0x09, 0x1000).Status);
        rig.Write(Fstat, 0x70, 1);
        Assert.Equal(Ccif, Run(rig, 0x09, 0x2000).Status);
        Assert.Equal(Ccif | Fpviol, Run(rig, 0x44, 0).Status);
        rig.Write(Fprot, 0xFF, 1);
        Assert.Equal(0xFDu, rig.Read(Fprot, 1));
    }

    [Fact] public void Reading_flash_while_a_command_runs_is_told_by_RDCOLERR()
    {
        var rig = Halted();
        rig[Command] = 0x0900_2000;
        rig.Write(Fstat, Ccif, 1);
        _ = rig[0];
        rig.Wait(20 * Millisecond);
        Assert.Equal(Ccif | (uint)Rdcolerr, rig.Read(Fstat, 1));
    }

    [Fact] public void Read_ones_tells_what_is_blank()
    {
        var rig = Halted();
        Assert.Equal(Ccif | Mgstat0, Run(rig, 0x40, 0).Status);
        Assert.Equal(Ccif, Run(rig, 0x01, 0x2000, 0x0010_0000).Status);
        Assert.Equal(Ccif, Run(rig, 0x44, 0).Status);
        Assert.Equal(Ccif, Run(rig, 0x40, 0).Status);
    }

    [Fact] public void An_erased_configuration_field_secures_the_part_at_the_next_reset()
    {
        var rig = Halted();
        Run(rig, 0x09, 0x400);
        Assert.Equal(0xFEu, rig.Read(Fsec, 1));
        Assert.True(rig.Target.Enabled);
        rig.Target.SystemReset();
        Assert.False(rig.Target.Enabled);
    }

    [Fact] public void Power_lost_in_an_erase_leaves_noise_in_that_sector_alone()
    {
        var rig = Halted();
        rig[Command] = 0x0900_0800;
        rig.Write(Fstat, Ccif, 1);
        rig.Wait(Millisecond);
        rig.Target.PowerOff();
        rig.Target.PowerOn();
        byte[] image = NxpImage.Of(0x1000), flash = rig.Kinetis.Part.Array.Span[..0x1000].ToArray();
        Assert.Equal(image[..0x800], flash[..0x800]);
        Assert.Equal(image[0xC00..], flash[0xC00..]);
        Assert.NotEqual(image[0x800..0xC00], flash[0x800..0xC00]);
        Assert.Contains(flash[0x800..0xC00], b => b != 0xFF);
    }

    [Fact] public void The_COP_resets_a_program_that_does_not_serve_it_and_stands_while_a_debugger_holds_the_core()
    {
        var rig = new NxpRig("mkl25z128", NxpImage.Of(0x800));
        int resets = 0;
        rig.Target.WasReset += (_, _) => resets++;
        rig.Wait(1100 * Millisecond);
        Assert.Equal(1, resets);
        rig.Halt();
        rig.Wait(1500 * Millisecond);
        Assert.Equal(1, resets);
    }

    [Fact] public void A_blank_part_locks_up_and_resets_again_and_again()
    {
        var rig = new NxpRig("mkl25z128");
        int resets = 0;
        rig.Target.WasReset += (_, _) => resets++;
        rig.Wait(Millisecond);
        Assert.InRange(resets, 10, 100);
    }
}

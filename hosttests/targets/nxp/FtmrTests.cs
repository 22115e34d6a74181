using static SharpProbe.Tests.Targets.BusRig;
using static SharpProbe.Tests.Targets.Nxp.NxpRig;

namespace SharpProbe.Tests.Targets.Nxp;

/// <summary>Flash modules of the Kinetis KE0x, as a debugger drives them over the bus.</summary>
public class FtmrTests
{
    private const byte Mgstat = 3, Fpviol = 0x10, Accerr = 0x20, Ccif = 0x80;

    /// <summary>Offsets in the two modules: FCCOBIX, FCCOBLO, FCCOBHI, FSTAT, FCLKDIV, FPROT, and a divider for the clock after reset.</summary>
    private static (uint Index, uint Low, uint High, uint Status, uint Divider, uint Protection, byte For) Of(string target) =>
        target == "mke06z128" ? (1u, 8u, 9u, 5u, 3u, 0xBu, (byte)23) : (2u, 0xBu, 0xAu, 6u, 0u, 8u, (byte)15);

    public static TheoryData<string> Parts => ["mke06z128", "mke02z64"];

    private static NxpRig Halted(string target)
    {
        var rig = new NxpRig(target, NxpImage.Of(0x1000, target: target));
        rig.Halt();
        return rig;
    }

    private static NxpRig Ready(string target)
    {
        var rig = Halted(target);
        Byte(rig, Of(target).Divider, Of(target).For);
        return rig;
    }

    private static void Byte(NxpRig rig, uint offset, byte value) => Assert.True(rig.Write(0x4002_0000 + offset, value, 1), rig.Target.LastStop?.ToString());

    private static byte Status(NxpRig rig) => (byte)rig.Read(0x4002_0000 + Of(rig.Target.Name).Status, 1)!.Value;

    private static void Start(NxpRig rig, byte command, uint address, params ushort[] data)
    {
        var at = Of(rig.Target.Name);
        ushort[] words = [(ushort)(command << 8 | (int)(address >> 16)), (ushort)address, .. data];
        if (command is 1 or 8 or 0xB) words = words[..1];
        for (int i = 0; i < words.Length; i++)
        {
            Byte(rig, at.Index, (byte)i);
            Byte(rig, at.High, (byte)(words[i] >> 8));
            Byte(rig, at.Low, (byte)words[i]);
        }
        Byte(rig, at.Status, Ccif);
    }

    private static (byte Status, ulong Took) Run(NxpRig rig, byte command, uint address, params ushort[] data)
    {
        ulong start = rig.Probe.Time.Now;
        Start(rig, command, address, data);
        while ((Status(rig) & Ccif) == 0) { }
        return (Status(rig), rig.Probe.Time.Now - start);
    }

    [Theory, MemberData(nameof(Parts))]
    public void A_sector_takes_20_ms_and_two_long_words_210_us(string target)
    {
        var rig = Ready(target);
        var (status, took) = Run(rig, 0x0A, 0x2000);
        Assert.Equal(Ccif, status);
        Assert.InRange(took, 20_050 * Microsecond, 20_100 * Microsecond);
        (status, took) = Run(rig, 0x06, 0x2008, 0x4711, 0xCAFE, 0x3344, 0x1122);
        Assert.Equal(Ccif, status);
        Assert.InRange(took, 210 * Microsecond, 230 * Microsecond);
        Assert.Equal((0xCAFE_4711u, 0x1122_3344u), (rig[0x2008], rig[0x200C]));
        Assert.Equal(Ccif, Run(rig, 0x06, 0x2010, 0x4711, 0xCAFE).Status);
        Assert.Equal(Ccif | Mgstat, Run(rig, 0x06, 0x2010, 0xFFFF, 0xFFFF).Status);
    }

    [Theory, MemberData(nameof(Parts))]
    public void Before_FCLKDIV_was_written_nothing_is_done_and_a_wrong_clock_stops_the_target(string target)
    {
        var rig = Halted(target);
        Assert.Equal(Ccif | Accerr, Run(rig, 0x0A, 0x2000).Status);
        Byte(rig, Of(target).Status, 0x30);
        Byte(rig, Of(target).Divider, 3);
        Assert.ThrowsAny<Exception>(() => Start(rig, 0x0A, 0x2000));
        Assert.Contains("flash clock", rig.Target.LastStop!.Message);
    }

    [Theory]
    [InlineData(0x06, 0x2002, "misaligned")]
    [InlineData(0x06, 0x20000, "behind the end")]
    [InlineData(0x05, 0x2000, "no such command")]
    public void What_the_manual_forbids_sets_ACCERR_and_nothing_starts_until_it_is_cleared(byte command, uint address, string what)
    {
        var rig = Ready("mke06z128");
        Assert.True((Run(rig, command, address, 0, 0).Status & Accerr) != 0, what);
        Assert.Equal(Ccif | Accerr, Run(rig, 0x0A, 0x2000).Status);
        Byte(rig, Of("mke06z128").Status, 0x30);
        Assert.Equal(Ccif, Run(rig, 0x0A, 0x2000).Status);
        Assert.Equal(Ccif | Accerr, Run(rig, 0x06, 0x2000, 0).Status);
    }

    [Fact] public void FPROT_protects_from_0_on_and_below_0x8000()
    {
        var rig = Ready("mke06z128");
        Byte(rig, Of("mke06z128").Protection, 0xC1 | 0x08);         // low: 4 KB, high: 2 KB
        foreach (var (address, flag) in (ReadOnlySpan<(uint, byte)>)[(0xE00, Fpviol), (0x1000, 0), (0x7600, 0), (0x7800, Fpviol), (0x8000, 0)])
        {
            Assert.Equal(Ccif | flag, Run(rig, 0x0A, address).Status);
            Byte(rig, Of("mke06z128").Status, 0x30);
        }
        Assert.Equal(Ccif | Fpviol, Run(rig, 0x08, 0).Status);
    }

    [Theory, MemberData(nameof(Parts))]
    public void An_erased_configuration_field_secures_the_part_at_the_next_reset_only(string target)
    {
        var rig = Ready(target);
        Assert.Equal(Ccif, Run(rig, 0x08, 0).Status);
        Assert.Equal(Ccif, Run(rig, 0x01, 0).Status);
        Assert.True(rig.Target.Enabled);
        rig.Target.SystemReset();
        Assert.False(rig.Target.Enabled);
    }

    [Fact] public void Power_lost_in_an_erase_leaves_noise_in_that_sector_alone()
    {
        var rig = Ready("mke02z64");
        Start(rig, 0x0A, 0x800);
        rig.Wait(Millisecond);
        rig.Target.PowerOff();
        rig.Target.PowerOn();
        byte[] image = NxpImage.Of(0x1000, target: "mke02z64"), flash = rig.Kinetis.Part.Array.Span[..0x1000].ToArray();
        Assert.Equal(image[..0x800], flash[..0x800]);
        Assert.Equal(image[0xA00..], flash[0xA00..]);
        Assert.NotEqual(image[0x800..0xA00], flash[0x800..0xA00]);
        Assert.Contains(flash[0x800..0xA00], b => b != 0xFF);
    }

    [Fact] public void The_watchdog_resets_a_program_after_4_ms_and_stands_while_a_debugger_holds_the_core()
    {
        var rig = new NxpRig("mke06z128", NxpImage.Of(0x800, target: "mke06z128"));
        int resets = 0;
        rig.Target.WasReset += (_, _) => resets++;
        rig.Wait(21 * Millisecond);
        Assert.Equal(5, resets);
        rig.Halt();
        rig.Wait(20 * Millisecond);
        Assert.Equal(5, resets);
        rig.Write(0x4005_2000, 0, 1);
        rig.Wait(Millisecond);
        Assert.Equal(6, resets);
    }
}

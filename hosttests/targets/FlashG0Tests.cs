namespace SharpProbe.Tests.Targets;

/// <summary>Where the flash controller of the STM32G0 (RM0444 3) is not the L4's: one bank, 64 pages, CFGBSY; and its Cortex-M0+.</summary>
public class FlashG0Tests
{
    private const uint Keyr = 0x4002_2008, Sr = 0x4002_2010, Cr = 0x4002_2014, Flash = TargetRig.Flash, Page = 2048, At = Flash + 16 * Page;
    private const uint Pg = 1, Per = 2, Mer1 = 4, Start = 1 << 16, ProgErr = 1 << 3, Bsy = 1 << 16, CfgBsy = 1 << 18;

    private static TargetRig Unlocked() => TargetRig.Unlocked("stm32g071", Keyr);

    private static ulong Duration(TargetRig rig) => rig.Until(Sr, Bsy, 0);

    [Fact]
    public void CFGBSY_tells_of_a_double_word_that_is_begun()
    {
        var rig = Unlocked();
        rig[Cr] = Pg;
        rig[At] = 1;
        Assert.Equal(CfgBsy, rig[Sr]);
        rig[At + 4] = 2;
        Assert.Equal(Bsy | CfgBsy, rig[Sr]);
        Assert.InRange(Duration(rig), 80 * TargetRig.Microsecond, 90 * TargetRig.Microsecond);
        Assert.Equal(0u, rig[Sr]);
        Assert.Equal(1u, rig[At]);
        Assert.Equal(2u, rig[At + 4]);
        rig[At] = 0;
        rig[At + 4] = 3;
        Assert.Equal(ProgErr, rig[Sr]);
    }

    [Fact]
    public void A_page_erase_takes_22_milliseconds_and_the_last_page_has_number_63()
    {
        var rig = Unlocked();
        rig.Target.Chip.Bus.Find(Flash)!.Region!.Span.Clear();
        rig[Cr] = Per | 63 << 3;
        rig[Cr] = Per | 63 << 3 | Start;
        Assert.InRange(Duration(rig), 22 * TargetRig.Millisecond, 23 * TargetRig.Millisecond);
        Assert.Equal(0u, rig[Flash + 63 * Page - 4]);
        Assert.Equal(uint.MaxValue, rig[Flash + 63 * Page]);
        Assert.Equal(uint.MaxValue, rig[Flash + 64 * Page - 4]);
    }

    [Fact]
    public void All_of_it_waits_while_it_is_busy()
    {
        var rig = Unlocked();
        rig[Cr] = Mer1;
        rig[Cr] = Mer1 | Start;
        ulong start = rig.Probe.Time.Now;
        Assert.Equal(uint.MaxValue, rig[Flash + 63 * Page]);
        Assert.InRange(rig.Probe.Time.Now - start, 21 * TargetRig.Millisecond, 23 * TargetRig.Millisecond);
    }

    [Fact]
    public void What_its_private_bus_does_not_have_reads_as_zero()
    {
        var rig = Unlocked();
        Assert.Equal(0u, rig[0xE004_2000]);
        Assert.Equal(0x2000_6460u, rig[0x4001_5800]);
        Assert.Equal(0xF00F_F003u, rig[0xF000_0000]);
    }
}

using static SharpProbe.Tests.Targets.BusRig;

namespace SharpProbe.Tests.Targets.Nxp;

/// <summary>The core's oscillator in LPC8xx, 11xx, 13xx and 15xx.</summary>
public class SysconTests
{
    [Theory]
    [InlineData("lpc11u24", 0x4004_8238u, 1u)]
    [InlineData("lpc1343", 0x4004_8238u, 2u)]
    [InlineData("lpc824", 0x4004_8238u, 3u)]
    [InlineData("lpc1549", 0x4007_4208u, 8u)]
    [InlineData("lpc1549", 0x4007_4208u, 16u)]
    public void A_core_whose_oscillator_is_switched_off_stops_the_target(string name, uint power, uint off)
    {
        var rig = new NxpRig(name);
        uint before = rig[power];
        Assert.Null(rig.Target.Stopped);
        rig.Write(power, before | off);
        Assert.Contains("the core has no clock: it is on the internal oscillator", rig.Target.Stopped?.ToString());
    }

    [Theory]
    [InlineData("lpc11u24")]
    [InlineData("lpc824")]
    [InlineData("lpc1549")]
    public void A_crystal_that_is_switched_off_is_no_clock_either(string name)
    {
        var rig = new NxpRig(name);
        (uint, uint)[] select = name == "lpc1549" ? [(0x4007_4080, 1)] : [(0x4004_8040, 1), (0x4004_8070, 1), (0x4004_8074, 0), (0x4004_8074, 1)];
        foreach (var (address, value) in select) rig.Write(address, value);
        Assert.Contains("the core has no clock: it is on the crystal oscillator", rig.Target.Stopped?.ToString());
    }
}

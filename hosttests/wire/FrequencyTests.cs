using SharpProbe.Sim;

namespace SharpProbe.Tests.Wire;

public class FrequencyTests
{
    private const uint Step = 3;                                 // cycles of a delay turn of these pins

    [Theory]
    [InlineData(10_000)]
    [InlineData(100_000)]
    [InlineData(1_000_000)]
    [InlineData(2_500_000)]
    [InlineData(4_000_000)]
    [InlineData(9_000_000)]
    [InlineData(50_000_000)]
    public void The_pin_is_never_faster_than_asked_and_at_most_a_step_slower(uint hertz)
    {
        var rig = new WireRig();
        rig.Wire.Connect();
        rig.Wire.Frequency = hertz;
        double period = Period(rig);
        Assert.True(period >= (double)WireRig.Hertz / Math.Min(hertz, rig.Wire.MaxFrequency) - 0.01, $"{period}");
        Assert.True(hertz >= rig.Wire.MaxFrequency || period <= Math.Max((double)WireRig.Hertz / hertz * 1.01, (double)WireRig.Hertz / hertz + Step) || period <= 8 + 2 * Step, $"{period}");
        Assert.Equal(WireRig.Hertz / period, rig.Wire.Frequency, 0.01 * rig.Wire.Frequency);
    }

    [Fact]
    public void Nothing_moves_while_the_clock_is_measured()
    {
        var rig = new WireRig();
        int changes = 0;
        rig.Swclk.Changed += _ => changes++;
        rig.Swdio.Changed += _ => changes++;
        _ = rig.Wire.MaxFrequency;
        Assert.Equal(0, changes);
    }

    /// <summary>Cycles a clock, over 32 of them.</summary>
    private static double Period(WireRig rig)
    {
        List<ulong> rises = [];
        rig.Swclk.Changed += change => { if (change.After == SharpProbe.Sim.Pins.Level.High) rises.Add(change.Time); };
        rig.Wire.Out(0, 32);
        return (rises[^1] - rises[0]) / 31.0 * WireRig.Hertz / TimeBase.Second;
    }
}

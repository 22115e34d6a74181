using SharpProbe.Sim;
using SharpProbe.Sim.Pins;
using SharpProbe.Wire;

namespace SharpProbe.Tests.Wire;

/// <summary>Words that a block beside the pins clocks in.</summary>
public class ShifterTests
{
    private const uint Fastest = 27_000_000;

    [Theory]
    [InlineData(1_000)]
    [InlineData(1_000_000)]
    [InlineData(3_000_000)]
    [InlineData(7_000_000)]
    [InlineData(13_500_000)]
    [InlineData(20_000_000)]
    [InlineData(50_000_000)]
    public void No_clock_is_faster_than_asked_and_no_read_slower_than_without(uint hertz)
    {
        var (plain, _) = Read(0, hertz);
        var (shifted, shortest) = Read(Fastest, hertz);
        Assert.True(shifted <= plain, $"{shifted} cycles, and {plain} without");
        Assert.True(shortest >= (double)WireRig.Hertz / hertz - 0.01, $"{shortest} cycles");
    }

    [Theory]
    [InlineData(14_000_000, 13_500_000)]
    [InlineData(50_000_000, 27_000_000)]
    public void What_is_told_is_not_slower_than_what_the_shifter_does(uint asked, uint told)
    {
        var rig = new WireRig(shifter: Fastest).Scanned();
        rig.Wire.Frequency = asked;
        Assert.InRange(rig.Wire.Frequency, told, asked);
    }

    [Theory]
    [InlineData(2, false)]
    [InlineData(1, true)]
    public void Turnaround_and_data_phase_are_those_of_the_target(int turnaround, bool dataPhase)
    {
        var rig = new WireRig(shifter: Fastest).Scanned();
        Assert.Equal(SwdAck.Ok, rig.Wire.Write(SwdRequest.WriteDp(8), 1));             // DLCR.TURNROUND
        Assert.Equal(SwdAck.Ok, rig.Wire.Write(SwdRequest.WriteDp(4), 0x5000_0000 | (dataPhase ? 1u : 0)));
        Assert.Equal(SwdAck.Ok, rig.Wire.Write(SwdRequest.WriteDp(8), 1));
        if (turnaround == 2) Assert.Equal(SwdAck.Ok, rig.Wire.Write(SwdRequest.WriteDp(4), (uint)(turnaround - 1) << 8));
        (rig.Wire.Turnaround, rig.Wire.DataPhase) = (turnaround, dataPhase);
        Assert.Equal(SwdAck.Ok, rig.Wire.Read(SwdRequest.ReadDp(0), out uint id));
        Assert.Equal(0x1BA0_1477u, id);
    }

    /// <summary>DPIDR: cycles that it takes, and the shortest clock.</summary>
    private static (ulong Cycles, double Shortest) Read(uint shifter, uint hertz)
    {
        var rig = new WireRig(shifter: shifter).Scanned();
        rig.Wire.Frequency = hertz;
        List<ulong> rises = [];
        rig.Swclk.Changed += change => { if (change.After == Level.High) rises.Add(change.Time); };
        ulong start = rig.Time.Cycles;
        Assert.Equal(SwdAck.Ok, rig.Wire.Read(SwdRequest.ReadDp(0), out uint id));
        Assert.Equal(0x1BA0_1477u, id);
        ulong cycles = rig.Time.Cycles - start;
        return (cycles, rises.Zip(rises.Skip(1), (a, b) => b - a).Min() * (double)WireRig.Hertz / TimeBase.Second);
    }
}

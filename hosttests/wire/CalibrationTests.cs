using System.Text;
using SharpProbe.Monitoring;
using SharpProbe.Settings;
using SharpProbe.Sim;
using SharpProbe.Sim.Pins;
using SharpProbe.Tests.Debugging;
using SharpProbe.Tests.Flashing;
using SharpProbe.Tests.GdbServing;
using SharpProbe.Wire;

namespace SharpProbe.Tests.Wire;

/// <summary>The two numbers that the delays are derived from, and the wave that shows whether they are right.</summary>
public class CalibrationTests
{
    private readonly WireRig _rig = new();
    private readonly FakeFlash _flash = new(32, 1, 4096, 4096);
    private readonly ProbeMonitor _monitor = new(new FakeSession(), new FakeClock(), new FakeBackground());

    public CalibrationTests()
    {
        (_monitor.Wire, _monitor.Wave) = (_rig.Wire, new(_rig.Wire));
        _monitor.Settings = new(new SettingsStore(_flash, 0));
    }

    private string Type(string line)
    {
        var output = new TextLog();
        return (_monitor.Execute(Encoding.ASCII.GetBytes(line), output) == CommandResult.Done ? "" : "!") + output.Text;
    }

    private uint FrequencyAt(uint hertz)
    {
        _rig.Wire.Frequency = hertz;
        return _rig.Wire.Frequency;
    }

    [Fact]
    public void The_numbers_are_the_turns_of_half_a_millisecond_and_the_fastest_clock()
    {
        WireCalibration calibration = _rig.Wire.Calibration;
        Assert.InRange(calibration.Loops, 35_950u, 36_000u);       // 108 000 cycles at 3 a turn, less the stores
        Assert.Equal((_rig.Wire.MaxFrequency, false), (calibration.Hertz, calibration.IsSet));
    }

    [Fact]
    public void Setting_what_was_measured_changes_nothing()
    {
        uint[] asked = [1_000, 10_000, 123_456, 1_000_000, 4_000_000, 9_000_000, 50_000_000], before = [.. asked.Select(FrequencyAt)];
        WireCalibration calibration = _rig.Wire.Calibration;
        Assert.True(_rig.Wire.TryCalibrate(calibration.Loops, calibration.Hertz));
        Assert.Equal(before, asked.Select(FrequencyAt));
        Assert.True(_rig.Wire.Calibration.IsSet);
    }

    [Theory]
    [InlineData(1_000)]
    [InlineData(500_000)]
    public void A_tenth_more_loops_make_clocks_a_tenth_longer(uint hertz)
    {
        double before = Period(hertz);
        WireCalibration calibration = _rig.Wire.Calibration;
        Assert.True(_rig.Wire.TryCalibrate(calibration.Loops * 11 / 10, calibration.Hertz));
        Assert.Equal(1.1, Period(hertz) / before, 0.01);
        Assert.InRange(_rig.Wire.Frequency, hertz * 0.98, hertz);
    }

    [Fact]
    public void JTAG_follows()
    {
        _rig.Wire.Frequency = 100_000;
        _rig.Jtag.Connect();
        double before = Shift();
        WireCalibration calibration = _rig.Wire.Calibration;
        Assert.True(_rig.Wire.TryCalibrate(calibration.Loops * 11 / 10, calibration.Hertz));
        Assert.Equal(1.1, Shift() / before, 0.01);
        _rig.Wire.Calibrate();
        Assert.Equal(before, Shift());
    }

    [Fact]
    public void JTAG_measures_its_loops_again_too()
    {
        _rig.Wire.Frequency = 100_000;
        _rig.Jtag.Connect();
        double before = Shift();
        _rig.TurnCycles = 4;                                 // as where the core's clock is another
        Assert.Equal(4 / 3.0, Shift() / before, 0.02);
        _rig.Wire.Calibrate();
        Assert.Equal(1, Shift() / before, 0.02);
        Assert.InRange(_rig.Jtag.Frequency, 98_000u, 100_000u);
    }

    /// <summary>Cycles of 32 clocks of JTAG.</summary>
    private double Shift()
    {
        _ = _rig.Jtag.Shift(0, 1, tms: false);               // the clock is chosen here
        ulong start = _rig.Time.Cycles;
        _ = _rig.Jtag.Shift(0, 32, tms: false);
        return _rig.Time.Cycles - start;
    }

    [Fact]
    public void From_the_fastest_clock_on_there_is_no_delay()
    {
        double fastest = Period(uint.MaxValue);
        Assert.True(_rig.Wire.TryCalibrate(_rig.Wire.Calibration.Loops, 5_000_000));
        Assert.Equal(fastest, Period(5_000_000));
        Assert.Equal(5_000_000u, _rig.Wire.Frequency);
        Assert.True(Period(4_999_999) > fastest);
    }

    [Fact]
    public void Measuring_again_forgets_what_was_set()
    {
        WireCalibration measured = _rig.Wire.Calibration;
        _rig.Wire.TryCalibrate(measured.Loops + 1000, 5_000_000);
        _rig.Wire.Calibrate();
        Assert.Equal((measured.Loops, measured.Hertz, false), (_rig.Wire.Calibration.Loops, _rig.Wire.Calibration.Hertz, _rig.Wire.Calibration.IsSet));
    }

    [Fact]
    public void The_command_tells_sets_keeps_and_forgets()
    {
        WireCalibration measured = _rig.Wire.Calibration;
        Assert.Equal($"calibration: {measured.Loops} {measured.Hertz} (delay loops for 1 kHz, fastest clock in Hz; measured)\n", Type("calibrate"));
        Assert.Equal("calibration: 36500 9000000 (delay loops for 1 kHz, fastest clock in Hz; set)\n", Type("calibrate 36500 9M"));
        Assert.StartsWith("calibration: 36500 9000000 (", Type("settings calibration"));
        Assert.Contains("; measured)", Type("calibrate off"));
        Assert.StartsWith("calibration: not set", Type("settings calibration"));
    }

    [Theory]
    [InlineData("calibrate 9011 8000000", "!That is not half")]
    [InlineData("calibrate 4000000000 8000000", "!That is not half")]
    [InlineData("calibrate 36000 fast", "!usage: ")]
    [InlineData("calibrate 36000 10", "!That is not half")]
    [InlineData("calibrate 36000", "!usage: ")]
    [InlineData("calibrate wave", "!usage: ")]
    [InlineData("calibrate sideways", "!usage: ")]
    public void What_makes_no_sense_is_refused_and_changes_nothing(string typed, string said)
    {
        WireCalibration before = _rig.Wire.Calibration;
        Assert.StartsWith(said, Type(typed));
        Assert.Equal((before.Loops, before.Hertz, false), (_rig.Wire.Calibration.Loops, _rig.Wire.Calibration.Hertz, _rig.Wire.Calibration.IsSet));
        Assert.Equal(0, _flash.Operations);
    }

    [Theory]
    [InlineData(1_000)]
    [InlineData(1_000_000)]
    [InlineData(9_000_000)]
    public void The_wave_has_the_frequency_and_moves_SWCLK_only(uint hertz)
    {
        _rig.Wire.Frequency = 2_000_000;
        uint before = _rig.Wire.Frequency;
        Assert.StartsWith("SWCLK is a square wave of ", Type($"calibrate wave {hertz}"));
        List<ulong> rises = [];
        int data = 0;
        _rig.Swclk.Changed += change => { if (change.After == Level.High) rises.Add(change.Time); };
        _rig.Swdio.Changed += _ => data++;
        ulong start = _rig.Time.Cycles;
        _monitor.Wave!.Poll();
        Assert.InRange(_rig.Time.Cycles - start, 0.9 * WireRig.Hertz / 1000, 17.0 * WireRig.Hertz / 1000);
        Assert.InRange((rises[^1] - rises[0]) / (double)(rises.Count - 1), TimeBase.Second / hertz * 0.9999, TimeBase.Second / hertz * 1.1);
        Assert.Equal(0, data);
        Type("version");
        Assert.Equal((false, WireUser.Nobody, before), (_monitor.Wave.Active, _rig.Wire.Owner.Holder, _rig.Wire.Frequency));
        rises.Clear();
        _monitor.Wave.Poll();
        Assert.Empty(rises);
    }

    [Fact]
    public void Nothing_happens_to_a_wire_that_somebody_holds()
    {
        _rig.Wire.Owner.TryTake(WireUser.DapBulk);
        foreach (string line in new[] { "calibrate wave 1k", "calibrate off", "calibrate 36000 9000000" }) Assert.StartsWith("!The wire is in use", Type(line));
        Assert.Equal((false, WireUser.DapBulk), (_monitor.Wave!.Active, _rig.Wire.Owner.Holder));
    }

    /// <summary>Cycles a clock.</summary>
    private double Period(uint hertz)
    {
        _rig.Wire.Connect();
        _rig.Wire.Frequency = hertz;
        ulong start = _rig.Time.Cycles;
        _rig.Wire.Out(0, 8);
        ulong few = _rig.Time.Cycles - start;
        start = _rig.Time.Cycles;
        _rig.Wire.Out(0, 32);
        return (_rig.Time.Cycles - start - few) / 24.0;
    }
}

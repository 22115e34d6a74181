using System.Text.RegularExpressions;
using SharpProbe.Sim;
using SharpProbe.Sim.Adi;
using SharpProbe.Sim.Boards;
using SharpProbe.Tests.Adi;
using SharpProbe.Tests.Boot;
using Xunit.Abstractions;

namespace SharpProbe.Tests.Wire;

/// <summary>hosttests/wiretest on the bench: the firmware's own code on each board's pins.</summary>
public class BenchTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData("stlinkv3mini")]
    [InlineData("pybd_sf2")]
    [InlineData("devebox_h743")]
    [InlineData("devebox_h750")]
    public void The_pin_shows_the_frequency_that_was_asked_for(string board)
    {
        var booted = new BootedBoard(BoardList.Find(board), "wiretest_" + board);
        var clock = new ClockWatch(booted.Machine);
        while (!booted.Console.Contains("scan ") && booted.Machine.Time.Now < 2 * TimeBase.Second) booted.Run(1);
        MatchCollection lines = Regex.Matches(booted.Console, @"clock (\d+) (\d+)");
        Assert.NotEmpty(lines);
        List<string> wrong = [];
        // Between the paced loop's shortest clock and the unrolled one's there is no step.
        double fastest = lines.Select(line => double.Parse(line.Groups[2].Value)).Order().Reverse().Distinct().ElementAt(board.StartsWith("devebox") ? 0 : 1);
        for (int i = 0; i < lines.Count; i++)
        {
            double asked = double.Parse(lines[i].Groups[1].Value), reported = double.Parse(lines[i].Groups[2].Value);
            double sent = clock.Frequency(1 + 64 * i), received = clock.Frequency(33 + 64 * i)   /* the first edge is Connect's */;
            output.WriteLine(FormattableString.Invariant($"{asked,10:F0} {reported,10:F0} {sent,12:F0} {received,12:F0}"));
            // The bench's clock is whole femtoseconds.
            if (Math.Max(sent, received) > asked * 1.000001) wrong.Add($"{asked} Hz gives {sent} and {received}");
            if (Math.Abs(sent - reported) > reported / 40) wrong.Add($"{asked} Hz gives {sent} and is reported as {reported}");
            double late = 216e6 / sent - 216e6 / Math.Min(asked, reported == asked ? asked : fastest);
            if (late > 2 && sent < asked * 0.99) wrong.Add($"{asked} Hz gives {sent}, {late:F1} cycles too long");
        }
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    [Fact]
    public void The_V3_mini_measures_the_target_s_supply()
    {
        var booted = new BootedBoard(BoardList.Find("stlinkv3mini"), "wiretest_stlinkv3mini");
        booted.Machine.Chip.PinMillivolts["PA0"] = 1640;
        booted.Run(30);
        Match match = Regex.Match(booted.Console, @"supply (\d+)");
        Assert.True(match.Success, booted.Console);
        Assert.InRange(int.Parse(match.Groups[1].Value), 3270, 3290);
    }

    [Fact]
    public void A_word_costs_10_cycles_a_clock_to_write_and_12_to_read_on_the_V3_mini()
    {
        var booted = new BootedBoard(BoardList.Find("stlinkv3mini"), "wiretest_stlinkv3mini");
        var bus = new RamBus(booted.Machine.Time);
        var port = new SwdPort(booted.Machine.Pin("PH6").Net, booted.Machine.Pin("PF9").Net, new SwDp(0x1BA0_1477, new MemAp(bus, 0x1477_0011, 0xE00F_F003)));
        while (!booted.Console.Contains("done") && booted.Machine.Time.Now < TimeBase.Second) booted.Run(5);
        output.WriteLine(booted.Console);
        Assert.Empty(port.Findings);
        Assert.InRange(Hundredths(booted, "write"), 100, 46 * 1000);
        Assert.InRange(Hundredths(booted, "read"), 100, 46 * 1200);
    }

    /// <summary>Core cycles a word, times 100; the number before says whether the data were right.</summary>
    private static int Hundredths(BootedBoard booted, string what)
    {
        Match match = Regex.Match(booted.Console, what + @" 0 (\d+)");
        Assert.True(match.Success, booted.Console);
        return int.Parse(match.Groups[1].Value);
    }
}

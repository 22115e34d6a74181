using System.Text;
using SharpProbe.Sim.Boards;
using SharpProbe.Sim.Cli.Rig;
using SharpProbe.Tests.Boot;
using SharpProbe.Tests.Wire;
using Xunit.Abstractions;

namespace SharpProbe.Tests.Dap;

/// <summary>What SWCLK does on each board, with its own firmware, when a CMSIS-DAP host asks for a clock.</summary>
public class ClockTests(ITestOutputHelper output)
{
    private static readonly uint[] s_asked =
    [
        500, 1_000, 2_000, 5_000, 10_000, 20_000, 50_000, 100_000, 200_000, 500_000, 1_000_000, 1_500_000, 2_000_000, 3_000_000, 4_000_000, 5_000_000, 6_000_000, 8_000_000, 10_000_000, 12_000_000, 15_000_000,
        18_000_000, 24_000_000, 27_000_000, 50_000_000,
    ];

    [Theory]
    [InlineData("stlinkv3mini")]
    [InlineData("pybd_sf2")]
    [InlineData("devebox_h743")]
    [InlineData("devebox_h750")]
    public void SWJ_Clock_is_never_exceeded_and_1_kHz_is_the_slowest(string board)
    {
        var host = new DapHost(board, hid: false, target: null);
        var clock = new ClockWatch(host.Machine);
        host.Expect([2, 1], 2, 1);
        List<string> wrong = [];
        foreach (uint hertz in s_asked)
        {
            host.Clock(hertz);
            int first = clock.Count;
            host.Expect([0x12, 0], [0x12, 32, 0x55, 0x55, 0x55, 0x55]);
            double sent = clock.Frequency(first);
            first = clock.Count;
            host.Expect([0x1D, 0], 0x1D, 1, 0x80 | 32);
            double received = clock.Frequency(first);
            output.WriteLine(FormattableString.Invariant($"| {hertz} | {sent:F0} | {received:F0} |"));
            double limit = Math.Max(hertz, 1000) * 1.000001;          // the bench's clock is whole femtoseconds
            if (sent > limit || received > limit) wrong.Add($"{hertz} Hz gives {sent:F0} out and {received:F0} in");
            if (hertz <= 1_000_000 && Math.Min(sent, received) < Math.Max(hertz, 1000) * 0.99) wrong.Add($"{hertz} Hz gives {sent:F0} out and {received:F0} in, more than 1 % too slow");
        }
        Assert.Equal("", string.Join('\n', wrong));
    }

    /// <summary>Transfers have loops of their own, and the V3 mini an SPI.</summary>
    [Fact]
    public void No_clock_of_a_transfer_is_faster_than_SWJ_Clock()
    {
        var host = new DapHost("stlinkv3mini", hid: false);
        var clock = new ClockWatch(host.Machine);
        host.Connect(1_000_000);
        List<string> wrong = [];
        foreach (uint hertz in s_asked)
        {
            host.Clock(hertz);
            int first = clock.Count;
            host.Expect([5, 2, 1, .. DapHost.Word(0x2BA0_1477)], 5, 0, 2, 2, 6);
            double fastest = clock.Fastest(first);
            output.WriteLine(FormattableString.Invariant($"| {hertz} | {fastest:F0} |"));
            if (fastest > Math.Max(hertz, 1000) * 1.000001) wrong.Add($"{hertz} Hz gives {fastest:F0}");
        }
        Assert.Equal("", string.Join('\n', wrong));
        Assert.Empty(host.Target!.Port!.Findings);
    }

    [Fact]
    public void A_wave_for_an_oscilloscope_leaves_USB_alone_and_ends_with_a_key()
    {
        var host = new DapHost("stlinkv3mini", hid: false, target: null);
        var clock = new ClockWatch(host.Machine);
        var said = new StringBuilder();
        host.Machine.Console.Received += (word, _, _) => said.Append((char)word);
        string Type(string keys)
        {
            said.Clear();
            host.Machine.Console.Send(Encoding.ASCII.GetBytes(keys));
            host.Run(40);
            return said.ToString();
        }
        string numbers = Type("calibrate\r");
        output.WriteLine(numbers);
        BootedBoard.AssertSaid(@"calibration: 1\d{5} 27000000 \(.*; measured\)", numbers);
        BootedBoard.AssertSaid("square wave of 2000000 Hz", Type("calibrate wave 2M\r\n"));
        int first = clock.Count;
        host.Run(10);
        Assert.InRange(clock.Count - first, 19_000, 20_000);
        Assert.Equal(2e6, clock.Frequency(first, 10_000), 2.0);
        host.Expect([0, 6], 0, 4);
        host.Expect([2, 0], 2, 1);
        BootedBoard.AssertSaid("SWCLK is off", Type("x"));
        first = clock.Count;
        host.Run(10);
        Assert.Equal(first, clock.Count);
        host.Expect([2, 1], 2, 1);
    }

    [Fact]
    public void A_calibration_that_was_set_is_there_after_power_was_off()
    {
        var booted = new BootedBoard(BoardList.Find("stlinkv3mini")).Run(60);
        BootedBoard.AssertSaid("calibration: 110000 26000000 .*; set", booted.Type("calibrate 110000 26M", 1200));
        booted.Machine.PowerOn();
        booted.Run(80);
        BootedBoard.AssertSaid("calibration: 110000 26000000 .*; set", booted.Type("calibrate", 40));
        BootedBoard.AssertSaid("; measured", booted.Type("calibrate off", 100));
        booted.Machine.PowerOn();
        booted.Run(80);
        BootedBoard.AssertSaid("; measured", booted.Type("calibrate", 40));
    }
}

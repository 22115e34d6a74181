using SharpProbe.Sim;
using SharpProbe.Sim.Cli.Rig;
using SharpProbe.Sim.Pins;
using SharpProbe.Sim.Targets;
using Xunit.Abstractions;

namespace SharpProbe.Tests.JtagWire;

/// <summary>The probe's own firmware on the bench, JTAG between it and an STM32F103.</summary>
public class BenchTests(ITestOutputHelper output)
{
    public static TheoryData<string, bool> Boards => new() { { "stlinkv3mini", false }, { "stlinkv3mini", true }, { "pybd_sf2", false }, { "devebox_h743", false }, { "devebox_h750", false } };

    [Theory, MemberData(nameof(Boards))]
    public void Memory_of_a_target_is_written_and_read_through_TransferBlock(string board, bool hid)
    {
        var host = new DapHost(board, hid);
        Assert.Equal(2, host.Expect([0, 1], 0, 0xF0)[2] & 2);
        host.ConnectJtag(50_000_000);
        host.Expect([0x16, 0, .. DapHost.Word(0x4BA0_0477)], 0x16, 0);
        var (write, read) = host.Move(16, depth: 8);
        output.WriteLine(FormattableString.Invariant($"{board} {(hid ? "HID" : "bulk")}, packets of {host.Packet}: write {write:F0} kB/s, read {read:F0} kB/s"));
        host.Expect([3, 0], 3);
        Assert.Equal("", string.Join("\n", host.Usb.Findings.All));
        Assert.Equal("", string.Join("\n", host.Target!.Port!.Findings.Concat(host.Target.Port.Jtag!.Findings).Select(f => f.Text)));
    }

    [Theory]
    [InlineData("stlinkv3mini")]
    [InlineData("pybd_sf2")]
    [InlineData("devebox_h743")]
    [InlineData("devebox_h750")]
    public void TCK_is_never_faster_than_asked(string board)
    {
        var host = new DapHost(board, hid: false);
        host.Expect([2, 2], 2, 2);
        List<ulong> rises = [];
        host.Machine.Pin(TargetWiring.Of(board).Swclk).Net.Changed += change => { if (change.After == Level.High) rises.Add(change.Time); };
        foreach (uint hertz in new uint[] { 10_000, 100_000, 1_000_000, 2_000_000, 4_000_000, 6_000_000, 8_000_000, 10_000_000, 15_000_000, 20_000_000, 50_000_000 })
        {
            host.Clock(hertz);
            rises.Clear();
            host.Expect([0x14, 0], [0x14, 1, 32, 0xA5, 0x5A, 0xF0, 0x0F]);
            double slowest = 0, fastest = 0;
            for (int i = 1; i < rises.Count; i++)
            {
                double rate = TimeBase.Second / (double)(rises[i] - rises[i - 1]);
                fastest = Math.Max(fastest, rate);
                slowest = slowest == 0 ? rate : Math.Min(slowest, rate);
            }
            double middle = TimeBase.Second / (double)Enumerable.Range(1, rises.Count - 1).Select(i => rises[i] - rises[i - 1]).Order().ElementAt(rises.Count / 2);
            output.WriteLine(FormattableString.Invariant($"{board}: asked {hertz}, TCK {middle:F0}, at most {fastest:F0}"));
            Assert.Equal(32, rises.Count);
            Assert.True(fastest <= hertz * 1.000001, $"{hertz} Hz gives {fastest}");
            Assert.True(hertz > 2_000_000 || middle > hertz * 0.97, $"{hertz} Hz gives {middle}");
        }
    }
}

using SharpProbe.Sim.Cli.Rig;
using SharpProbe.Sim.Usb;

namespace SharpProbe.Tests.UsbHosts;

/// <summary>The conformance list (<c>./build.sh sim examine</c>) on the probes' own firmware, and plugging in and out. USB_PLUGS=1000 plugs more often.</summary>
public class ConformanceTests
{
    private static readonly int s_plugs = int.Parse(Environment.GetEnvironmentVariable("USB_PLUGS") ?? "50", System.Globalization.CultureInfo.InvariantCulture);

    [Theory]
    [InlineData("stlinkv3mini", UsbSpeed.High)]
    [InlineData("stlinkv3mini", UsbSpeed.Full)]
    [InlineData("pybd_sf2", UsbSpeed.High)]
    [InlineData("devebox_h743", UsbSpeed.High)]
    [InlineData("devebox_h750", UsbSpeed.High)]
    public void Every_check_of_the_list_passes(string board, UsbSpeed port)
    {
        var results = new UsbExamining(board, port).Examine();
        Assert.Equal("", string.Join("\n", results.Where(r => !r.Passed).Select(r => $"{r.Check.Section}, {r.Check.Sentence}: {string.Join("; ", r.Complaints)}")));
        Assert.Equal(UsbExamination.List.Count, results.Count);
        Assert.True(results.Count(r => r.Questions > 0) >= 50);
    }

    [Theory]
    [InlineData("stlinkv3mini")]
    [InlineData("pybd_sf2")]
    [InlineData("devebox_h743")]
    [InlineData("devebox_h750")]
    public void Every_check_of_the_list_passes_for_the_boot_loader_that_waits_for_an_image(string board)
    {
        var results = new UsbExamining(board, UsbSpeed.High, "boot_" + board).Examine();
        Assert.Equal("", string.Join("\n", results.Where(r => !r.Passed).Select(r => $"{r.Check.Section}, {r.Check.Sentence}: {string.Join("; ", r.Complaints)}")));
        Assert.Contains(results, r => r.Check.Section == "DFU 1.1a, 6.2" && r.Questions > 0);
    }

    [Theory]
    [InlineData("stlinkv3mini", 1)]
    [InlineData("pybd_sf2", 2)]
    [InlineData("devebox_h743", 3)]
    [InlineData("devebox_h750", 4)]
    public void Plugged_in_again_and_again_it_is_configured_each_time(string board, int seed)
    {
        var plugging = new UsbExamining(board, UsbSpeed.High).Plug(s_plugs, seed);
        Assert.Null(plugging.Trouble);
        Assert.Equal(s_plugs, plugging.Enumerations);
    }

    [Theory]
    [InlineData("stlinkv3mini")]
    [InlineData("devebox_h743")]
    public void After_the_halts_of_a_port_are_cleared_both_ways_begin_with_DATA0(string board)
    {
        var examining = new UsbExamining(board, UsbSpeed.High);
        var (host, machine) = (examining.Host, examining.Machine);
        var port = host.Cdc("Micropython");
        port.Open();
        machine.RunFor(5 * CableBench.Millisecond);
        string typed = "";
        for (int i = 0; i < 6; i++)
        {
            // One packet each way: the toggles are odd now, and a device that kept them would lose the next packet, or send it with the wrong one, which is a finding.
            port.Write("x"u8);
            machine.RunFor(2 * CableBench.Millisecond);
            typed += System.Text.Encoding.ASCII.GetString(port.ReadAll());
            foreach (int endpoint in (int[])[0x03, 0x83, 0x82])
            {
                var cleared = host.ClearHalt(endpoint);
                machine.RunFor(2 * CableBench.Millisecond);
                Assert.True(cleared.GetResult());
            }
        }
        Assert.Equal("xxxxxx", typed);
        Assert.Equal([], host.Findings.All);
    }
}

using System.Net;
using System.Net.Sockets;
using SharpProbe.Tests.Boot;

namespace SharpProbe.Tests.UsbIp;

public class CommandTests
{
    private static Child Sim(string address) => Child.Run(60, "dotnet", [Path.Combine(AppContext.BaseDirectory, "SharpProbe.Sim.Cli.dll"), "--elf", BootedBoard.Firmware("stlinkv3mini"), "--usbip", address, "--time", "500ms"]);

    [Fact] public void The_bench_says_what_to_type()
    {
        var (code, _, errors) = Sim("0");
        Assert.Equal(0, code);
        Assert.Matches(@"to attach it, as root: usbip --tcp-port \d+ attach -r 127\.0\.0\.1 -b 1-1", errors);
    }

    [Fact] public void A_port_that_is_taken_is_an_error_and_not_a_crash()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var (code, _, errors) = Sim(((IPEndPoint)taken.LocalEndpoint).Port.ToString(System.Globalization.CultureInfo.InvariantCulture));
        Assert.NotEqual(0, code);
        Assert.Contains("in use", errors);
        Assert.DoesNotContain("   at ", errors);
    }
}

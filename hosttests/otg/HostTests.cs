using SharpProbe.Sim;
using SharpProbe.Sim.Usb;
using SharpProbe.Tests.UsbHosts;

namespace SharpProbe.Tests.Otg;

/// <summary>The bench's host against the OTG model, with a small driver in between.</summary>
public class HostTests
{
    private const ulong Millisecond = TimeBase.Second / 1000;

    private static byte[] Pattern(int length) => [.. Enumerable.Range(0, length).Select(i => (byte)(i * 7 + i / 256))];

    private static (OtgRig Rig, UsbHost Host, CdcPort Port) Enumerated(string board, UsbSpeed speed)
    {
        var rig = EnumerationTests.Make(board);
        rig.Usb.Vbus = false;
        var driver = new EchoDriver(rig, board == "V3Mini" ? 0u : 3);
        var host = new UsbHost(rig.Machine.Time, speed) { Debounce = 10 * Millisecond, ResetTime = 10 * Millisecond };
        host.Plug(rig.Usb);
        rig.Wait(200_000);
        Assert.Equal([], host.Findings.All);
        Assert.True(host.IsConfigured);
        Assert.Equal(1, driver.Configured);
        var port = host.Cdc(FakeDevice.PortName);
        port.Open();
        rig.Wait(5000);
        return (rig, host, port);
    }

    [Theory, InlineData("V3Mini", UsbSpeed.High), InlineData("V3Mini", UsbSpeed.Full), InlineData("Pybd", UsbSpeed.High), InlineData("Devebox", UsbSpeed.High)]
    public void The_host_enumerates_and_gets_its_bytes_back(string board, UsbSpeed speed)
    {
        var (rig, host, port) = Enumerated(board, speed);
        byte[] sent = Pattern(5000);
        port.Write(sent);
        rig.Wait(60_000);
        Assert.Equal(sent, port.ReadAll());
        Assert.Equal([], host.Findings.All);
    }

    [Theory, InlineData("V3Mini"), InlineData("Devebox")]
    public void Random_requests_all_end(string board)
    {
        var (rig, host, _) = Enumerated(board, UsbSpeed.High);
        var run = new UsbFuzz(host, 7).Run(400);
        for (int i = 0; i < 100 && !run.IsCompleted; i++) rig.Wait(10_000);
        Assert.True(run.IsCompleted);
        Assert.Equal([], host.Findings.All);
    }

    [Fact] public void Lost_handshakes_lose_and_double_nothing()
    {
        var (rig, host, port) = Enumerated("V3Mini", UsbSpeed.High);
        host.Faults = new(1) { HandshakeLoss = 0.2 };
        byte[] sent = Pattern(20_000);
        port.Write(sent);
        rig.Wait(100_000);
        Assert.Equal(sent, port.ReadAll());
        Assert.Equal([], host.Findings.All);
        Assert.True(host.Faults.Lost > 5);
    }
}

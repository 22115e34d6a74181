using SharpProbe.Sim.Cli.Rig;
using SharpProbe.Sim.Usb;

namespace SharpProbe.Tests.UsbHosts;

/// <summary>The UART port as an echo: nothing is lost however the host pauses, and it is fast. ECHO_MEGABYTES=100 passes more.</summary>
public class EchoTests
{
    private static readonly int s_megabytes = int.Parse(Environment.GetEnvironmentVariable("ECHO_MEGABYTES") ?? "5", System.Globalization.CultureInfo.InvariantCulture);

    [Fact]
    public void Nothing_is_lost_at_high_speed_while_the_host_pauses_at_random() => AssertWhole("stlinkv3mini", s_megabytes * 1_000_000L);

    [Theory]
    [InlineData("pybd_sf2")]
    [InlineData("devebox_h743")]
    [InlineData("devebox_h750")]
    public void Nothing_is_lost_at_full_speed_while_the_host_pauses_at_random(string board) => AssertWhole(board, s_megabytes * 50_000L);

    [Fact]
    public void High_speed_carries_20_MB_a_second_each_way()
    {
        var echo = new CdcEcho("stlinkv3mini", UsbSpeed.High, seed: 2);
        Assert.Null(echo.Pass(1_000_000, stalls: false));
        Assert.True(echo.MegabytesPerSecond >= 20, $"{echo.MegabytesPerSecond:F2} MB/s");
    }

    /// <summary>Both ways share the bus: 19 packets of 64 bytes a frame, 1216 KB/s.</summary>
    [Theory]
    [InlineData("stlinkv3mini")]
    [InlineData("devebox_h743")]
    public void Full_speed_carries_900_KB_a_second_in_all(string board)
    {
        var echo = new CdcEcho(board, UsbSpeed.Full, seed: 2);
        Assert.Null(echo.Pass(100_000, stalls: false));
        Assert.True(2000 * echo.MegabytesPerSecond >= 900, $"{2000 * echo.MegabytesPerSecond:F2} KB/s");
    }

    [Fact]
    public void The_echo_ends_with_its_session()
    {
        var echo = new CdcEcho("stlinkv3mini", UsbSpeed.High, seed: 3);
        Assert.Null(echo.Pass(10_000, stalls: false));
        var port = echo.Host.Cdc("UART");
        port.Close();
        echo.Machine.RunFor(20 * CableBench.Millisecond);
        port.Open();
        echo.Machine.RunFor(20 * CableBench.Millisecond);
        port.Write("to the target"u8);
        echo.Machine.RunFor(20 * CableBench.Millisecond);
        Assert.Equal(0, port.Available);
    }

    private static void AssertWhole(string board, long bytes)
    {
        var echo = new CdcEcho(board, UsbSpeed.High, seed: 1);
        Assert.Null(echo.Pass(bytes, stalls: true));
        Assert.True(echo.Stalls >= 10, $"only {echo.Stalls} pauses");
    }
}

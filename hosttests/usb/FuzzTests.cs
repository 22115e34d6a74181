using System.Globalization;
using Xunit.Abstractions;

namespace SharpProbe.Tests.Usb;

/// <summary>
/// Random requests against the device in this process: it always answers, and never does what a controller must not be asked (the fake one throws). USB_SETUPS=100000000 sends more,
/// USB_SEED=7 others.
/// </summary>
public class FuzzTests(ITestOutputHelper output)
{
    private static readonly int s_setups = int.Parse(Environment.GetEnvironmentVariable("USB_SETUPS") ?? "1200000", CultureInfo.InvariantCulture);
    private static readonly int s_seed = int.Parse(Environment.GetEnvironmentVariable("USB_SEED") ?? "1", CultureInfo.InvariantCulture);

    [Theory]
    [InlineData(true, 0)]
    [InlineData(false, 0)]
    [InlineData(true, 1)]
    [InlineData(false, 1)]
    public void Every_request_of_a_hostile_host_is_answered_or_stalled(bool high, int mode)
    {
        var rig = new DeviceRig(high, mode: mode);
        var host = new HostileHost(rig, s_seed);
        host.Run(s_setups / 4);
        output.WriteLine($"seed {s_seed}: {host.Setups} SETUP packets, {host.Answered} answered, {host.Stalled} stalled, {host.Configurations} times configured");
        Assert.True(host.Answered > host.Setups / 20, "hardly anything was answered: the requests are too wild to get anywhere");
    }
}

using Xunit.Abstractions;

namespace SharpProbe.Tests.Guest;

/// <summary>The CMSIS-DAP conformance suite as its users run it: on a Linux computer, by libusb and by a hidraw node, against the probe that is plugged in.</summary>
[Collection(UsbGuestCollection.Name)]
public sealed class ConformanceTests(LinuxGuest guest, ITestOutputHelper output) : GuestTests(guest)
{
    /// <summary>Which cases; an emulated computer takes minutes for all of them.</summary>
    private static string Filter => Environment.GetEnvironmentVariable("SHARPPROBE_GUEST_CASES") ?? "DAP_TransferBlock";

    [GuestTheory]
    [InlineData("stlinkv3mini", "bulk")]
    [InlineData("stlinkv3mini", "hid")]
    [InlineData("devebox_h743", "bulk")]
    [InlineData("devebox_h743", "hid")]
    public void The_suite_finds_the_probe_and_the_probe_passes(string board, string transport) => With(board, probe =>
    {
        // Some cases stop in the middle of an answer: both ends drive for a moment, as they would on a desk.
        probe.Bench(() => probe.Machine.Nets.ConflictStops = false);
        string suite = Path.Combine(AppContext.BaseDirectory, "SharpProbe.Conformance.dll"), dotnet = Environment.ProcessPath ?? "dotnet";
        var run = Guest.Run($"for i in $(seq 50); do [ -c /dev/hidraw0 ] && break; sleep 0.1; done; DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_EnableDiagnostics=0 {dotnet} {suite} --serial {probe.Serial} --{transport} --brief --filter '{Filter}'", 600);
        output.WriteLine($"{run.Took.TotalSeconds:F1} s\n{run.Text}");
        Assert.Contains(" 0 fail, ", run.Good);
    });
}

using SharpProbe.Build;
using SharpProbe.Build.Guest;
using Xunit.Abstractions;

namespace SharpProbe.Tests.Guest;

/// <summary>dapjs, in node in a Linux computer, through hidraw and through WebUSB: as web pages and editors use a CMSIS-DAP probe.</summary>
[Collection(UsbGuestCollection.Name)]
public sealed class DapJsTests(LinuxGuest guest, ITestOutputHelper output) : GuestTests(guest)
{
    private static string Script => Repository.At("hosttests", "guest", "dapjs", "session.js");

    [DapJsTheory]
    [InlineData("stlinkv3mini", "webusb")]
    [InlineData("stlinkv3mini", "hid")]
    [InlineData("devebox_h743", "webusb")]
    public void It_halts_steps_stops_at_a_breakpoint_and_writes_memory_registers_and_flash(string board, string transport) => With(board, probe =>
    {
        Assert.Null(JavaScriptClient.WhyNot);
        var run = Guest.Run($"node {Script} {JavaScriptClient.Folder} {transport} {probe.Serial}", 60);
        output.WriteLine($"{run.Took.TotalSeconds:F1} s\n{run.Text}");
        string[] steps = ["connect", "halt", "registers", "memory", "flash", "step", "breakpoint", "execute", "disconnect"];
        Assert.Equal(string.Concat(steps.Select(step => $"{step}: good\n")), run.Good);
    }, target: "stm32f103");
}

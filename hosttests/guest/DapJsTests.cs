using SharpProbe.Build;
using SharpProbe.Build.Guest;
using SharpProbe.Sim.Chips.Rp2040;
using SharpProbe.Sim.Targets;
using SharpProbe.Tests.Targets;
using SharpProbe.Tests.Targets.Rp2040;
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

    /// <summary>By WebUSB. Flash is programmed by hand, as dapjs knows no chip; an RP2040's needs code of its ROM, and its debug ports need TARGETSEL, which the script sends, as dapjs cannot.</summary>
    [DapJsTheory]
    [InlineData("stm32f407", """{"dpidr":"0x2BA01477","loop":"0x0800010C","flash":{"kind":"stm32f4","sector":1,"address":"0x08004000"}}""")]
    [InlineData("stm32f412", """{"dpidr":"0x2BA01477","loop":"0x0800010C","flash":{"kind":"stm32f4","sector":1,"address":"0x08004000"}}""")]
    [InlineData("stm32l475", """{"dpidr":"0x2BA01477","loop":"0x0800010C","flash":{"kind":"stm32l4","page":4,"busy":"0x10000","address":"0x08002000"}}""")]
    [InlineData("stm32g071", """{"dpidr":"0x0BC11477","loop":"0x0800010C","flash":{"kind":"stm32l4","page":4,"busy":"0x50000","address":"0x08002000"}}""")]
    [InlineData("nrf52832", """{"dpidr":"0x2BA01477","loop":"0x10C","flash":{"kind":"nrf52","address":"0x3000"}}""")]
    [InlineData("rp2040", """{"dpidr":"0x0BC12477","loop":"0x10000202","targetsel":"0x01002927"}""")]
    public void It_debugs_each_further_target_and_writes_its_flash(string name, string facts) => With("stlinkv3mini", probe =>
    {
        Assert.Null(JavaScriptClient.WhyNot);
        probe.Bench(() => Start(probe.Target, name));
        var run = Guest.Run($"node {Repository.At("hosttests", "guest", "dapjs", "target.js")} {JavaScriptClient.Folder} {probe.Serial} '{facts}'", 60);
        output.WriteLine($"{name}: {run.Took.TotalSeconds:F1} s\n{run.Text}");
        string[] steps = ["connect", "halt", "step", "registers", "memory", "breakpoint", .. facts.Contains("flash", StringComparison.Ordinal) ? ["flash"] : (string[])[], "disconnect"];
        Assert.Equal(string.Concat(steps.Select(step => $"{step}: good\n")), run.Good);
    }, target: name, name: $"{nameof(It_debugs_each_further_target_and_writes_its_flash)}-{name}");

    /// <summary>Programs a loop of two instructions, and starts it.</summary>
    private static void Start(SimTarget target, string name)
    {
        // movs r2, #0; adds r2, #1; b .-2
        if (name == Rp2040.TargetName) target.Load(BootedImage.Of([0x2200, 0x3201, 0xE7FD], 0x800), ChipRp2040.Xip);
        else target.Load(CountingProgram.Image(0x200, name is not "stm32g071", name == Nrf52832.TargetName ? 0 : 0x0800_0000u), name == Nrf52832.TargetName ? 0 : 0x0800_0000u);
    }
}

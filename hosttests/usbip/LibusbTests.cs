using System.Diagnostics;
using SharpProbe.Sim.Usb;
using SharpProbe.Tests.Boot;
using Xunit.Abstractions;

namespace SharpProbe.Tests.UsbIp;

/// <summary>The real lsusb and dfu-util on the bench, without a kernel in between: milliseconds instead of a guest's seconds.</summary>
public sealed class LibusbTests(LibusbPrograms programs, ITestOutputHelper output) : IClassFixture<LibusbPrograms>, IDisposable
{
    private readonly ServedDevice _served = ServedDevice.Firmware("stlinkv3mini");

    public void Dispose() => _served.Dispose();

    private string Run(string program, params string[] arguments) => Run(_served, program, arguments);

    private string Run(ServedDevice served, string program, params string[] arguments)
    {
        var watch = Stopwatch.StartNew();
        var child = programs.Run(served, 60, program, arguments);
        output.WriteLine($"{Path.GetFileName(program)} {string.Join(' ', arguments)}: {watch.ElapsedMilliseconds} ms\n{child.Text}");
        Assert.True(child.Code == 0, child.Text);
        return child.Text;
    }

    [LibusbFact] public void Lsusb_describes_it_completely()
    {
        string said = Run("lsusb", "-v", "-d", "1d50:6018");
        // Maker, product and serial number lsusb takes from sysfs, where this device is not.
        foreach (string text in new[] { "Micropython", "Black Magic GDB Server", "Black Magic UART Port", "Device Status:" }) Assert.Contains(text, said);
        Assert.DoesNotContain("can't", said);
    }

    [LibusbFact] public void Dfu_util_lists_its_DFU_interface()
    {
        for (int i = 0; i < 3; i++) Assert.Contains("Found Runtime: [1d50:6018]", Run("dfu-util", "-l"));
    }

    [LibusbFact] public void Pending_reads_time_outs_stalls_and_a_reset_are_what_libusb_says_they_are()
    {
        string said = Run(programs.Pending);
        // The console's prompt may come in the middle.
        Assert.Matches(@"^(16 taken back, 0|15 taken back, 1|14 taken back, 2) ended by themselves\n", said);
        Assert.EndsWith("""
            synchronous: LIBUSB_ERROR_TIMEOUT
            asynchronous: 1 timed out
            halted: LIBUSB_SUCCESS
            read: LIBUSB_ERROR_PIPE
            cleared: LIBUSB_SUCCESS
            reset: LIBUSB_SUCCESS
            after: 18

            """, said);
        Assert.Empty(_served.Host.Findings.All);
    }

    [LibusbFact] public void Dfu_util_brings_it_into_the_boot_loader_and_downloads_the_application()
    {
        using var served = ServedDevice.Firmware("stlinkv3mini", bootLoader: true);
        string file = Path.ChangeExtension(BootedBoard.Firmware("stlinkv3mini"), ".dfu");
        Assert.Contains("[0483:df11]", Detached(served));
        string said = Run(served, "dfu-util", "-d", "0483:df11", "-a", "0", "-s", ":leave", "-D", file);
        Assert.Contains("Download done.", said);
        served.Await(() => served.Exported.Present && served.Exported.Identity.Descriptor!.Vendor == 0x1D50, "the application");
        Assert.Contains("Found Runtime: [1d50:6018]", Run(served, "dfu-util", "-l"));
        Assert.Empty(served.Host.Findings.All);
    }

    private string Detached(ServedDevice served)
    {
        Run(served, "dfu-util", "-d", "1d50:6018", "-e");
        served.Await(() => served.Exported.Present && served.Exported.Identity.Descriptor!.Vendor == 0x0483, "the boot loader");
        return Run(served, "dfu-util", "-l");
    }

    [LibusbFact] public void Without_a_device_the_list_is_empty()
    {
        _served.Unplug();
        Assert.DoesNotContain("Found", Run("dfu-util", "-l"));
    }
}

using SharpProbe.Sim.Usb;
using Xunit.Abstractions;

namespace SharpProbe.Tests.Guest;

/// <summary>A probe is plugged into a Linux computer, seen, used and unplugged.</summary>
[Collection(UsbGuestCollection.Name)]
public sealed class AttachTests(LinuxGuest guest, ITestOutputHelper output) : GuestTests(guest)
{
    private const int Plugs = 10;

    [GuestTheory]
    [InlineData("stlinkv3mini", "480M")]
    [InlineData("devebox_h743", "12M")]
    public void Lsusb_describes_it_completely_and_without_a_complaint(string board, string speed) => With(board, probe =>
    {
        string said = Guest.Run("lsusb -v -d 1d50:6018").Good;
        output.WriteLine(said);
        Assert.Contains($", {speed}\n", Guest.Run("lsusb -t | grep Driver=cdc_acm").Good);
        Assert.Contains($"iSerial                 3 {probe.Serial}\n", said);
        foreach (string text in new[] { "Black Sphere Technologies", "Micropython", "Black Magic GDB Server", "Black Magic UART Port", "Device Status:" }) Assert.Contains(text, said);
        AssertNoComplaint(said);
    });

    [GuestTheory]
    [InlineData("stlinkv3mini")]
    [InlineData("devebox_h743")]
    public void Udev_names_its_ports_and_the_console_answers(string board) => With(board, probe =>
    {
        foreach (string name in Names) Assert.Matches("^/dev/ttyACM[0-9]\n$", Guest.Run($"readlink -f /dev/{name}").Good);
        string said = Say("/dev/ttyBmpPy", "version");
        output.WriteLine(said);
        Assert.Contains("SharpProbe", said);
    });

    [GuestFact] public void Two_probes_at_once_are_told_apart_by_serial_number() => With("stlinkv3mini", first =>
    {
        using var second = new GuestProbe(Guest, "devebox_h743", slot: 1, plug: false);
        second.SetUniqueId([0x2B, 0x00, 0x1F, 0x00, 0x0B, 0x51, 0x33, 0x32, 0x36, 0x37, 0x30, 0x39]);
        second.Plug();
        WaitForPorts(second);
        Assert.NotEqual(first.Serial, second.Serial);
        Assert.Contains("_HS\n", Model(first));
        Assert.Contains("_FS\n", Model(second));
        foreach (var probe in new[] { first, second }) Assert.Contains("SharpProbe", Say($"/dev/ttyBmpPy-{probe.Serial}", "version"));
        second.Unplug();
        WaitUntilGone(second);
        Assert.Contains("SharpProbe", Say($"/dev/ttyBmpPy-{first.Serial}", "version"));

        string Model(GuestProbe probe) => Guest.Run($"udevadm info -q property -n /dev/ttyBmpPy-{probe.Serial} | grep ID_MODEL=").Good;
    });

    [GuestFact] public void It_works_after_each_of_ten_plugs() => With("stlinkv3mini", probe =>
    {
        for (int i = 0; i < Plugs; i++)
        {
            Assert.Contains("SharpProbe", Say("/dev/ttyBmpPy", "version"));
            probe.Unplug();
            WaitUntilGone(probe);
            probe.Plug();
            WaitForPorts(probe);
        }
    });

    [GuestFact] public void The_cable_may_be_pulled_while_a_port_is_open() => With("stlinkv3mini", probe =>
    {
        Guest.Run("(exec 4<> /dev/ttyBmpPy; cat <&4 > /run/read; echo ended > /run/read) > /dev/null 2>&1 &");
        probe.Until(() => probe.Machine.Stopped is null, "");
        probe.Unplug();
        Assert.Equal("ended\n", Guest.Run("for i in $(seq 50); do [ -s /run/read ] && break; sleep 0.1; done; cat /run/read").Good);
        WaitUntilGone(probe);
        probe.Plug();
        WaitForPorts(probe);
        Assert.Contains("SharpProbe", Say("/dev/ttyBmpPy", "version"));
    });

    [GuestTheory]
    [InlineData("stlinkv3mini")]
    [InlineData("devebox_h743")]
    public void It_works_after_a_reset_of_its_port(string board) => With(board, _ =>
    {
        Assert.Contains("ok", Guest.Run("usbreset 1d50:6018").Good);
        Assert.Contains("SharpProbe", Say("/dev/ttyBmpPy", "version"));
    });

    [GuestTheory]
    [InlineData("stlinkv3mini")]
    [InlineData("devebox_h743")]
    public void It_works_after_the_computer_has_let_it_sleep(string board) => With(board, probe =>
    {
        const string Find = "cd $(dirname $(grep -l 6018 /sys/bus/usb/devices/*/idProduct));";
        Assert.Equal("suspended\n", Guest.Run($"{Find} echo 0 > power/autosuspend_delay_ms; echo auto > power/control; for i in $(seq 100); do grep -q suspended power/runtime_status && break; sleep 0.1; done; cat power/runtime_status").Good);
        // usbredir has no word for it: the bench's end of the cable is put to sleep here.
        probe.Bench(probe.Device.Suspend);
        probe.Until(() => probe.Host.State == UsbHostState.Suspended, "the bench's bus does not fall silent");
        Thread.Sleep(100);
        probe.Bench(probe.Device.Resume);
        Assert.Contains("SharpProbe", Say("/dev/ttyBmpPy", "version"));
        Assert.Equal("active\n", Guest.Run($"{Find} echo on > power/control; cat power/runtime_status").Good);
    });

    /// <summary>What the console says to a line; in half a second of the guest's time.</summary>
    private string Say(string port, string line) =>
        Guest.Run($"exec 4<> {port}; stty -F {port} raw -echo; printf '{line}\\r' >&4; for i in 1 2 3 4 5 6 7 8; do IFS= read -r -t 0.4 -u 4 said || break; echo \"$said\"; done").Good;
}

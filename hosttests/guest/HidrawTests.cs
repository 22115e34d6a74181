using Xunit.Abstractions;

namespace SharpProbe.Tests.Guest;

/// <summary>CMSIS-DAP v1 as programs on Linux reach it: the kernel's HID driver, a hidraw node that our udev rules open to plugdev.</summary>
[Collection(UsbGuestCollection.Name)]
public sealed class HidrawTests(LinuxGuest guest, ITestOutputHelper output) : GuestTests(guest)
{
    [GuestTheory]
    [InlineData("stlinkv3mini", 512)]
    [InlineData("devebox_h743", 64)]
    public void A_report_to_hidraw_is_answered_and_the_node_belongs_to_plugdev(string board, int packet) => With(board, _ =>
    {
        Assert.Equal("crw-rw---- plugdev\n", Guest.Run("for i in $(seq 50); do [ -c /dev/hidraw0 ] && break; sleep 0.1; done; stat -c '%A %G' /dev/hidraw0").Good);
        Assert.Contains("CMSIS-DAP", Guest.Run("cat /sys/class/hidraw/hidraw0/device/uevent").Good);
        // The first byte is the report's number, which is 0; then DAP_Info of the protocol's version. A node that was just opened drops what comes within 50 ms.
        for (int i = 0; i < 3; i++)
        {
            string said = Guest.Run($"exec 3<>/dev/hidraw0; sleep 0.2; (printf '\\0\\0\\4'; head -c 600 /dev/zero) | dd bs={packet + 1} count=1 iflag=fullblock 2>/dev/null >&3; timeout 5 dd bs={packet} count=1 2>/dev/null <&3 | od -An -v -tx1").Good;
            string[] bytes = said.Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries);
            output.WriteLine($"{bytes.Length} bytes: {string.Join(' ', bytes.Take(8))}");
            Assert.Equal(packet, bytes.Length);
            Assert.Equal("00 06 32 2e 31 2e", string.Join(' ', bytes.Take(6)));
        }
    });

    [GuestFact]
    public void The_devices_node_belongs_to_plugdev() => With("stlinkv3mini", _ =>
        Assert.Equal("crw-rw---- plugdev\n", Guest.Run("stat -c '%A %G' $(udevadm info -q name -p $(dirname $(grep -l 6018 /sys/bus/usb/devices/*/idProduct)) | sed s,^,/dev/,)").Good));
}

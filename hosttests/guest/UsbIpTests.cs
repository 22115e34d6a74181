using SharpProbe.Tests.UsbIp;
using Xunit.Abstractions;

namespace SharpProbe.Tests.Guest;

/// <summary>The kernel's USB/IP host controller (vhci_hcd) attaches the probe over the network, as a user does with "sim --usbip".</summary>
[Collection(UsbGuestCollection.Name)]
public sealed class UsbIpTests(LinuxGuest guest, ITestOutputHelper output)
{
    private const string Gone = "for i in $(seq 100); do [ -e /dev/ttyBmpPy ] || exit 0; sleep 0.05; done; exit 1";

    [GuestFact] public void The_kernel_attaches_it_uses_it_detaches_it_and_sees_it_unplugged()
    {
        guest.Run("""
            modprobe -a virtio_net vhci_hcd
            for i in $(seq 100); do [ -e /sys/class/net/e* ] && break; sleep 0.05; done
            udevadm settle
            card=$(cd /sys/class/net; ls -d e*)
            ip addr add 10.0.2.15/24 dev $card; ip link set $card up
            dmesg -C
            """);
        try
        {
            using var served = ServedDevice.Firmware("stlinkv3mini");
            for (int round = 0; round < 2; round++)
            {
                Attach(served);
                output.WriteLine(guest.Run("ls -l /dev/ttyBmp*; lsusb -t | grep -v root_hub").Text);
                Assert.Contains("SharpProbe", Say("version"));
                Assert.Equal("", string.Join("\n", guest.Run("lsusb -v -d 1d50:6018").Good.Split('\n').Where(l => l.Contains("can't", StringComparison.Ordinal))));
                if (round == 0) Assert.Equal("", guest.Run("echo 0 > /sys/devices/platform/vhci_hcd.0/detach").Good);
                else served.Unplug();
                Assert.Equal("", guest.Run(Gone).Good);
                served.Await(() => !served.Server.IsAttached, "the server sees it");
            }
            Assert.Equal("", guest.Run(GuestTests.Warnings).Text);
            Assert.Empty(served.Host.Findings.All);
        }
        finally
        {
            output.WriteLine(guest.Run("dmesg | grep -v -e unlink -e urb-; rmmod vhci_hcd; rmmod virtio_net").Text);
        }
    }

    /// <summary>What "usbip attach" does: connects, asks for the device, and hands the socket to the kernel. The tool itself, where it is there, is asked for its list.</summary>
    private void Attach(ServedDevice served)
    {
        int port = served.Server.Address.Port;
        string listed = guest.Run($"[ -x /usr/sbin/usbip ] || exit 0; timeout 10 /usr/sbin/usbip --tcp-port {port} list -r 10.0.2.2 2>&1").Good;
        if (listed.Length > 0) Assert.Contains("(1d50:6018)", listed);
        string attached = guest.Run($$"""
            exec 5<> /dev/tcp/10.0.2.2/{{port}}
            { printf '\x01\x11\x80\x03\0\0\0\0'; printf '1-1'; head -c 29 /dev/zero; } > /tmp/request
            cat /tmp/request >&5
            head -c 320 <&5 > /tmp/reply
            [ $(od -An -tx1 -N8 /tmp/reply | tr -d ' ') = 0111000300000000 ] || { od -tx1 /tmp/reply; exit 1; }
            echo "0 5 65537 3" > /sys/devices/platform/vhci_hcd.0/attach || exit 1
            for i in $(seq 200); do [ -c /dev/ttyBmpPy ] && [ -c /dev/ttyBmpGdb ] && [ -c /dev/ttyBmpTarg ] && exit; sleep 0.05; done
            lsusb -t; dmesg | tail; exit 1
            """).Good;
        Assert.Equal("", attached);
    }

    private string Say(string line) => guest.Run($$"""
        exec 3<> /dev/ttyBmpPy
        stty -F /dev/ttyBmpPy raw -echo
        printf '{{line}}\r' >&3
        timeout 3 sed -u '/SharpProbe/q' <&3
        """).Text;
}

using System.Globalization;

namespace SharpProbe.Build.Guest;

/// <summary>
/// QEMU's command line for a guest: an emulated computer (no KVM needed) whose network ends at this one's loopback interface, an xHCI controller with sockets for USB devices, the host's root to read, and one
/// folder to exchange files through. All sockets are in that guest's own folder, so that guests do not meet.
/// </summary>
/// <param name="Folder">For sockets and logs. Short: a socket's path has at most 107 bytes.</param>
/// <param name="Exchange">What the guest sees as /exchange.</param>
/// <param name="Slots">How many USB devices can be plugged in at once.</param>
/// <param name="Shell">A shell on this terminal in place of the agent.</param>
sealed record GuestCommand(string Folder, string Exchange, int Slots, bool Shell)
{
    /// <summary>The agent's port: this side listens.</summary>
    public string AgentSocket => Path.Combine(Folder, "agent");

    /// <summary>A port of the USB controller: QEMU listens, connecting plugs in.</summary>
    public string UsbSocket(int slot) => Path.Combine(Folder, "usb" + slot.ToString(CultureInfo.InvariantCulture));

    /// <summary>USB packets as the guest's controller sees them, for Wireshark.</summary>
    public string Capture(int slot) => UsbSocket(slot) + ".pcap";

    /// <summary>What the kernel says before there is an agent.</summary>
    public string Console => Path.Combine(Folder, "console.log");

    public string[] Arguments =>
    [
        // Where this computer is too busy to give the emulated one its timer ticks in time, its kernel must not take the timer for broken (no_timer_check).
        // One processor: with two, emulation is slower. KVM is not offered: where it can be opened but not used there is no way back.
        "-accel", "tcg", "-cpu", "max", "-M", "q35", "-m", "1024", "-nodefaults", "-display", "none", "-no-reboot",
        "-kernel", GuestImage.Kernel, "-initrd", GuestImage.FirstFiles, "-append", "console=ttyS0 quiet panic=-1 tsc=nowatchdog no_timer_check" + (Shell ? " sharpprobe.shell" : ""),
        "-serial", Shell ? "mon:stdio" : "file:" + Console,
        "-fsdev", "local,id=host,path=/,security_model=none,readonly=on,multidevs=remap", "-device", "virtio-9p-pci,fsdev=host,mount_tag=host",
        "-fsdev", $"local,id=exchange,path={Exchange},security_model=none", "-device", "virtio-9p-pci,fsdev=exchange,mount_tag=exchange",
        .. Shell ? [] : new[] { "-device", "virtio-serial-pci", "-chardev", $"socket,id=agent,path={AgentSocket}", "-device", "virtserialport,chardev=agent,name=agent" },
        // For USB/IP: 10.0.2.2 is this computer's 127.0.0.1. Nobody configures it unless asked to, and there is no route to anywhere else.
        "-netdev", "user,id=net,ipv6=off", "-device", "virtio-net-pci,netdev=net,romfile=",
        "-device", "qemu-xhci,id=usb",
        .. Enumerable.Range(0, Slots).SelectMany(slot => new[]
        {
            "-chardev", $"socket,id=usb{slot},path={UsbSocket(slot)},server=on,wait=off",
            "-device", $"usb-redir,id=redir{slot},chardev=usb{slot},bus=usb.0,pcap={Capture(slot)}",
        }),
    ];
}

using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Xunit.Sdk;

namespace SharpProbe.Tests.Guest;

/// <summary>
/// What tests with a probe in a guest have in common: it is plugged in and found, the test runs, it is unplugged. Kernel and bench must have nothing to complain of. When something
/// fails, the message has the kernel's log and the bench's events, and the USB packets are kept.
/// </summary>
public abstract partial class GuestTests(LinuxGuest guest)
{
    // Time keeping complains when this computer is too busy to emulate another in time.
    internal const string Warnings = "dmesg --level=emerg,alert,crit,err,warn | grep -vE '\\] (clocksource|hrtimer|rcu|tsc|sched|workqueue)[: ]'";

    internal static readonly string[] Names = ["ttyBmpPy", "ttyBmpGdb", "ttyBmpTarg"];

    protected LinuxGuest Guest => guest;

    /// <summary>Waits until udev has given the ports their names; fails after 20 s.</summary>
    internal void WaitForPorts(GuestProbe probe)
    {
        string serial = probe.Serial;
        string all = string.Join(" && ", Names.Select(name => $"[ -c /dev/{name}-{serial} ]"));
        string said = guest.Run($"for i in $(seq 200); do {all} && exit; sleep 0.1; done; ls -l /dev/ttyBmp*; lsusb -t; exit 1", 40) is { ExitCode: not 0 } late ? late.Text : "";
        if (said != "") throw new XunitException($"not all ports are there\n{said}");
    }

    internal void With(string board, Action<GuestProbe> test, bool bootLoader = false, string target = "stm32f103-clone", [CallerMemberName] string name = "")
    {
        guest.Run("dmesg -C");
        using var probe = new GuestProbe(guest, board, plug: false, bootLoader: bootLoader, target: target);
        try
        {
            probe.Plug();
            WaitForPorts(probe);
            test(probe);
            probe.Unplug();
            WaitUntilGone(probe);
            Assert.Equal("", guest.Run(Warnings).Text);
            Assert.Equal("", probe.Bench(() => probe.Trouble));
        }
        catch (Exception e)
        {
            throw new XunitException($"{e.Message}\n{probe.Report()}\nkernel:\n{guest.Run("dmesg").Text}\nUSB packets: {guest.Keep($"{name}-{board}")}", e);
        }
    }

    /// <summary>Of lsusb.</summary>
    protected static void AssertNoComplaint(string said) => Assert.Equal("", string.Join("\n", said.Split('\n').Where(line => Complaint().IsMatch(line))));

    /// <summary>Waits until the guest has forgotten the probe.</summary>
    internal void WaitUntilGone(GuestProbe probe) =>
        Assert.Equal("", guest.Run($"for i in $(seq 100); do grep -qs {probe.Serial} /sys/bus/usb/devices/*/serial || exit 0; sleep 0.05; done; lsusb -t; exit 1", 20).Good);

    [GeneratedRegex("can't|couldn't|cannot|missing|warning|error|invalid|unknown|junk|deprecated|\\?\\?", RegexOptions.IgnoreCase)]
    private static partial Regex Complaint();
}

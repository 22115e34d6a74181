using Xunit.Abstractions;

namespace SharpProbe.Tests.Guest;

/// <summary>The guest itself.</summary>
[Collection(UsbGuestCollection.Name)]
public sealed class BootTests(LinuxGuest guest, ITestOutputHelper output)
{
    [GuestFact] public void It_boots_within_thirty_seconds_and_runs_the_hosts_programs()
    {
        string version = guest.Run("uname -sr; lsusb --version; id -u").Good;
        output.WriteLine($"{guest.BootTime.TotalSeconds:F1} s, of which the kernel's uptime {guest.KernelSeconds:F1} s\n{version}");
        Assert.Matches("Linux .*\nlsusb .*\n0\n", version);
        Assert.InRange(guest.BootTime.TotalSeconds, 0, 30);
    }

    [GuestFact] public void A_script_that_hangs_is_ended_and_the_next_one_runs()
    {
        Assert.Equal(124, guest.Run("sleep 100", seconds: 1).ExitCode);
        Assert.Equal("next\n", guest.Run("echo next").Good);
    }

    [GuestFact] public void Files_pass_both_ways()
    {
        byte[] bytes = [.. Enumerable.Range(0, 100_000).Select(i => (byte)(i * 7))];
        string file = guest.Send("bytes", bytes);
        Assert.Equal("", guest.Run($"cp {file} /exchange/back").Good);
        Assert.Equal(bytes, guest.Receive("back"));
    }
}

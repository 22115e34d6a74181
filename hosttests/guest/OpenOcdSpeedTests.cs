using SharpProbe.Sim.Adi;
using SharpProbe.Sim.Elf;
using SharpProbe.Sim.Targets;
using SharpProbe.Tests.EndToEnd;
using Xunit.Abstractions;

namespace SharpProbe.Tests.Guest;

/// <summary>
/// How fast OpenOCD 0.12 is through the probe, in simulated time. The bench's clock stands while the emulated computer thinks; while it is silent for longer than a millisecond (OpenOCD
/// sleeps between two looks at the flash) time goes on. On a busy computer that is silence too: the figures are printed (docs/cmsis-dap.md has those of a quiet one), and what is asserted is a
/// floor that shows a stall.
/// </summary>
[Collection(DebuggerGuestCollection.Name)]
public sealed class OpenOcdSpeedTests(LinuxGuest guest, ITestOutputHelper output) : GuestTests(guest)
{
    private const int Size = 12 * 1024;
    private const uint Ram = 0x2000_1000, Flash = 0x0800_1000, Keyr = 0x4002_2004, Cr = 0x4002_2010;

    // OpenOCD 0.12 asks for 12 transfers at once where DAP_Info's packet size is that of the endpoint, and for (size - 4) / 5 elsewhere: over HID at high speed 101.
    [GuestFigures]
    [InlineData("stlinkv3mini", "hid", 100, 100)]
    [InlineData("stlinkv3mini", "usb_bulk", 100, 80)]
    [InlineData("devebox_h743", "hid", 10, 10)]
    [InlineData("devebox_h743", "usb_bulk", 10, 10)]
    public void It_moves_RAM_at_its_rate(string board, string transport, double write, double read) => With(board, probe =>
    {
        var log = Logged(probe, transport, TimeSpan.FromMilliseconds(100), "reset halt", "adapter speed 20000", $"load_image {File()} {Ram} bin", $"dump_image /tmp/back.bin {Ram} {Size}");
        foreach (var (reads, least) in new[] { (false, write), (true, read) })
        {
            ulong[] times = [.. log.Where(t => t.Memory - Ram < Size && t.Request.Read == reads && t.Ack == SwdAck.Ok).Select(t => t.Time)];
            double rate = Rate(times[0], times[^1]);
            output.WriteLine($"{board}, {transport}: RAM {(reads ? "read" : "written")} at {rate:F1} KB/s");
            Assert.True(rate >= least, $"{rate:F1} KB/s; {least} are wanted");
        }
    });

    [GuestFigures]
    [InlineData("stlinkv3mini", "hid", TargetKind.Genuine, 0.3)]
    [InlineData("stlinkv3mini", "usb_bulk", TargetKind.Genuine, 0.3)]
    [InlineData("stlinkv3mini", "hid", TargetKind.Clone, 0.05)]
    [InlineData("stlinkv3mini", "usb_bulk", TargetKind.Clone, 0.05)]
    [InlineData("devebox_h743", "hid", TargetKind.Genuine, 0.1)]
    [InlineData("devebox_h743", "usb_bulk", TargetKind.Genuine, 0.1)]
    public void It_programs_flash_at_its_rate(string board, string transport, TargetKind kind, double share) => With(board, probe =>
    {
        var times = TargetVariant.Of(kind).Times;
        double limit = Size / 1e3 / ((Size / 2 * times.HalfWord + Size / 1024 * times.PageErase) / 1e15);
        var log = Logged(probe, transport, TimeSpan.FromMilliseconds(1), "reset halt", "adapter speed 20000", $"flash write_image erase {File()} {Flash} bin");
        var writes = log.Where(t => !t.Request.Read && t.Ack == SwdAck.Ok).ToArray();
        double rate = Rate(writes.First(t => t.Memory == Keyr).Time, writes.Last(t => t.Memory == Cr).Time);
        output.WriteLine($"{board}, {transport}: flash of {probe.Target.Name} erased and programmed at {rate:F1} KB/s; it allows {limit:F1}");
        Assert.True(rate >= share * limit, $"{rate:F1} KB/s; {share * limit:F1} are wanted");
    }, target: TargetVariant.Of(kind).Name);

    /// <summary>What passed on SWD meanwhile.</summary>
    private SwdTransfer[] Logged(GuestProbe probe, string transport, TimeSpan grace, params string[] commands)
    {
        // An empty chip locks up, which OpenOCD calls an error.
        probe.Bench(() => probe.Target.Load(ElfFile.Read(GdbSession.Program)));
        probe.Bench(() => probe.Target.Port!.Log.Capacity = 200_000);
        probe.StandStill(true, grace);
        OpenOcd.Session(Guest, output.WriteLine, transport, commands);
        probe.StandStill(false, grace);
        return probe.Bench(() => probe.Target.Port!.Log.Entries.ToArray());
    }

    private string File()
    {
        byte[] bytes = new byte[Size];
        new Random(3).NextBytes(bytes);
        return Guest.Send("speed.bin", bytes);
    }

    private static double Rate(ulong from, ulong to) => Size / 1e3 / ((to - from) / 1e15);
}

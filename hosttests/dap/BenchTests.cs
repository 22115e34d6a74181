using SharpProbe.Sim;
using SharpProbe.Sim.Cli.Rig;
using Xunit.Abstractions;

namespace SharpProbe.Tests.Dap;

/// <summary>The probe's own firmware on the bench, a simulated STM32F103 on its wire and a CMSIS-DAP host on its cable.</summary>
public class BenchTests(ITestOutputHelper output)
{
    private const uint Fastest = 50_000_000;

    public static TheoryData<string, bool> Boards => new()
    {
        { "stlinkv3mini", false }, { "stlinkv3mini", true }, { "pybd_sf2", false }, { "devebox_h743", false }, { "devebox_h743", true }, { "devebox_h750", false },
    };

    [Theory, MemberData(nameof(Boards))]
    public void Memory_of_a_target_is_written_and_read_through_TransferBlock(string board, bool hid)
    {
        var host = new DapHost(board, hid);
        host.Expect([0, 6, .. "2.1.0\0"u8], 0, 4);
        Assert.Equal(0x31, host.Expect([0, 1], 0, 0xF0)[2] & 0x31);
        host.Expect([0, 2, .. BitConverter.GetBytes((ushort)host.Packet)], 0, 0xFF);
        int count = host.Expect([0, 1], 0, 0xFE)[2];
        Assert.Equal((hid, host.Packet) switch { (true, 64) => 8, (true, _) => 2, (_, 64) => 32, _ => 4 }, count);
        host.Connect(Fastest);
        foreach (int depth in new[] { 3, 8, count }.Distinct())
        {
            var (write, read) = host.Move(16, depth);
            output.WriteLine(FormattableString.Invariant($"{board} {(hid ? "HID" : "bulk")}, {depth} packets of {host.Packet}: write {write:F0} kB/s, read {read:F0} kB/s"));
        }
        host.Expect([3, 0], 3);
        Assert.Equal("", string.Join("\n", host.Usb.Findings.All));
    }

    private static int Deaths => int.TryParse(Environment.GetEnvironmentVariable("SHARPPROBE_DAP_DEATHS"), out int deaths) ? deaths : 50;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_host_that_dies_in_the_middle_leaves_nothing_to_the_next(bool hid)
    {
        var host = new DapHost("stlinkv3mini", hid);
        var random = new Random(1);
        for (int i = 0; i < Deaths; i++)
        {
            host.Connect(Fastest);
            if (random.Next(2) == 0) host.Ask([4, 0, .. BitConverter.GetBytes((ushort)0xFFFF), 0, 0]);
            if (random.Next(3) == 0) host.Clock(20_000);
            int waiting = random.Next(1, 12);
            for (int k = 0; k < waiting; k++) host.Send(random.Next(3) == 0 ? [9, 0xFF, 0xFF] : [6, 0, 100, 0, 0x0F]);
            host.RunFor((ulong)random.Next(1, 3000) * (TimeBase.Second / 1_000_000));
            // The kernel resets the device for the next one.
            host.Reset();
            host.Expect([0, 6, .. "2.1.0\0"u8], 0, 4);
        }
        host.Run(100);
        Assert.Equal(0, host.Waiting);
    }
}

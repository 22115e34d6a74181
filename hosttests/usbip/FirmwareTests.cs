using System.Diagnostics;
using System.Text;
using Xunit.Abstractions;
using SharpProbe.Sim.Usb;

namespace SharpProbe.Tests.UsbIp;

/// <summary>The probe's own firmware as a host elsewhere finds it.</summary>
public sealed class FirmwareTests(ITestOutputHelper output) : IDisposable
{
    private const string Board = "stlinkv3mini";
    private readonly ServedDevice _served = ServedDevice.Firmware(Board);

    public void Dispose() => _served.Dispose();

    [Fact] public void It_is_listed_with_its_interfaces_until_a_host_has_it()
    {
        using (var client = _served.Connect())
        {
            var listed = Assert.Single(client.List());
            Assert.Equal(("1-1", 3, 0x1D50, 0x6018), (listed.BusId, listed.Speed, listed.Vendor, listed.Product));
            Assert.Equal(new byte[] { 2, 2 }, listed.Interfaces[..2]);
        }
        using var owner = _served.Attached();
        using var other = _served.Connect();
        Assert.Empty(other.List());
    }

    [Theory]
    [InlineData(UsbSpeed.High, 3)]
    [InlineData(UsbSpeed.Full, 2)]
    public void Both_speeds_are_told_as_the_kernel_numbers_them(UsbSpeed port, byte speed)
    {
        using var served = ServedDevice.Firmware(Board, port);
        using var client = served.Attached();
        Assert.Equal(speed, client.Imported[299]);
    }

    [Fact] public void A_second_host_is_told_that_the_device_is_busy()
    {
        using var owner = _served.Attached();
        using var other = _served.Connect();
        Assert.Equal(2u, other.Import("1-1"));
        _served.AwaitNote("another host has the device");
        Assert.Equal(18, owner.Descriptor(1, 0, 18).Length);
    }

    [Fact] public void Descriptors_come_as_the_bench_s_own_host_reads_them()
    {
        using var client = _served.Attached();
        Assert.Equal(_served.Exported.DeviceDescriptor.ToArray(), client.Descriptor(1, 0, 18));
        byte[] configuration = client.Descriptor(2, 0, 9);
        int total = configuration[2] | configuration[3] << 8;
        Assert.Equal(_served.Exported.ConfigurationDescriptor.ToArray(), client.Descriptor(2, 0, total));
        Assert.Equal(_served.Exported.Identity.Product, Encoding.Unicode.GetString(client.Descriptor(3, client.Descriptor(1, 0, 18)[15], 255, 0x409)[2..]));
    }

    [Fact] public void Its_console_answers_over_the_cable_that_is_a_socket()
    {
        using var client = _served.Attached();
        var console = new ConsoleFunction(client);
        console.Open();
        Assert.Contains("SharpProbe", console.Ask("version\r", "SharpProbe"));
        Assert.Empty(_served.Host.Findings.All);
    }

    [Fact] public void Sixteen_pending_reads_are_taken_back_and_the_console_goes_on()
    {
        using var client = _served.Attached();
        var console = new ConsoleFunction(client);
        console.Open();
        for (int round = 0; round < 5; round++)
        {
            console.Ask("version\r", "SharpProbe");
            var reads = Enumerable.Range(0, 16).Select(_ => client.Submit(console.In, true, length: 1024)).ToList();
            var unlinks = reads.Select(client.Unlink).ToList();
            // The console's prompt may have ended the first of them.
            foreach (var (read, unlink) in reads.Zip(unlinks)) Assert.Equal(client.Wait(unlink).Status == 0, client.Has(read));
            Assert.True(reads.Count(client.Has) <= 1);
        }
        Assert.Contains("SharpProbe", console.Ask("version\r", "SharpProbe"));
        Assert.Empty(_served.Host.Findings.All);
    }

    [Fact] public void A_request_that_it_does_not_know_is_EPIPE_and_the_next_one_works()
    {
        using var client = _served.Attached();
        Assert.Equal(-32, client.Control(0x80, 6, 0x2200, 0, 64).Status);
        Assert.Equal(-32, client.Control(0x40, 0x77, 1, 2, 3, [1, 2, 3]).Status);
        Assert.Equal(18, client.Descriptor(1, 0, 64).Length);
    }

    [Fact] public void A_halted_endpoint_is_EPIPE_until_it_is_cleared()
    {
        using var client = _served.Attached();
        var console = new ConsoleFunction(client);
        console.Open();
        console.Ask("version\r", "SharpProbe");
        Assert.Equal(0, client.Control(2, 3, 0, 0x80 | console.In).Status);
        Assert.Equal(-32, client.In(console.In, 512).Status);
        Assert.Equal(0, client.Control(2, 1, 0, 0x80 | console.In).Status);
        Assert.Contains("SharpProbe", console.Ask("version\r", "SharpProbe"));
        Assert.Empty(_served.Host.Findings.All);
    }

    [Fact] public void Unplugged_the_connection_ends_and_plugged_in_again_it_can_be_attached_again()
    {
        for (int i = 0; i < 3; i++)
        {
            using var client = _served.Attached();
            var console = new ConsoleFunction(client);
            console.Open();
            Assert.Contains("SharpProbe", console.Ask("version\r", "SharpProbe"));
            client.Submit(console.In, true, length: 512);
            _served.Unplug();
            Assert.True(client.IsClosed());
            using (var early = _served.Connect()) Assert.Equal(4u, early.Import("1-1"));
            _served.Plug();
            _served.Await(() => _served.Exported.Present, "the device appears again");
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Detached_by_its_host_it_is_ready_for_the_next_one(bool abort)
    {
        for (int i = 0; i < 5; i++)
        {
            using var client = _served.Attached();
            var console = new ConsoleFunction(client);
            console.Open();
            Assert.Contains("SharpProbe", console.Ask("version\r", "SharpProbe"));
            for (int n = 0; n < 16; n++) client.Submit(console.In, true, length: 512);
            if (abort) client.Abort();
            else client.Dispose();
            _served.Await(() => !_served.Server.IsAttached, "the server sees it");
        }
        Assert.Empty(_served.Host.Findings.All);
    }

    [Fact] public void A_thousand_round_trips_take_their_time()
    {
        using var client = _served.Attached();
        client.Control(0, 9, 1, 0);
        var watch = Stopwatch.StartNew();
        const int Count = 1000;
        for (int i = 0; i < Count; i++) client.Descriptor(1, 0, 18);
        double each = watch.Elapsed.TotalMilliseconds / Count;
        output.WriteLine($"GET_DESCRIPTOR: {each * 1000:F0} us, {1000 / each:F0} a second");
        Assert.True(each < 20, $"{each:F2} ms");
    }
}

using SharpProbe.Sim;
using SharpProbe.Sim.Usb;

namespace SharpProbe.Tests.UsbHosts;

public class EnumerationTests
{
    [Theory]
    [InlineData(UsbSpeed.High)]
    [InlineData(UsbSpeed.Full)]
    public void A_correct_device_is_configured_without_findings(UsbSpeed speed)
    {
        var bench = new CableBench(speed).Plugged();
        Assert.Equal([], bench.Findings);
        Assert.Equal(UsbHostState.Configured, bench.Host.State);
        Assert.Equal(speed, bench.Host.Speed);
        Assert.Equal("Product", bench.Host.Identity.Product);
        Assert.True(bench.Port.IsBound);
    }

    [Fact] public void Requests_come_in_Linux_s_order()
    {
        var bench = new CableBench(UsbSpeed.Full).Plugged();
        string[] expected =
        [
            "GET_DESCRIPTOR(device 0, wIndex 0x0000, wLength 64)", "SET_ADDRESS(1)", "GET_DESCRIPTOR(device 0, wIndex 0x0000, wLength 18)",
            "GET_DESCRIPTOR(BOS 0, wIndex 0x0000, wLength 5)", "GET_DESCRIPTOR(BOS 0, wIndex 0x0000, wLength 12)",
            "GET_DESCRIPTOR(configuration 0, wIndex 0x0000, wLength 9)", "GET_DESCRIPTOR(configuration 0, wIndex 0x0000, wLength 75)",
            "GET_DESCRIPTOR(string 0, wIndex 0x0000, wLength 255)", "GET_DESCRIPTOR(string 2, wIndex 0x0409, wLength 255)",
            "GET_DESCRIPTOR(string 1, wIndex 0x0409, wLength 255)", "GET_DESCRIPTOR(string 3, wIndex 0x0409, wLength 255)", "SET_CONFIGURATION(1)",
            "GET_DESCRIPTOR(string 4, wIndex 0x0409, wLength 255)", "SET_LINE_CODING(interface 0)", "GET_LINE_CODING(interface 0)",
        ];
        Assert.Equal(expected, bench.Device.Requests.Select(r => r.ToString()));
        Assert.Equal(2, bench.Device.Resets);
    }

    [Fact] public void A_device_that_never_answers_is_given_up()
    {
        var bench = new CableBench();
        bench.Device.Deaf = true;
        bench.Host.Plug(bench.Device);
        bench.Run(2 * TimeBase.Second);
        Assert.Equal(UsbHostState.Failed, bench.Host.State);
        Assert.Contains("the device does not enumerate", bench.Findings);
    }

    [Fact] public void A_control_transfer_that_never_ends_times_out_after_5_s()
    {
        var bench = new CableBench().Plugged();
        bench.Device.Think = 100 * TimeBase.Second;
        var transfer = bench.Host.Control(new(0x80, UsbSetup.GetDescriptor, 0x100, 0, 18));
        bench.Run(4900 * CableBench.Millisecond);
        Assert.False(transfer.IsCompleted);
        bench.Run(200 * CableBench.Millisecond);
        Assert.Equal(UsbTransferStatus.TimedOut, transfer.GetResult().Status);
    }

    [Fact] public void Unplugging_at_any_moment_of_enumeration_and_plugging_again_works()
    {
        for (ulong when = 0; when < 250; when += 7)
        {
            var bench = new CableBench();
            bench.Host.Plug(bench.Device);
            bench.Run(when * CableBench.Millisecond);
            bench.Host.Unplug();
            bench.Run(CableBench.Millisecond);
            Assert.Equal(UsbHostState.Unplugged, bench.Host.State);
            bench.Plugged();
            Assert.Equal(UsbHostState.Configured, bench.Host.State);
            Assert.Equal([], bench.Findings);
        }
    }

    [Fact] public void Strict_stops_the_bench_at_the_first_finding()
    {
        var bench = new CableBench();
        bench.Host.Findings.Strict = true;
        byte[] device = FakeDevice.DeviceDescriptor;
        device[7] = 32;
        bench.Device.Instead[(1, 0)] = device;
        Assert.Throws<BenchStop>(() => bench.Plugged());
    }
}

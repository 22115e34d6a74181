using SharpProbe.Sim.Usb;

namespace SharpProbe.Tests.UsbHosts;

public class FindingTests
{
    private static IReadOnlyList<string> With(Action<CableBench> change, UsbSpeed speed = UsbSpeed.High)
    {
        var bench = new CableBench(speed);
        change(bench);
        bench.Plugged();
        bench.Run(5000 * CableBench.Millisecond);
        return bench.Findings;
    }

    private static IReadOnlyList<string> WithConfiguration(int offset, byte value, UsbSpeed speed = UsbSpeed.High) => With(bench =>
    {
        byte[] c = FakeDevice.ConfigurationDescriptor(speed, 2);
        c[offset] = value;
        bench.Device.Instead[(2, 0)] = c;
    }, speed);

    [Theory]
    [InlineData(4, 3, "bNumInterfaces is 3, 2 are described")]
    [InlineData(5, 0, "bConfigurationValue is 0")]
    [InlineData(7, 0x40, "bmAttributes is 0x40")]
    [InlineData(11, 1, "interface 2 that is not there", "there is no interface 2")]
    [InlineData(19, 5, "interfaces are numbered 5, 1")]
    [InlineData(21, 2, "bNumEndpoints is 2, 1 are described")]
    [InlineData(30, 0x00, "bcdCDC")]
    [InlineData(35, 3, "call management names data interface 3")]
    [InlineData(44, 0, "the union's interface 0 is of class 0x02")]
    [InlineData(47, 0x82, "endpoint 0x82 is there 2 times")]
    [InlineData(51, 0, "bInterval is 0")]
    [InlineData(66, 1, "bulk with wMaxPacketSize 256")]
    public void A_wrong_byte_in_the_configuration_is_found(int offset, byte value, string finding, string? other = null) =>
        Assert.Contains(WithConfiguration(offset, value), f => f.Contains(finding) || other is not null && f.Contains(other));

    [Fact] public void Bulk_of_512_bytes_at_full_speed_is_found() => Assert.Contains(WithConfiguration(66, 2, UsbSpeed.Full), f => f.Contains("bulk with wMaxPacketSize"));

    [Fact] public void A_string_that_is_missing_is_found() => Assert.Contains("GET_DESCRIPTOR(string 4, wIndex 0x0409, wLength 255) ends with Stall and 0 bytes, 2 are due", With(b => b.Device.Instead[(3, 4)] = []));

    [Fact] public void A_missing_qualifier_is_found() => Assert.Contains(With(b => b.Device.Instead[(6, 0)] = []), f => f.Contains("device_qualifier"));

    [Fact] public void A_BOS_whose_capability_is_too_long_is_found() => Assert.Contains(With(b => b.Device.Instead[(15, 0)] = [5, 15, 12, 0, 1, 9, 16, 2, 0, 0, 0, 0]), f => f.StartsWith("BOS: the capability at byte 5"));

    [Fact] public void An_other_speed_configuration_that_differs_is_found()
    {
        byte[] other = FakeDevice.ConfigurationDescriptor(UsbSpeed.Full, 7);
        other[70] = 0x84;
        Assert.Contains(With(b => b.Device.Instead[(7, 0)] = other), f => f.StartsWith("other_speed_configuration: interfaces differ"));
    }

    [Fact] public void More_bytes_than_wLength_are_found() => Assert.Contains(With(b => b.Device.Alter = a => a.Length == 9 ? [.. a, 0] : a), f => f.Contains("more than wLength"));

    [Fact] public void A_packet_longer_than_the_maximum_is_babble()
    {
        var bench = new CableBench();
        bench.Opened();
        bench.Device.SendPacket(new byte[600]);
        bench.Run(CableBench.Millisecond);
        Assert.Contains(bench.Findings, f => f.Contains("(babble)"));
    }

    [Fact] public void A_missing_zero_length_packet_is_found()
    {
        var bench = new CableBench();
        var port = bench.Opened();
        bench.Device.Send(new byte[512], zero: false);
        bench.Run(50 * CableBench.Millisecond);
        Assert.Equal(0, port.Available);
        Assert.Contains(bench.Findings, f => f.Contains("without a zero-length packet"));
    }

    [Fact] public void A_model_that_forgets_Ready_is_found_and_goes_on()
    {
        var bench = new CableBench();
        var port = bench.Opened();
        bench.Device.ForgetReady = true;
        bench.Device.Send([1, 2, 3]);
        bench.Run(50 * CableBench.Millisecond);
        Assert.Equal(3, port.Available);
        Assert.Contains(bench.Findings, f => f.Contains("did not say Ready"));
    }
}

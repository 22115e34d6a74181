using SharpProbe.Usb;
using SharpProbe.Usb.Dap;

namespace SharpProbe.Tests.Usb;

/// <summary>The HID's class requests (HID 1.11, 7.1 and 7.2).</summary>
public class HidTests
{
    private const int Interface = 6;
    private const byte In = 0x81;

    private readonly DeviceRig _rig = new DeviceRig().Configured();

    [Theory]
    [InlineData(true, 512)]
    [InlineData(false, 64)]
    public void The_report_descriptor_has_one_report_each_way_as_long_as_a_packet(bool high, int size)
    {
        var rig = new DeviceRig(high).Configured();
        byte[] report = rig.In(0x81, 6, 0x2200, Interface, 255)!;
        Assert.Equal(
            [0x06, 0x00, 0xFF, 0x09, 0x01, 0xA1, 0x01, 0x15, 0x00, 0x26, 0xFF, 0x00, 0x75, 0x08, 0x96, (byte)size, (byte)(size >> 8), 0x09, 0x01, 0x81, 0x02, 0x96, (byte)size, (byte)(size >> 8), 0x09, 0x01, 0x91, 0x02, 0xC0],
            report);
    }

    [Fact]
    public void The_HID_descriptor_alone_is_the_one_in_the_configuration()
    {
        byte[] alone = _rig.In(0x81, 6, 0x2100, Interface, 9)!, all = _rig.Descriptor(DescriptorKind.Configuration)!;
        Assert.Equal(9, alone.Length);
        Assert.True(all.AsSpan().IndexOf(alone) > 0);
        Assert.Equal(alone[7], _rig.In(0x81, 6, 0x2200, Interface, 255)!.Length);
    }

    [Theory]
    [InlineData(0x2300, Interface)]                                  // physical descriptor
    [InlineData(0x2201, Interface)]
    [InlineData(0x2200, 0)]
    [InlineData(0x2200, 7)]
    [InlineData(0x2200, 99)]
    public void A_class_descriptor_that_is_not_there_stalls(int value, int index) => Assert.Null(_rig.In(0x81, 6, value, index, 64));

    [Fact]
    public void An_input_report_by_request_is_empty_and_takes_nothing_from_the_pipe()
    {
        _rig.Bus.Give(0x01, "packet"u8);
        _rig.Usb.Hid.Poll();
        Assert.Equal(new byte[512], _rig.In(0xA1, 1, 0x100, Interface, 512));
        Assert.Equal("packet"u8, _rig.Bus.Take(In)![..6]);
    }

    [Fact]
    public void An_output_report_by_request_is_a_packet_like_any_other()
    {
        byte[] report = [.. "command"u8, .. new byte[505]];
        Assert.True(_rig.Out(0x21, 9, 0x200, Interface, report));
        _rig.Usb.Hid.Poll();
        Assert.Equal(report, _rig.Bus.Take(In)!);
    }

    [Fact]
    public void An_output_report_for_which_there_is_no_room_stalls_and_is_not_taken()
    {
        while (_rig.Bus.Give(0x01, [1])) { }
        Assert.False(_rig.Out(0x21, 9, 0x200, Interface, new byte[64]));
        for (int i = 0; i < 10; i++)
        {
            _rig.Usb.Hid.Poll();
            _rig.Bus.Take(In);
        }
        Assert.Equal(_rig.Usb.Hid.Slots, _rig.Dap.Requests.Count);
    }

    [Fact]
    public void A_report_by_request_never_takes_the_place_of_a_packet_that_was_let_in()
    {
        for (int i = 0; i < _rig.Usb.Hid.Slots - 1; i++) Assert.True(_rig.Bus.Give(0x01, [1]));
        Assert.True(_rig.Bus.Accepts(0x01));
        Assert.False(_rig.Out(0x21, 9, 0x200, Interface, new byte[64]));
        Assert.True(_rig.Bus.Give(0x01, [2]));
        for (int i = 0; i < 10; i++)
        {
            _rig.Usb.Hid.Poll();
            _rig.Bus.Take(In);
        }
        Assert.Equal([.. Enumerable.Repeat((byte)1, _rig.Usb.Hid.Slots - 1), 2], _rig.Dap.Requests.Select(r => r[0]));
    }

    [Theory]
    [InlineData(0x100, 64)]                                          // an input report, a feature report, an id that is none, nothing, too much
    [InlineData(0x300, 64)]
    [InlineData(0x201, 64)]
    [InlineData(0x200, 0)]
    [InlineData(0x200, 513)]
    public void A_report_that_is_not_there_cannot_be_set(int value, int length) => Assert.False(_rig.Out(0x21, 9, value, Interface, new byte[length]));

    [Fact]
    public void The_only_idle_rate_is_reports_when_there_are_any()
    {
        Assert.True(_rig.NoData(0x21, 10, 0, Interface));
        Assert.Equal([0], _rig.In(0xA1, 2, 0, Interface, 1));
        Assert.False(_rig.NoData(0x21, 10, 0x0400, Interface));
    }

    [Fact]
    public void The_only_protocol_is_that_of_reports()
    {
        Assert.Equal([1], _rig.In(0xA1, 3, 0, Interface, 1));
        Assert.True(_rig.NoData(0x21, 11, 1, Interface));
        Assert.False(_rig.NoData(0x21, 11, 0, Interface));
    }
}

using SharpProbe.Usb;

namespace SharpProbe.Tests.Usb;

public class CdcTests
{
    private const byte In = 0x83, Out = 0x03, Notify = 0x82;
    private static readonly byte[] Coding = [0x80, 0x84, 0x1E, 0x00, 2, 1, 7];     // 2 Mbaud, two stop bits, odd, 7

    private readonly DeviceRig _rig = new();

    private string Read()
    {
        byte[] buffer = new byte[8192];
        return System.Text.Encoding.ASCII.GetString(buffer, 0, _rig.Port.Read(buffer));
    }

    [Fact]
    public void Line_coding_is_kept_and_told_per_port()
    {
        _rig.Configured();
        Assert.True(_rig.Out(0x21, 0x20, 0, 4, Coding));
        Assert.Equal(Coding, _rig.In(0xA1, 0x21, 0, 4, 7));
        Assert.Equal([0x00, 0xC2, 0x01, 0x00, 0, 0, 8], _rig.In(0xA1, 0x21, 0, 0, 7));
        var port = _rig.Usb.Uart;
        Assert.Equal((2_000_000u, 2, 1, 7, 1u), (port.Coding.Baud, port.Coding.StopBits, port.Coding.Parity, port.Coding.DataBits, port.CodingVersion));
    }

    [Fact]
    public void The_same_line_coding_again_is_no_change()
    {
        _rig.Configured();
        _rig.Out(0x21, 0x20, 0, 0, Coding);
        _rig.Out(0x21, 0x20, 0, 0, Coding);
        Assert.Equal(1u, _rig.Port.CodingVersion);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(6)]
    [InlineData(0x100)]
    public void A_line_coding_for_something_else_stalls(int index)
    {
        _rig.Configured();
        Assert.False(_rig.Out(0x21, 0x20, 0, index, Coding));
    }

    [Fact]
    public void Class_requests_stall_before_the_configuration() => Assert.False(_rig.NoData(0x21, 0x22, 3, 0));

    [Theory]
    [InlineData(6, 7)]
    [InlineData(7, 6)]
    [InlineData(8, 8)]
    [InlineData(64, 7)]
    [InlineData(512, 512)]
    [InlineData(600, 600)]
    public void A_line_coding_of_another_length_stalls(int sent, int announced)
    {
        _rig.Configured();
        Assert.False(_rig.Out(0x21, 0x20, 0, 0, new byte[sent], announced));
        Assert.Equal(0u, _rig.Port.CodingVersion);
        Assert.Equal([0, 0], _rig.In(0x80, 0, 0, 0, 2));
    }

    [Theory]
    [InlineData(0, 0, 0, 8)]
    [InlineData(1, 3, 0, 8)]
    [InlineData(1, 0, 5, 8)]
    [InlineData(1, 0, 0, 4)]
    [InlineData(1, 0, 0, 9)]
    public void A_line_coding_that_means_nothing_stalls(byte baud, byte stopBits, byte parity, byte dataBits)
    {
        _rig.Configured();
        Assert.False(_rig.Out(0x21, 0x20, 0, 0, [0, baud, 0, 0, stopBits, parity, dataBits]));
        Assert.Equal(115_200u, _rig.Port.Coding.Baud);
    }

    [Fact]
    public void DTR_is_answered_with_carrier_and_data_set_ready()
    {
        _rig.Configured();
        Assert.True(_rig.NoData(0x21, 0x22, 1, 4));
        Assert.Equal([0xA1, 0x20, 0, 0, 4, 0, 2, 0, 3, 0], _rig.Bus.Take(0x86));
        Assert.Null(_rig.Bus.Take(0x86));
    }

    [Fact]
    public void A_notification_that_nobody_fetches_is_in_nobodys_way()
    {
        _rig.Configured();
        for (int i = 0; i < 3; i++)
        {
            _rig.Dtr(true);
            _rig.Dtr(false);
        }
        Assert.NotNull(_rig.Bus.Take(Notify));
        Assert.Null(_rig.Bus.Take(Notify));
    }

    [Fact]
    public void A_transfer_of_whole_packets_ends_with_an_empty_one()
    {
        _rig.Opened();
        _rig.Port.Write(new byte[512]);
        _rig.Port.Write(new byte[512]);
        Assert.Equal(512, _rig.Bus.Take(In)!.Length);
        Assert.Equal(512, _rig.Bus.Take(In)!.Length);
        Assert.Empty(_rig.Bus.Take(In)!);
        Assert.Null(_rig.Bus.Take(In));
        _rig.Port.Write(new byte[512]);
        _rig.Port.Write(new byte[1]);
        Assert.Equal(512, _rig.Bus.Take(In)!.Length);
        Assert.Single(_rig.Bus.Take(In)!);
        Assert.Null(_rig.Bus.Take(In));
    }

    [Fact]
    public void A_packet_is_let_in_only_where_a_whole_one_fits()
    {
        _rig.Opened();
        Assert.True(_rig.Bus.Give(Out, new byte[512]));
        Assert.False(_rig.Bus.Give(Out, [1]));
        _rig.Port.Read(new byte[511]);
        Assert.False(_rig.Bus.Give(Out, [1]));
        _rig.Port.Read(new byte[1]);
        Assert.True(_rig.Bus.Give(Out, new byte[512]));
        Assert.Equal(512, _rig.Port.Available);
    }

    [Fact]
    public void What_the_host_does_not_fetch_fills_the_ring_and_no_more()
    {
        _rig.Opened();
        int taken = 0, count;
        while ((count = _rig.Port.Write(new byte[100])) != 0) taken += count;
        Assert.Equal(512 + 100, taken);                            // the ring, and the packet that is on its way
        int fetched = 0;
        while (_rig.Bus.Take(In) is { } packet) fetched += packet.Length;
        Assert.Equal(taken, fetched);
    }

    [Fact]
    public void Without_DTR_nobody_listens()
    {
        _rig.Configured();
        Assert.False(_rig.Port.Connected);
        Assert.Equal(0, _rig.Port.Room);
        Assert.Equal(0, _rig.Port.Write("x"u8));
        _rig.Dtr(true);
        Assert.True(_rig.Port.Connected);
    }

    [Fact]
    public void The_end_of_a_session_is_told_once_by_an_empty_read()
    {
        DeviceRig rig = new DeviceRig(high: false).Opened();       // where more than one packet fits
        rig.Bus.Give(Out, "old"u8);
        rig.Dtr(false);
        rig.Dtr(true);
        Assert.True(rig.Bus.Give(Out, "new"u8));
        Assert.False(rig.Port.Connected);
        Assert.Equal(0, rig.Port.Available);
        Assert.Equal(0, rig.Port.Write("lost"u8));
        byte[] read = new byte[8];
        Assert.Equal(0, rig.Port.Read(read));
        Assert.True(rig.Port.Connected);
        Assert.Equal("new"u8, read.AsSpan(0, rig.Port.Read(read)));
    }

    [Fact]
    public void What_was_on_its_way_to_a_host_that_left_never_reaches_the_next()
    {
        _rig.Opened();
        _rig.Port.Write(new byte[3000]);
        _rig.Dtr(false);
        Assert.Null(_rig.Bus.Take(In));
        _rig.Dtr(true);
        Read();
        Assert.Null(_rig.Bus.Take(In));
        _rig.Port.Write("fresh"u8);
        Assert.Equal("fresh"u8, _rig.Bus.Take(In)!);
    }

    [Fact]
    public void A_host_that_left_with_the_ring_full_finds_it_empty()
    {
        _rig.Opened();
        while (_rig.Bus.Give(Out, new byte[512])) { }
        _rig.Dtr(false);
        Assert.Equal("", Read());
        _rig.Dtr(true);
        Assert.Equal(0, _rig.Port.Available);
        Assert.Equal("", Read());
        Assert.True(_rig.Bus.Give(Out, "x"u8), "the ring is empty, and still the host hears NAK");
    }

    [Fact]
    public void A_host_that_slept_and_wakes_begins_a_session_with_its_DTR_as_it_was()
    {
        _rig.Opened();
        _rig.Device.OnSuspend();
        Assert.False(_rig.Port.Connected);
        Assert.Equal("", Read());
        Assert.False(_rig.Port.Connected);
        _rig.Device.OnResume();
        Assert.True(_rig.Port.Connected);
        _rig.Port.Write("awake"u8);
        Assert.Equal("awake"u8, _rig.Bus.Take(In)!);
        Assert.True(_rig.Bus.Give(Out, "too"u8));
        Assert.Equal("too", Read());
    }

    [Fact]
    public void A_cable_pulled_and_put_back_needs_DTR_anew()
    {
        _rig.Opened();
        _rig.Device.OnSuspend();
        _rig.Bus.BusReset();
        _rig.Configured();
        Read();
        Assert.False(_rig.Port.Connected);
        _rig.Dtr(true);
        Assert.True(_rig.Port.Connected);
    }

    [Fact]
    public void The_place_of_a_new_line_coding_among_the_bytes_is_known()
    {
        _rig.Opened();
        _rig.Bus.Give(Out, "12345"u8);
        _rig.Out(0x21, 0x20, 0, 0, Coding);
        _rig.Bus.Give(Out, "678"u8);
        Assert.Equal(5, _rig.Port.BeforeRequest);
        _rig.Port.Read(new byte[6]);
        Assert.Equal(0, _rig.Port.BeforeRequest);
    }

    [Fact]
    public void A_break_is_passed_on()
    {
        _rig.Configured();
        Assert.True(_rig.NoData(0x21, 0x23, 250, 0));
        Assert.Equal((250, 1u), (_rig.Port.BreakAsked, _rig.Port.BreakVersion));
    }
}

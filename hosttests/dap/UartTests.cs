using System.Text;
using SharpProbe.App;
using SharpProbe.Dap;
using SharpProbe.Sim.Cli.Rig;
using SharpProbe.Wire;
using SharpProbe.Tests.GdbServing;
using SharpProbe.Tests.Targets;
using SharpProbe.Tests.Usb;
using static SharpProbe.Tests.Dap.DapRig;

namespace SharpProbe.Tests.Dap;

/// <summary>DAP_UART_*: the target's UART by CMSIS-DAP.</summary>
public class UartTests
{
    private const int Both = 0x11;

    private readonly DapRig _rig = new();

    private DapRig Taken()
    {
        Assert.Equal([0x1F, 0], _rig.Ask(0x1F, 2));
        Assert.Equal([0x20, 0, .. Word(9600)], _rig.Ask([0x20, 0, .. Word(9600)]));
        Assert.Equal([0x22, 0], _rig.Ask(0x22, Both));
        return _rig;
    }

    private byte[] Transfer(int most, string text) => _rig.Ask([0x21, (byte)most, 0, (byte)text.Length, 0, .. Encoding.ASCII.GetBytes(text)]);

    [Fact] public void What_is_sent_and_what_comes_share_a_packet() => Assert.Equal([0x21, 0x11, 5, 0, 5, 0, .. "hello"u8], Taken() is null ? [] : Transfer(10, "hello"));

    [Fact]
    public void No_more_comes_than_is_asked_for_or_fits()
    {
        Taken();
        Assert.Equal([0x21, 0x11, 50, 0, 3, 0, .. "aaa"u8], Transfer(3, new string('a', 50)));
        Assert.Equal([0x21, 0x11, 0, 0, 4, 0, .. "aaaa"u8], _rig.Ask([0x21, 255, 0, 0, 0], 10));
        Assert.Equal([0x23, 0x11, .. Word(43), .. Word(0)], _rig.Ask(0x23));
    }

    [Fact]
    public void Lost_bytes_and_damaged_ones_are_told_once()
    {
        Taken();
        for (int i = 0; i < 2; i++) Transfer(0, new string('b', 50));
        Assert.Equal(0x13, Transfer(0, "b")[1]);
        Assert.Equal([0x23, 0x11, .. Word(100), .. Word(0)], _rig.Ask(0x23));
        Assert.Equal(0x1B, _rig.Ask(0x21, 0, 0, 1, 0, 0xEE)[1]);
    }

    [Theory]
    [InlineData(0x00, 0, 8, 0, 0)]
    [InlineData(0x07, 0, 7, 0, 0)]
    [InlineData(0x10, 0, 8, 2, 0)]                           // CDC's even
    [InlineData(0x20, 0, 8, 1, 0)]                           // CDC's odd
    [InlineData(0x40, 0, 8, 0, 2)]                           // CDC's two
    [InlineData(0x05, 1, 0, 0, 0)]
    [InlineData(0x06, 1, 0, 0, 0)]
    [InlineData(0x30, 2, 0, 0, 0)]
    [InlineData(0x80, 4, 0, 0, 0)]
    [InlineData(0xFF, 7, 0, 0, 0)]
    public void A_format_is_set_or_refused(byte control, byte status, byte data, byte parity, byte stop)
    {
        _rig.Ask(0x1F, 2);
        Assert.Equal([0x20, status, .. Word(status == 0 ? 4800u : 0)], _rig.Ask([0x20, control, .. Word(4800)]));
        if (status == 0) Assert.Equal((4800u, data, parity, stop), (_rig.Line.Coding.Baud, _rig.Line.Coding.DataBits, _rig.Line.Coding.Parity, _rig.Line.Coding.StopBits));
        Assert.Equal([0x22, (byte)(status == 0 ? 0 : 0xFF)], _rig.Ask(0x22, Both));
    }

    [Fact]
    public void A_speed_that_cannot_be_is_0_and_the_line_is_not_used()
    {
        _rig.Ask(0x1F, 2);
        Assert.Equal([0x20, 0, .. Word(0)], _rig.Ask([0x20, 0, .. Word(50_000_000)]));
        Assert.Equal([0x22, 0xFF], _rig.Ask(0x22, Both));
    }

    [Fact]
    public void Without_the_transport_nothing_happens()
    {
        Assert.Equal([0x20, 7, .. Word(0)], _rig.Ask([0x20, 0, .. Word(9600)]));
        Assert.Equal([0x21, 0, 0, 0, 0, 0], Transfer(10, "hello"));
        Assert.Equal([0x22, 0xFF], _rig.Ask(0x22, Both));
        Assert.Equal([0x23, 0, .. Word(0), .. Word(0)], _rig.Ask(0x23));
        Assert.Equal([0x1F, 0xFF], _rig.Ask(0x1F, 3));
        Assert.Equal(0, _rig.Line.Available);
    }

    [Fact]
    public void What_came_before_reception_was_disabled_can_still_be_read()
    {
        Taken();
        Transfer(0, "before");
        Assert.Equal([0x22, 0], _rig.Ask(0x22, 2));
        Transfer(0, "after");
        Assert.Equal([0x21, 0x10, 0, 0, 6, 0, .. "before"u8], _rig.Ask(0x21, 20, 0, 0, 0));
    }

    [Theory]
    [InlineData(new byte[] { 3 })]
    [InlineData(new byte[] { 0x1F, 1 })]
    [InlineData(new byte[] { 0x1F, 0 })]
    public void The_USB_port_gets_it_back_with_its_own_format(byte[] end)
    {
        var usb = new DeviceRig().Opened();
        var bridge = new SerialBridge(usb.Port, _rig.Line, new FakeClock(), _rig.Engine.Uart);
        bridge.Poll();
        Taken();
        usb.Bus.Give(0x03, "waits"u8);
        bridge.Poll();
        Assert.Equal((0, 9600u), (_rig.Line.Available, _rig.Line.Baud));
        Assert.Equal(0, _rig.Ask(end)[1]);
        bridge.Poll();
        bridge.Poll();
        Assert.Equal(115_200u, _rig.Line.Baud);
        Assert.Equal("waits"u8, usb.Bus.Take(0x83)!);
    }

    [Fact]
    public void A_host_that_says_nothing_for_5_s_loses_it_to_whoever_writes_to_the_port()
    {
        var usb = new DeviceRig().Opened();
        var bridge = new SerialBridge(usb.Port, _rig.Line, new FakeClock(), _rig.Engine.Uart);
        Taken();
        bridge.Poll();
        _rig.ClockStep = 6_000_000;
        _rig.Engine.Rest();
        Assert.True(_rig.Engine.Uart!.Taken);
        usb.Bus.Give(0x03, "hello?"u8);
        bridge.Poll();
        _rig.Engine.Rest();
        Assert.False(_rig.Engine.Uart.Taken);
    }

    [Fact]
    public void Only_one_of_the_two_transports_has_it()
    {
        var other = new DapRig();
        other.Engine.Uart = Taken().Engine.Uart;
        var second = new DapEngine(other.Rig.Wire, WireUser.DapHid, new FakeClock(), other.Turns, new([], [], [], [])) { Uart = _rig.Engine.Uart };
        var answer = new byte[64];
        second.Answer([0x1F, 2], answer);
        Assert.Equal([0x1F, 0xFF], answer[..2]);
        second.Answer([0x1F, 1], answer);
        Assert.Equal([0x1F, 0xFF], answer[..2]);
        second.Disconnect();
        Assert.True(_rig.Engine.Uart!.Taken);
    }

    [Fact]
    public void Info_tells_of_it()
    {
        Assert.Equal(0x80, _rig.Ask(0, 0xF0)[2] & 0x80);
        Assert.Equal([0, 4, .. Word(100)], _rig.Ask(0, 0xFB));
        Assert.Equal([0, 4, .. Word(50)], _rig.Ask(0, 0xFC));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_targets_UART_talks_through_DAP_on_the_bench(bool hid)
    {
        var host = new DapHost("stlinkv3mini", hid);
        host.Target!.Load(Program(), TargetRig.Flash);
        host.Expect([0x1F, 0], 0x1F, 2);
        byte[] configured = host.Expect([0x20, 0], [0x20, 0, .. Word(115_200)]);
        Assert.InRange(BitConverter.ToUInt32(configured, 2), 115_200 * 0.99, 115_200 * 1.01);
        host.Expect([0x22, 0], 0x22, Both);
        host.Target.SystemReset();
        host.Run(2);
        host.Expect([0x21, 0x11, 1, 0, 1, 0, 0x55], 0x21, 10, 0, 1, 0, (byte)'A');
        host.Run(2);
        host.Expect([0x23, 0x11, .. Word(1), .. Word(0)], 0x23);
        host.Expect([0x21, 0x11, 0, 0, 1, 0, (byte)'B'], 0x21, 10, 0, 0, 0);
        // What waits to be sent on a slow line can be dropped.
        host.Expect([0x20, 0], [0x20, 0, .. Word(9600)]);
        host.Expect([0x21, 0x11, 50, 0, 0, 0], [0x21, 0, 0, 50, 0, .. new byte[50]]);
        Assert.InRange(BitConverter.ToUInt32(host.Ask(0x23), 6), 1u, 50u);
        host.Expect([0x22, 0], 0x22, 0x40);
        host.Expect([0x23, 0x11, .. Word(0), .. Word(0)], 0x23);
        host.Expect([0x03, 0], 3);
        host.Run(5);
        host.Expect([0x23, 0, .. Word(0), .. Word(0)], 0x23);
    }

    /// <summary>Sends 0x55, then each byte that it gets plus one, at 115200 baud.</summary>
    private static byte[] Program()
    {
        var image = new byte[0x200];
        BitConverter.TryWriteBytes(image, TargetRig.StackTop);
        BitConverter.TryWriteBytes(image.AsSpan(4), TargetRig.Code | 1);
        Buffer.BlockCopy(WireTests.Echo, 0, image, (int)(TargetRig.Code - TargetRig.Flash), WireTests.Echo.Length * 2);
        return image;
    }
}

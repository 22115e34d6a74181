using SharpProbe.App;
using SharpProbe.Tests.GdbServing;

namespace SharpProbe.Tests.Usb;

/// <summary>A USB port joined to a serial line.</summary>
public class BridgeTests
{
    private const byte In = 0x83, Out = 0x03;

    private readonly DeviceRig _rig = new DeviceRig().Opened();
    private readonly FakeLine _line = new();
    private readonly FakeClock _clock = new();
    private readonly SerialBridge _bridge;

    public BridgeTests() => _bridge = new(_rig.Port, _line, _clock);

    private void SetBaud(ushort baud) => Assert.True(_rig.Out(0x21, 0x20, 0, 0, [(byte)baud, (byte)(baud >> 8), 0, 0, 0, 0, 8]));

    private void Break(int milliseconds) => Assert.True(_rig.NoData(0x21, 0x23, milliseconds, 0));

    [Fact]
    public void Bytes_pass_both_ways()
    {
        _rig.Bus.Give(Out, "there"u8);
        _line.Incoming("back");
        _bridge.Poll();
        Assert.Equal("there", _line.Told);
        Assert.Equal("back"u8, _rig.Bus.Take(In)!);
    }

    [Fact]
    public void A_full_line_holds_the_host_back()
    {
        _line.RoomLeft = 100;
        int taken = 0;
        while (_rig.Bus.Give(Out, new byte[512]))
        {
            taken += 512;
            _bridge.Poll();
        }
        Assert.Equal(100, _line.Told.Length);
        Assert.InRange(taken, 512, 1024);
        _line.RoomLeft = 10_000;
        _bridge.Poll();
        Assert.Equal(taken, _line.Told.Length);
        Assert.True(_rig.Bus.Give(Out, "x"u8));
    }

    [Fact]
    public void A_host_that_does_not_fetch_leaves_the_rest_in_the_line()
    {
        _line.Incoming(new string('a', 10_000));
        for (int i = 0; i < 10; i++) _bridge.Poll();
        Assert.InRange(_line.Available, 10_000 - 512 - 512, 10_000 - 512);
    }

    [Fact]
    public void What_comes_while_nobody_listens_is_not_kept()
    {
        _rig.Dtr(false);
        _bridge.Poll();
        _line.Incoming("old");
        _bridge.Poll();
        _rig.Dtr(true);
        _bridge.Poll();
        _line.Incoming("new");
        _bridge.Poll();
        Assert.Equal("new"u8, _rig.Bus.Take(In)!);
    }

    [Fact]
    public void A_new_speed_waits_for_what_was_written_before()
    {
        _line.RoomLeft = 3;
        _rig.Bus.Give(Out, "before"u8);
        SetBaud(9600);
        _bridge.Poll();
        Assert.Equal("bef", _line.Told);
        (_line.RoomLeft, _line.IsIdle) = (100, false);
        for (int i = 0; i < 3; i++) _bridge.Poll();
        Assert.True(_rig.Bus.Give(Out, "after"u8));
        for (int i = 0; i < 3; i++) _bridge.Poll();
        Assert.Equal("before", _line.Told);
        _line.IsIdle = true;
        for (int i = 0; i < 3; i++) _bridge.Poll();
        Assert.Equal("before[9600]after", _line.Told);
    }

    [Fact]
    public void A_new_speed_counts_without_a_session_too()
    {
        _rig.Dtr(false);
        SetBaud(300);
        for (int i = 0; i < 3; i++) _bridge.Poll();
        Assert.Equal("[300]", _line.Told);
    }

    [Fact]
    public void A_break_lasts_its_time_and_bytes_wait()
    {
        Break(20);
        _rig.Bus.Give(Out, "after"u8);
        for (int i = 0; i < 10; i++) _bridge.Poll();
        _clock.Pass(15);
        _bridge.Poll();
        Assert.Equal("[break", _line.Told);
        _clock.Pass(10);
        for (int i = 0; i < 3; i++) _bridge.Poll();
        Assert.Equal("[break]after", _line.Told);
    }

    [Fact]
    public void A_break_without_end_ends_when_told_even_behind_bytes()
    {
        Break(0xFFFF);
        _bridge.Poll();
        _rig.Bus.Give(Out, "during"u8);
        _clock.Pass(100_000);
        _bridge.Poll();
        Assert.Equal("[break", _line.Told);
        Break(0);
        for (int i = 0; i < 3; i++) _bridge.Poll();
        Assert.Equal("[break]during", _line.Told);
    }

    [Fact]
    public void A_break_ends_with_its_session()
    {
        Break(0xFFFF);
        _bridge.Poll();
        _rig.Dtr(false);
        _bridge.Poll();
        Assert.Equal("[break]", _line.Told);
    }
}

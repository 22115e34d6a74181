using SharpProbe.Usb;
using SharpProbe.Usb.Dap;

namespace SharpProbe.Tests.Usb;

/// <summary>Requests and responses of CMSIS-DAP over either pair of endpoints.</summary>
public class DapTests
{
    private const byte HidOut = 0x01, HidIn = 0x81, BulkOut = 0x08, BulkIn = 0x88;

    private readonly DeviceRig _rig = new DeviceRig().Configured();

    private void Poll()
    {
        _rig.Usb.Hid.Poll();
        _rig.Usb.Bulk.Poll();
    }

    private void Configure(int value = 1) => Assert.True(_rig.NoData(0, 9, value, 0));

    [Fact]
    public void A_bulk_response_has_its_own_length()
    {
        Assert.True(_rig.Bus.Give(BulkOut, "abc"u8));
        Assert.False(_rig.Bus.HasQueued(BulkIn));
        Poll();
        Assert.Equal("abc"u8, _rig.Bus.Take(BulkIn)!);
        Poll();
        Assert.Null(_rig.Bus.Take(BulkIn));
    }

    [Theory]
    [InlineData(true, 512)]
    [InlineData(false, 64)]
    public void A_report_is_filled_with_zeros_to_its_length(bool high, int size)
    {
        var rig = new DeviceRig(high).Configured();
        Assert.True(rig.Bus.Give(HidOut, new byte[size].AsSpan()));
        rig.Usb.Hid.Poll();
        Assert.Equal(size, rig.Bus.Take(HidIn)!.Length);
        Assert.True(rig.Bus.Give(HidOut, "short"u8));
        rig.Usb.Hid.Poll();
        byte[] report = rig.Bus.Take(HidIn)!;
        Assert.Equal(size, report.Length);
        Assert.Equal("short"u8, report[..5]);
        Assert.All(report[5..], b => Assert.Equal(0, b));
    }

    [Theory]
    [InlineData(BulkOut, BulkIn)]
    [InlineData(HidOut, HidIn)]
    public void Requests_in_flight_are_answered_in_order_and_each_once(byte outEndpoint, byte inEndpoint)
    {
        var answers = new List<byte>();
        byte next = 0;
        var random = new Random(1);
        while (answers.Count < 200)
        {
            if (next < 200 && random.Next(2) == 0 && _rig.Bus.Give(outEndpoint, [next])) next++;
            if (random.Next(3) == 0) Poll();
            if (random.Next(2) == 0 && _rig.Bus.Take(inEndpoint) is { } response) answers.Add(response[0]);
        }
        Assert.Equal(Enumerable.Range(0, 200).Select(i => (byte)i), answers);
    }

    [Fact]
    public void A_host_that_sends_more_than_there_is_room_for_hears_NAK()
    {
        int sent = 0;
        while (sent < 100 && _rig.Bus.Give(BulkOut, [(byte)sent])) sent++;
        Assert.Equal(_rig.Usb.Bulk.Slots, sent);
        Poll();
        Assert.True(_rig.Bus.Give(BulkOut, [(byte)sent]));
    }

    [Fact]
    public void An_empty_packet_after_a_whole_one_is_no_request()
    {
        Assert.True(_rig.Bus.Give(BulkOut, new byte[512]));
        Assert.True(_rig.Bus.Give(BulkOut, []));
        Poll();
        Assert.Equal(512, _rig.Bus.Take(BulkIn)!.Length);
        Poll();
        Assert.Null(_rig.Bus.Take(BulkIn));
        Assert.Single(_rig.Dap.Requests);
    }

    [Fact]
    public void The_two_transports_know_nothing_of_each_other()
    {
        _rig.Bus.Give(BulkOut, "bulk"u8);
        _rig.Bus.Give(HidOut, "hid"u8);
        Poll();
        Assert.Equal("hid"u8, _rig.Bus.Take(HidIn)![..3]);
        Assert.Equal("bulk"u8, _rig.Bus.Take(BulkIn)!);
    }

    [Fact]
    public void Requests_that_wait_are_answered_with_the_first_that_does_not()
    {
        _rig.Dap.Waiting = (byte)'q';
        for (int i = 0; i < 3; i++)
        {
            Assert.True(_rig.Bus.Give(BulkOut, [(byte)'q', (byte)i]));
            Poll();
        }
        Assert.Empty(_rig.Dap.Requests);
        Assert.True(_rig.Bus.Give(BulkOut, "x"u8));
        var answers = new List<byte[]>();
        for (int i = 0; i < 8; i++)
        {
            Poll();
            if (_rig.Bus.Take(BulkIn) is { } answer) answers.Add(answer);
        }
        Assert.Equal([[(byte)'q', 0], [(byte)'q', 1], [(byte)'q', 2], [(byte)'x']], answers);
    }

    [Fact]
    public void Requests_that_wait_do_not_wait_for_room_that_never_comes()
    {
        _rig.Dap.Waiting = (byte)'q';
        int sent = 0;
        while (sent < _rig.Usb.Bulk.Slots && _rig.Bus.Give(BulkOut, "q"u8)) sent++;
        Poll();
        Assert.Single(_rig.Dap.Requests);
    }

    [Theory, MemberData(nameof(Ends))]
    public void The_end_of_a_session_ends_the_request_at_work_and_is_told(string end)
    {
        _rig.Bus.Give(BulkOut, "one"u8);
        Poll();
        _rig.Dap.Ends = 0;
        End(end);
        _rig.Bus.Give(BulkOut, "new"u8);
        Poll();
        Assert.True(_rig.Dap.Stops > 0);
        Assert.InRange(_rig.Dap.Ends, 1, 2);                             // of one transport, or of both
    }

    public static TheoryData<string> Ends => ["reset", "configuration", "interface", "halt of IN", "halt of OUT", "long silence"];

    [Theory, MemberData(nameof(Ends))]
    public void A_response_that_nobody_fetched_is_not_the_next_sessions(string end)
    {
        _rig.Bus.Give(BulkOut, "one"u8);
        _rig.Bus.Give(BulkOut, "two"u8);
        _rig.Bus.Give(BulkOut, "three"u8);
        Poll();
        Poll();
        End(end);
        Poll();
        _rig.Bus.Give(BulkOut, "new"u8);
        Poll();
        Assert.Equal("new"u8, _rig.Bus.Take(BulkIn)!);
        Poll();
        Assert.Null(_rig.Bus.Take(BulkIn));
        for (int i = 0; i < 8; i++)
        {
            Assert.True(_rig.Bus.Give(BulkOut, [(byte)i]), $"request {i} is not let in");
            Poll();
            Assert.Equal([(byte)i], _rig.Bus.Take(BulkIn)!);
        }
    }

    [Fact]
    public void A_response_that_is_fetched_after_a_long_silence_is_the_last_of_its_session()
    {
        // As hosts begin: they read until nothing comes any more.
        foreach (string request in new[] { "one", "two", "three" }) _rig.Bus.Give(BulkOut, System.Text.Encoding.ASCII.GetBytes(request));
        Poll();
        Poll();
        End("long silence");
        Assert.Equal("one"u8, _rig.Bus.Take(BulkIn)!);
        Poll();
        Assert.Null(_rig.Bus.Take(BulkIn));
        Assert.True(_rig.Bus.Give(BulkOut, "new"u8));
        Poll();
        Assert.Equal("new"u8, _rig.Bus.Take(BulkIn)!);
    }

    [Fact]
    public void An_abort_ends_the_requests_that_came_before_it_and_none_that_came_after()
    {
        foreach (string request in new[] { "one", "two", "abort", "three" }) _rig.Bus.Give(BulkOut, System.Text.Encoding.ASCII.GetBytes(request));
        for (int i = 0; i < 3; i++)
        {
            Poll();
            _rig.Bus.Take(BulkIn);
        }
        Assert.Equal([true, true, false], _rig.Dap.Begun);
    }

    [Theory, MemberData(nameof(Ends))]
    public void A_response_that_becomes_ready_after_its_session_is_dropped(string end)
    {
        _rig.Bus.Give(BulkOut, "late"u8);
        if (end == "long silence") return;                              // nothing was sent yet: nobody is missing
        _rig.Dap.Meanwhile = () => End(end);
        Poll();
        _rig.Dap.Meanwhile = null;
        Assert.Null(_rig.Bus.Take(BulkIn));
        _rig.Bus.Give(BulkOut, "new"u8);
        Poll();
        Assert.Equal("new"u8, _rig.Bus.Take(BulkIn)!);
    }

    [Fact]
    public void An_abort_overtakes_what_waits_and_has_no_response()
    {
        _rig.Bus.Give(BulkOut, "long"u8);
        _rig.Dap.Meanwhile = () => Assert.True(_rig.Bus.Give(BulkOut, "abort"u8));
        Poll();
        Assert.Equal(1, _rig.Dap.Aborts);
        Assert.Equal("long"u8, _rig.Bus.Take(BulkIn)!);
        Poll();
        Assert.Null(_rig.Bus.Take(BulkIn));
        Assert.True(_rig.Bus.Accepts(BulkOut));
    }

    [Fact]
    public void A_response_that_waits_for_the_host_does_not_keep_the_core_awake()
    {
        for (int i = 0; i < 3; i++) _rig.Bus.Give(BulkOut, [(byte)i]);
        Assert.False(_rig.Usb.Bulk.Idle);
        Poll();
        Poll();
        Assert.True(_rig.Usb.Bulk.Idle);
        _rig.Bus.Take(BulkIn);
        Assert.False(_rig.Usb.Bulk.Idle);
    }

    [Fact]
    public void A_slow_host_that_sends_nothing_more_gets_its_response()
    {
        _rig.Bus.Give(BulkOut, "x"u8);
        Poll();
        _rig.Time.Pass(60_000);
        Poll();
        Assert.Equal("x"u8, _rig.Bus.Take(BulkIn)!);
    }

    private void End(string how)
    {
        switch (how)
        {
            case "reset":
                _rig.Bus.BusReset();
                Configure();
                break;
            case "configuration":
                Configure();
                break;
            case "interface":
                Assert.True(_rig.NoData(1, 11, 0, 7));
                break;
            case "halt of IN" or "halt of OUT":
                int endpoint = how == "halt of IN" ? BulkIn : BulkOut;
                Assert.True(_rig.NoData(2, 3, 0, endpoint));
                Assert.True(_rig.NoData(2, 1, 0, endpoint));
                break;
            default:
                _rig.Time.Pass(5000);
                break;
        }
    }
}

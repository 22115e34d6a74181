using System.Text;
using SharpProbe.Io;
using SharpProbe.Monitoring;
using SharpProbe.Tests.Debugging;
using SharpProbe.Tests.GdbServing;
using SharpProbe.Trace;
using SharpProbe.Wire;

namespace SharpProbe.Tests.Trace;

/// <summary>"monitor traceswo" and what it makes of the stream.</summary>
public class TraceTextTests
{
    private readonly FeedLine _line = new();
    private readonly TextPort _uart = new(), _console = new();
    private readonly TraceCapture _capture;
    private readonly TraceText _trace;
    private readonly ProbeMonitor _monitor = new(new FakeSession(), new FakeClock(), new FakeBackground());

    public TraceTextTests()
    {
        _capture = new(_line);
        _monitor.Trace = _trace = new(_capture, _uart, _console);
    }

    private string Type(string line)
    {
        var log = new TextLog();
        _monitor.Execute(Encoding.ASCII.GetBytes(line), log);
        return log.Text;
    }

    private void Feed(params byte[] bytes)
    {
        _line.Feed(bytes);
        _trace.Poll();
    }

    [Fact]
    public void The_text_of_the_chosen_ports_comes_on_the_UART_port()
    {
        Assert.StartsWith("SWO: 2250000 baud, channels 0 2, 0 bytes received", Type("traceswo 2250000 0 2"));
        Feed(0x01, (byte)'a', 0x09, (byte)'x', 0x12, (byte)'b', (byte)'c', 0xC0, 0x05, 0x17, 0x41, 0x41, 0x41, 0x41, 0x03, (byte)'d', (byte)'e', (byte)'f');
        Feed((byte)'g');
        Assert.Equal("abcdefg", _uart.Text);
    }

    [Theory]
    [InlineData("swo", 2_250_000, "all")]
    [InlineData("swo enable uart 1000000 decode 3", 1_000_000, "3")]
    [InlineData("traceswo 115200 decode 0 31", 115_200, "0 31")]
    [InlineData("swo decode 1", 2_250_000, "1")]
    [InlineData("traceswo 2M", 2_000_000, "all")]
    public void It_is_said_as_Black_Magics_users_say_it(string line, uint baud, string channels) => Assert.StartsWith($"SWO: {baud} baud, channels {channels}, ", Type(line));

    [Theory]
    [InlineData("swo off")]
    [InlineData("traceswo disable")]
    public void It_ends(string line)
    {
        Type("swo");
        Assert.Equal("SWO: off\n", Type(line));
        Assert.False(_capture.Active);
    }

    [Theory]
    [InlineData("swo 99999999", "This probe cannot receive at that rate.\n")]
    [InlineData("swo enable manchester", "This probe cannot receive at that rate.\n")]
    [InlineData("swo 1000000 32", "usage: traceswo [off] [manchester] [baud] [console] [channel ...]\n")]
    [InlineData("swo hello", "usage: traceswo [off] [manchester] [baud] [console] [channel ...]\n")]
    public void What_cannot_be_done_is_said(string line, string answer) => Assert.Equal(answer, Type(line), ignoreCase: true);

    [Fact]
    public void Without_arguments_it_tells_how_it_goes_while_it_runs()
    {
        Type("traceswo 1000000 1");
        _line.Error = true;
        Feed(0x70, 0xA0, 0x01, 0x09, (byte)'x');
        Assert.Equal("SWO: 1000000 baud, channels 1, 5 bytes received, 0 lost here, 1 overflows of the target, 1 line errors, 1 not understood\n", Type("traceswo"));
    }

    [Fact]
    public void On_the_console_if_so_wanted()
    {
        Type("traceswo console 1");
        Feed(0x09, (byte)'x');
        Assert.Equal(("", "x"), (_uart.Text, _console.Text));
    }

    [Fact]
    public void A_reader_who_stops_costs_trace_and_the_stream_is_understood_again_after_a_synchronisation()
    {
        Type("traceswo");
        _uart.Free = 0;
        for (int i = 0; i < 40; i++) Feed(0x01, (byte)'a', 0x02, (byte)'b', (byte)'b', 0, 0, 0, 0, 0, 0x80);
        _uart.Free = 1000;
        Feed(0x01, (byte)'Z');
        Assert.EndsWith("bbZ", _uart.Text);
        Assert.DoesNotContain("0 lost", Type("traceswo"));
    }

    [Fact]
    public void A_CMSIS_DAP_host_that_has_the_trace_keeps_it()
    {
        Assert.True(_capture.TryStart(WireUser.DapBulk, 1_000_000));
        Assert.Equal("SWO is in use by a CMSIS-DAP host.\n", Type("traceswo"));
        _capture.Stop(WireUser.DapBulk);
        Assert.StartsWith("SWO: ", Type("traceswo"));
        Assert.False(_capture.TryStart(WireUser.DapHid, 1_000_000));
    }

    private sealed class FeedLine : SwoLine
    {
        private readonly byte[] _ring = new byte[256];
        private uint _received;

        public bool Error { get; set; }

        public void Feed(ReadOnlySpan<byte> bytes)
        {
            foreach (byte b in bytes) _ring[_received++ % (uint)_ring.Length] = b;
        }

        public override uint Nearest(uint baud) => baud <= 10_000_000 ? baud : 0;
        public override void Start(uint baud) { }
        public override void Stop() { }
        public override uint Received => _received;
        public override ReadOnlySpan<byte> Ring => _ring;

        public override bool TakeError()
        {
            bool error = Error;
            Error = false;
            return error;
        }
    }

    private sealed class TextPort : ByteStream
    {
        private readonly StringBuilder _text = new();

        public string Text => _text.ToString();
        public int Free { get; set; } = 1000;

        public override bool Connected => true;
        public override int Available => 0;
        public override int Room => Free;
        public override int Read(Span<byte> destination) => 0;

        public override int Write(ReadOnlySpan<byte> bytes)
        {
            _text.Append(Encoding.Latin1.GetString(bytes));
            return bytes.Length;
        }
    }
}

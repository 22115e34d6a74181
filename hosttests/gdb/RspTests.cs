using System.Net.Sockets;
using System.Text;
using SharpProbe.Sim;
using SharpProbe.Sim.Cpu;
using SharpProbe.Sim.Gdb;

namespace SharpProbe.Tests.Gdb;

public sealed class RspTests : IDisposable
{
    private const uint Ram = 0x2000_0000;

    private readonly GdbServer _server;
    private readonly Thread _thread;
    private readonly TcpClient _client;
    private readonly NetworkStream _stream;
    private readonly MemoryRegion _memory = new("RAM", Ram, 0x1000, MemoryTiming.Tcm);

    public RspTests()
    {
        var (bus, time) = (new Bus(), new TimeBase(1_000_000));
        bus.Map(_memory);
        var core = new Core(CoreKind.CortexM7, bus, time);
        _server = new(new DebugTarget { Core = core, Run = _ => { }, Step = () => { }, Reset = () => { } }, 0);
        _thread = new Thread(() => _server.Session()) { IsBackground = true };
        _thread.Start();
        _client = new("127.0.0.1", _server.Port) { ReceiveTimeout = 5000, NoDelay = true };
        _stream = _client.GetStream();
    }

    public void Dispose()
    {
        _client.Dispose();
        _thread.Join(5000);
        _server.Dispose();
    }

    private void Raw(string text) => _stream.Write(Encoding.Latin1.GetBytes(text));

    private string Reply()
    {
        var text = new StringBuilder();
        int c;
        while ((c = _stream.ReadByte()) != '#')
            if (c < 0) return text.Append("(closed)").ToString();
            else text.Append((char)c);
        _stream.ReadByte();
        _stream.ReadByte();
        Raw("+");
        return text.ToString();
    }

    private string Ask(string packet)
    {
        Raw($"${packet}#{packet.Aggregate(0, (sum, c) => sum + c) & 0xFF:x2}");
        return Reply();
    }

    [Theory]
    [InlineData("m20000000")]
    [InlineData("mzz,4")]
    [InlineData("m20000000,4x")]
    [InlineData("m100000000,4")]
    [InlineData("M20000000,4:0102")]
    [InlineData("M20000000,2:01zz")]
    [InlineData("M20000000,2:010203")]
    [InlineData("X20000000,4:ab")]
    [InlineData("p")]
    [InlineData("pff")]
    [InlineData("P0")]
    [InlineData("P0=12")]
    [InlineData("Z0,20000000")]
    [InlineData("Z2,20000000,0")]
    [InlineData("vCont;x")]
    [InlineData("vCont;r1")]
    [InlineData("sxyz")]
    [InlineData("qRcmd,7")]
    [InlineData("qXfer:features:read:target.xml:0")]
    public void A_malformed_packet_gets_an_error_reply(string packet) => Assert.StartsWith("+$E", Ask(packet));

    [Theory]
    [InlineData("")]
    [InlineData("vMustReplyEmpty")]
    [InlineData("Z9,0,0")]
    public void An_unknown_packet_gets_the_empty_reply(string packet) => Assert.Equal("+$", Ask(packet));

    [Fact]
    public void A_wrong_checksum_is_refused_and_the_repetition_taken()
    {
        Raw("$?#00");
        Assert.Equal('-', _stream.ReadByte());
        Assert.Equal("+$T05thread:1;", Ask("?"));
    }

    [Fact]
    public void Bytes_between_packets_are_passed_over()
    {
        Raw("noise\u0003\n");
        Assert.Equal("+$T05thread:1;", Ask("?"));
    }

    [Fact]
    public void A_packet_longer_than_agreed_does_no_harm()
    {
        Assert.Equal("+$", Ask(new string('m', 100_000)));
        Assert.Equal("+$T05thread:1;", Ask("?"));
    }

    [Fact]
    public void Without_acknowledgements_replies_come_alone()
    {
        Assert.Equal("+$OK", Ask("QStartNoAckMode"));
        Assert.Equal("$T05thread:1;", Ask("?"));
    }

    [Fact]
    public void Binary_data_is_unescaped()
    {
        Assert.Equal("+$OK", Ask("X20000010,3:a}\u0003b"));
        Assert.Equal("a#b"u8.ToArray(), _memory.Span.Slice(0x10, 3).ToArray());
    }

    [Fact]
    public void Memory_that_ends_gives_the_bytes_there_are()
    {
        Assert.Equal(8, Ask("m20000ffc,10").Length - "+$".Length);
        Assert.Equal("+$E0e", Ask("m30000000,4"));
    }

    [Fact]
    public void Every_register_of_the_description_can_be_read()
    {
        int registers = Ask("qXfer:features:read:target.xml:0,3fff").Split("<reg ").Length - 1;
        for (int i = 0; i < registers; i++) Assert.DoesNotContain("E", Ask($"p{i:x}"));
        Assert.Equal("+$E16", Ask($"p{registers:x}"));
    }

    [Fact]
    public void Random_packets_never_end_the_session()
    {
        var random = new Random(1);
        const string Letters = "mMXpPzZgGqvsHT?0123456789abcdef,:;=*";
        for (int i = 0; i < 2000; i++)
        {
            var packet = new StringBuilder();
            for (int n = random.Next(24); n > 0; n--) packet.Append(Letters[random.Next(Letters.Length)]);
            if (packet.Length != 0 && packet[0] == 'c') packet[0] = 'm';       // "c" runs, and has no reply until something happens
            Assert.False(Ask(packet.ToString()).Contains("(closed)"), packet.ToString());
        }
    }
}

using System.Buffers.Binary;
using System.Text;
using SharpProbe.Adi;
using SharpProbe.Live;
using SharpProbe.Monitoring;
using SharpProbe.Rtt;
using SharpProbe.Tests.Debugging;
using SharpProbe.Tests.GdbServing;

namespace SharpProbe.Tests.Live;

/// <summary>"mdw", "watch" and "tracebuf" on an imaginary target.</summary>
public class LookTests
{
    private const uint Ring = FakeTarget.RamStart + 0x1000, Head = FakeTarget.RamStart + 0x100, Tail = Head + 4, Variable = FakeTarget.RamStart + 0x200;

    private readonly FakeTarget _target = new();
    private readonly FakeClock _clock = new();
    private readonly FakeSession _session = new();
    private readonly HostLine _port = new();
    private readonly TextLog _gdb = new(), _terminal = new();
    private readonly ProbeMonitor _monitor;

    public LookTests() => _monitor = new(_session, _clock, new FakeBackground())
    {
        Buffer = new(new RingReader(_port), _clock),
        Watch = new(_gdb, _terminal, _clock),
    };

    private void Set(uint address, uint value) => BinaryPrimitives.WriteUInt32LittleEndian(_target.Ram.AsSpan((int)(address - FakeTarget.RamStart)), value);

    private uint Word(uint address) => BinaryPrimitives.ReadUInt32LittleEndian(_target.Ram.AsSpan((int)(address - FakeTarget.RamStart)));

    private string Type(string line)
    {
        var log = new TextLog();
        _monitor.Execute(Encoding.ASCII.GetBytes(line), log);
        return log.Text;
    }

    private void Poll(int rounds = 100, bool running = true)
    {
        for (int i = 0; i < rounds; i++)
        {
            _clock.Pass(5);
            _monitor.LookAt(_target, running);
        }
    }

    private void Print(string text, uint size = 16)
    {
        uint head = Word(Head);
        foreach (char c in text)
        {
            _target.Ram[Ring - FakeTarget.RamStart + head] = (byte)c;
            head = (head + 1) % size;
        }
        Set(Head, head);
    }

    private string Took() => Encoding.ASCII.GetString(_port.Take());

    [Fact]
    public void What_a_program_puts_into_its_ring_comes_out_of_the_port_round_and_round()
    {
        Assert.Equal("tracebuf: 16 bytes at 0x20001000, head at 0x20000100, tail at 0x20000104, offsets that were none: 0\n", Type("tracebuf 20001000 16 20000100 0x20000104"));
        var got = new StringBuilder();
        for (int i = 0; i < 20; i++)
        {
            Print($"line {i,2}.");
            Poll();
            got.Append(Took());
        }
        Assert.Equal(string.Concat(Enumerable.Range(0, 20).Select(i => $"line {i,2}.")), got.ToString());
        Assert.Equal(Word(Head), Word(Tail));
    }

    [Theory]
    [InlineData(16u, 0u)]
    [InlineData(0u, 16u)]
    [InlineData(uint.MaxValue, 3u)]
    public void An_offset_outside_of_the_ring_is_left_alone_and_counted_until_it_makes_sense(uint head, uint tail)
    {
        Type("tracebuf 20001000 16 20000100 20000104");
        Set(Head, head);
        Set(Tail, tail);
        Poll();
        Assert.Equal("", Took());
        Assert.Equal((head, tail), (Word(Head), Word(Tail)));
        Assert.DoesNotContain("none: 0", Type("tracebuf"));
        Set(Head, 0);
        Set(Tail, 0);
        Print("good");
        Poll();
        Assert.Equal("good", Took());
    }

    [Fact]
    public void Off_is_off()
    {
        Type("tracebuf 20001000 16 20000100 20000104");
        Assert.Equal("tracebuf: off\n", Type("tracebuf off"));
        Print("unread");
        Poll();
        Assert.Equal("", Took());
    }

    [Theory]
    [InlineData("tracebuf 20001000")]
    [InlineData("tracebuf 20001000 0 20000100 20000104")]
    [InlineData("tracebuf 20001000 16 20000101 20000104")]
    [InlineData("tracebuf 20001000 x 20000100 20000104")]
    [InlineData("watch zero")]
    [InlineData("watch 20000000,3")]
    [InlineData("watch 20000001,2")]
    [InlineData("watch 20000000 0")]
    [InlineData("mdw")]
    [InlineData("mdw 20000002")]
    [InlineData("mdw 20000000 1025")]
    public void What_makes_no_sense_is_answered_with_the_usage(string line) => Assert.StartsWith("usage: ", Type(line), StringComparison.OrdinalIgnoreCase);

    [Fact]
    public void A_variable_is_told_when_it_changes_and_at_first()
    {
        Set(Variable, 0x1234_5678);
        Type("watch 20000200");
        Assert.Equal("watch: 0x20000200,4 0x20000201,1, every 10 ms, here while the program runs\n", Type("watch 20000201,1 10"));
        Poll();
        Poll();
        Set(Variable, 0x1234_5679);
        Poll();
        Poll();
        Assert.Equal("0x20000200: 12345678\n0x20000201: 56\n0x20000200: 12345678 -> 12345679\n", _gdb.Text);
    }

    [Fact]
    public void Gdb_is_told_only_while_it_listens_and_the_port_always()
    {
        Type("watch 20000200 5");
        Poll(running: false);
        Assert.Equal("", _gdb.Text);
        Type("watch uart");
        Poll(running: false);
        Assert.Equal("0x20000200: 00000000\n", _terminal.Text);
        Assert.Equal("", _gdb.Text);
    }

    [Fact]
    public void Eight_and_no_more()
    {
        for (int i = 0; i < 8; i++) Assert.StartsWith("watch: ", Type($"watch {FakeTarget.RamStart + i * 4:x}"));
        Assert.Equal("Eight are watched already.\n", Type("watch 20000100"));
        Assert.StartsWith("watch: nothing", Type("watch off"));
    }

    [Fact]
    public void What_cannot_be_read_says_nothing()
    {
        Type("watch 20000200");
        _target.ReadFault = FaultKind.BusError;
        Poll();
        Assert.Equal("", _gdb.Text);
    }
}

using System.Buffers.Binary;
using System.Text;
using SharpProbe.Adi;
using SharpProbe.Rtt;
using SharpProbe.Tests.GdbServing;

namespace SharpProbe.Tests.Rtt;

/// <summary>The link against a memory that a program's side of RTT writes to.</summary>
public class LinkTests
{
    private const uint Block = FakeTarget.RamStart + 0x1230, Up = FakeTarget.RamStart + 0x4000, Down = FakeTarget.RamStart + 0x5000;
    private const uint RingLength = 64;

    private readonly FakeTarget _target = new();
    private readonly FakeClock _clock = new();
    private readonly HostLine _port = new();
    private readonly RttLink _rtt;

    public LinkTests()
    {
        _rtt = new(new(_port), _clock) { Enabled = true };
        _target.Ram.AsSpan().Fill(0xEE);
    }

    private void Set(uint address, params uint[] words)
    {
        for (int i = 0; i < words.Length; i++) BinaryPrimitives.WriteUInt32LittleEndian(_target.Ram.AsSpan((int)(address - FakeTarget.RamStart) + i * 4), words[i]);
    }

    private uint Word(uint address) => BinaryPrimitives.ReadUInt32LittleEndian(_target.Ram.AsSpan((int)(address - FakeTarget.RamStart)));

    private void Announce(uint block = Block, string ident = "SEGGER RTT")
    {
        _target.Ram.AsSpan((int)(block - FakeTarget.RamStart), 16).Clear();
        Encoding.ASCII.GetBytes(ident).CopyTo(_target.Ram, (int)(block - FakeTarget.RamStart));
        Set(block + 16, 2, 1, 0, Up, RingLength, 0, 0, 0, 0, Up + 0x100, RingLength, 0, 0, 0, 0, Down, RingLength, 0, 0, 0);
    }

    private uint UpDescription(int channel) => Block + 24 + (uint)channel * 24;

    /// <summary>The program writes to a channel, as far as it has room.</summary>
    private int Print(string text, int channel = 0)
    {
        uint at = UpDescription(channel), ring = Word(at + 4), write = Word(at + 12), read = Word(at + 16);
        int written = 0;
        foreach (char letter in text)
        {
            if ((write + 1) % RingLength == read) break;
            _target.Ram[ring - FakeTarget.RamStart + write] = (byte)letter;
            write = (write + 1) % RingLength;
            written++;
        }
        Set(at + 12, write);
        return written;
    }

    private string Poll(int rounds = 100)
    {
        for (int i = 0; i < rounds; i++)
        {
            _clock.Pass(5);
            _rtt.Poll(_target);
        }
        return Encoding.ASCII.GetString(_port.Take());
    }

    [Fact]
    public void What_the_program_prints_comes_to_the_port()
    {
        Announce();
        Print("hello");
        Assert.Equal("hello", Poll());
        Assert.Equal(Block, _rtt.Block);
        Print(" again");
        Assert.Equal(" again", Poll());
    }

    [Fact]
    public void A_ring_goes_round_and_loses_nothing()
    {
        Announce();
        string all = string.Concat(Enumerable.Range(0, 400).Select(i => $"{i},")), rest = all, got = "";
        var random = new Random(1);
        while (rest.Length > 0)
        {
            rest = rest[Print(rest[..Math.Min(rest.Length, random.Next(1, 80))])..];
            got += Poll(3);
        }
        Assert.Equal(all, got + Poll());
    }

    [Fact]
    public void A_port_that_takes_little_loses_nothing()
    {
        Announce();
        string got = "", all = "the ring is not emptied faster than its reader reads";
        Print(all);
        for (int i = 0; i < 30; i++)
        {
            _port.Window = 7;
            got += Poll(3);
        }
        Assert.Equal(all, got);
    }

    [Fact]
    public void Only_channels_that_were_chosen_are_read()
    {
        Announce();
        _rtt.Settings.Up = 2;
        Print("zero", 0);
        Print("one", 1);
        Assert.Equal("one", Poll());
    }

    [Fact]
    public void What_is_typed_goes_to_the_program_as_far_as_it_has_room()
    {
        Announce();
        Poll();
        string text = new('x', 100);
        _port.Type(Encoding.ASCII.GetBytes(text));
        Poll();
        uint description = Block + 24 + 48;
        Assert.Equal(RingLength - 1, Word(description + 12));
        Assert.Equal(100 - (int)RingLength + 1, _port.Available);
        Set(description + 16, Word(description + 12));
        Poll();
        Assert.Equal(0, _port.Available);
    }

    [Fact]
    public void While_nobody_listens_the_data_stays_in_the_target()
    {
        Announce();
        _port.Open = false;
        Print("early");
        Assert.Equal("", Poll());
        _port.Open = true;
        Assert.Equal("early", Poll());
    }

    [Fact]
    public void A_program_that_begins_anew_is_found_again()
    {
        Announce();
        Print("one");
        Poll();
        _target.Ram.AsSpan().Fill(0);
        Assert.Equal("", Poll(2000));
        Assert.Equal(0u, _rtt.Block);
        Announce();
        Print("two");
        Assert.Equal("two", Poll(2000));
    }

    [Theory]
    [InlineData(FakeTarget.RamStart)]
    [InlineData(FakeTarget.RamStart + 1024 - 8)]
    [InlineData(FakeTarget.RamStart + 0x1_0000 - 24 - 72)]
    public void It_is_found_wherever_it_lies(uint block)
    {
        Announce(block);
        Poll(2000);
        Assert.Equal(block, _rtt.Block);
    }

    [Fact]
    public void One_that_reaches_past_the_RAM_is_none()
    {
        const uint Last = FakeTarget.RamStart + 0x1_0000 - 24;
        "SEGGER RTT\0\0\0\0\0\0"u8.CopyTo(_target.Ram.AsSpan((int)(Last - FakeTarget.RamStart)));
        Set(Last + 16, 1, 0);
        Poll(2000);
        Assert.Equal(0u, _rtt.Block);
    }

    [Theory]
    [InlineData(17u, 1u)]
    [InlineData(0u, 0u)]
    [InlineData(0xFFFF_FFFFu, 0xFFFF_FFFFu)]
    public void One_with_impossible_counts_is_none(uint up, uint down)
    {
        Announce();
        Set(Block + 16, up, down);
        Poll(2000);
        Assert.Equal(0u, _rtt.Block);
    }

    [Theory]
    [InlineData(0x4000_0000u, RingLength, 5u, 0u)]
    [InlineData(Up, 0u, 5u, 0u)]
    [InlineData(Up, RingLength, 64u, 0u)]
    [InlineData(Up, RingLength, 5u, 64u)]
    [InlineData(Up, 0x2000_0000u, 5u, 0u)]
    public void A_ring_that_makes_no_sense_is_left_alone(uint buffer, uint length, uint write, uint read)
    {
        Announce();
        Set(UpDescription(0) + 4, buffer, length, write, read);
        Print("one", 1);
        Assert.Equal("one", Poll());
        Assert.Equal(read, Word(UpDescription(0) + 16));
    }

    [Fact]
    public void Another_ident_address_or_range_can_be_set()
    {
        Announce(ident: "MY LOG");
        Assert.True(_rtt.Settings.TrySetIdent("MY LOG"u8));
        (_rtt.Settings.RamStart, _rtt.Settings.RamEnd) = (FakeTarget.RamStart + 0x1000, FakeTarget.RamStart + 0x6000);
        _rtt.Forget();
        Print("ranged");
        Assert.Equal("ranged", Poll());
        _rtt.Settings.Address = Block;
        _rtt.Forget();
        Print("addressed");
        Assert.Equal("addressed", Poll());
    }

    [Fact]
    public void Nothing_outside_the_RAM_is_read_to_find_it()
    {
        _rtt.Settings.RamStart = 0;
        Poll(3000);
        Assert.All(_target.Reads, read => Assert.True(read.Address >= FakeTarget.RamStart, $"read at 0x{read.Address:X8}"));
    }

    [Fact]
    public void A_target_that_cannot_be_read_is_asked_less_and_less_often()
    {
        _target.ReadFault = FaultKind.BusError;
        Poll(200);
        int before = _target.Reads.Count;
        Poll(200);
        Assert.InRange(_target.Reads.Count - before, 1, 10);
    }

    [Fact]
    public void Random_descriptions_never_write_outside_the_offsets()
    {
        var random = new Random(2);
        for (int round = 0; round < 500; round++)
        {
            Announce();
            for (int i = 0; i < 3; i++)
            {
                int at = (int)(Block - FakeTarget.RamStart) + 24 + random.Next(72 / 4) * 4;
                BinaryPrimitives.WriteUInt32LittleEndian(_target.Ram.AsSpan(at), random.Next(3) == 0 ? (uint)random.NextInt64(1L << 32) : FakeTarget.RamStart + (uint)random.Next(0x1_0000));
            }
            Poll(3);
        }
        Assert.All(_target.Writes, write => Assert.Equal(4, write.Length));
    }
}

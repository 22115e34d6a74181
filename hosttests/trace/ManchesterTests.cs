using SharpProbe.Trace;

namespace SharpProbe.Tests.Trace;

/// <summary>Bytes from edges, at rates that nobody told.</summary>
public class ManchesterTests
{
    private readonly ManchesterDecoder _decoder = new();
    private readonly List<ushort> _edges = [];
    private readonly byte[] _ring = new byte[256];
    private readonly Random _random = new(5);
    private double _now = 12_345.6;
    private bool _level;

    public ManchesterTests()
    {
        _decoder.Restart();
        _decoder.Rest();
    }

    /// <summary>A sequence; half a bit in ticks, and as long a pause behind it, in bits.</summary>
    private void Send(double half, double pause, params byte[] bytes)
    {
        Bit(true);
        foreach (byte b in bytes)
            for (int i = 0; i < 8; i++) Bit((b >> i & 1) != 0);
        Put(false);
        _now += 2 * half * pause;

        void Bit(bool one)
        {
            Put(one);
            _now += half;
            Put(!one);
            _now += half;
        }
    }

    private void Put(bool level)
    {
        if (level == _level) return;
        _level = level;
        _edges.Add((ushort)(uint)(long)_now);
    }

    private byte[] Take()
    {
        if (_decoder.Half16 == 0) _decoder.Learn(_edges.ToArray());
        uint before = _decoder.Received;
        ReadOnlySpan<ushort> rest = _edges.ToArray();
        while (!rest.IsEmpty)
        {
            int count = Math.Min(_random.Next(1, 9), rest.Length);
            _decoder.Decode(rest[..count], _ring);
            rest = rest[count..];
        }
        _edges.Clear();
        var bytes = new byte[_decoder.Received - before];
        for (uint i = 0; i < bytes.Length; i++) bytes[i] = _ring[(before + i) % 256];
        return bytes;
    }

    [Theory]
    [InlineData(4.3)]
    [InlineData(5.4)]
    [InlineData(24)]
    [InlineData(1080.7)]
    public void Every_value_of_a_byte_in_sequences_of_any_length_with_the_shortest_pause(double half)
    {
        for (int n = 0; n < 400; n++)
        {
            byte[] bytes = new byte[_random.Next(1, 9)];
            _random.NextBytes(bytes);
            Send(half, 1, bytes);
            Assert.Equal(bytes, Take());
        }
        Assert.False(_decoder.TakeError());
        Assert.InRange(_decoder.Half16, half * 15.4, half * 16.6);
    }

    [Fact]
    public void A_clock_that_drifts_by_a_fifth_is_followed()
    {
        double half = 20;
        for (int n = 0; n < 500; n++, half *= 1.0004)
        {
            byte[] bytes = [(byte)n, (byte)~n];
            Send(half, 1.5, bytes);
            Assert.Equal(bytes, Take());
        }
    }

    [Fact]
    public void Pauses_of_any_length_end_a_sequence()
    {
        for (int n = 0; n < 300; n++)
        {
            Send(10, 1 + n * 0.37, (byte)n);
            Assert.Equal([(byte)n], Take());
        }
    }

    [Fact]
    public void A_pause_that_looks_like_half_a_bit_once_the_timer_has_gone_round_is_told_by_rest()
    {
        Send(10, 1, 0x81, 1);
        Take();
        _now += 65536 - 20;
        _decoder.Rest();
        Send(10, 1, 0x55);
        Assert.Equal([0x55], Take());
        Assert.False(_decoder.TakeError());
    }

    [Fact]
    public void In_the_middle_of_text_without_pauses_the_place_is_found()
    {
        _decoder.Restart();
        byte[] text = [.. "what is read here is ASCII, whose last bit is low, so that a pause looks like a bit"u8];
        var got = new List<byte>();
        Send(10, 1, text[..8]);
        _edges.RemoveRange(0, 21);
        for (int i = 8; i + 8 <= text.Length; i += 8) Send(10, 1, text[i..(i + 8)]);
        got.AddRange(Take());
        Assert.Equal(text[(text.Length / 8 * 8 - 24)..(text.Length / 8 * 8)], got[^24..]);
    }

    [Fact]
    public void A_sequence_that_breaks_off_within_a_byte_is_an_error_and_the_next_is_read()
    {
        Send(10, 3, 1, 2, 3);
        int whole = _edges.Count;
        Take();
        Send(10, 0, 0xFF, 0x55);
        _edges.RemoveRange(_edges.Count - 4, 4);
        _now += 200;
        Send(10, 3, 7);
        Assert.Equal([0xFF, 7], Take());
        Assert.True(_decoder.TakeError());
        Assert.False(_decoder.TakeError());
        Assert.True(whole > 20);
    }

    [Fact]
    public void Another_rate_is_learned_when_nothing_is_understood()
    {
        for (int n = 0; n < 10; n++) Send(10, 2, 1, 2, 3);
        Take();
        for (int n = 0; n < 100 && _decoder.Half16 != 0; n++)
        {
            Send(60, 2, 1, 2, 3);
            _decoder.Decode(_edges.ToArray(), _ring);
            _edges.Clear();
        }
        Assert.Equal(0u, _decoder.Half16);
        _decoder.Learn([]);
        _decoder.Rest();
        Send(60, 2, 1, 2, 3);
        Assert.Equal([1, 2, 3], Take());
    }

    [Fact]
    public void Random_edges_do_no_harm_and_what_follows_is_read()
    {
        for (int n = 0; n < 200; n++)
        {
            for (int i = 0; i < 300; i++) _edges.Add((ushort)_random.Next());
            Take();
        }
        _level = false;
        for (int n = 0; n < 60; n++) Send(25, 3, 9, 8, 7);
        Take();
        for (int n = 0; n < 60; n++) Send(25, 3, 9, 8, 7);
        Take();
        Send(25, 3, 9, 8, 7);
        Assert.Equal([9, 8, 7], Take());
    }
}

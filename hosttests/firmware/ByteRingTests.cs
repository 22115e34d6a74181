using SharpProbe.Io;

namespace SharpProbe.Tests.Firmware;

public class ByteRingTests
{
    private readonly ByteRing _ring = new(8);
    private readonly byte[] _read = new byte[8];

    [Fact]
    public void What_is_put_in_its_place_is_read_after_the_commit_only()
    {
        "abc"u8.CopyTo(_ring.Place);
        Assert.Equal(0, _ring.Count);
        _ring.Commit(3);
        Assert.Equal("abc"u8.ToArray(), _ring.Oldest.ToArray());
        Assert.Equal(3, _ring.Read(_read));
    }

    [Fact]
    public void The_place_ends_at_the_rings_end_and_where_the_reader_is()
    {
        _ring.Write("abcdef"u8);
        Assert.Equal(2, _ring.Place.Length);
        _ring.Take(3);
        Assert.Equal(2, _ring.Place.Length);
        _ring.Commit(2);
        Assert.Equal(3, _ring.Place.Length);
        _ring.Commit(3);
        Assert.True(_ring.Place.IsEmpty);
    }

    [Fact]
    public void The_oldest_bytes_end_at_the_rings_end_and_go_on_at_its_beginning()
    {
        _ring.Write("abcdef"u8);
        _ring.Take(4);
        _ring.Write("ghij"u8);
        Assert.Equal("efgh"u8.ToArray(), _ring.Oldest.ToArray());
        _ring.Take(4);
        Assert.Equal("ij"u8.ToArray(), _ring.Oldest.ToArray());
    }

    [Fact]
    public void Written_and_taken_at_random_nothing_is_lost()
    {
        var random = new Random(1);
        byte next = 0, due = 0;
        for (int i = 0; i < 10_000; i++)
        {
            Span<byte> place = _ring.Place;
            int count = random.Next(place.Length + 1);
            for (int k = 0; k < count; k++) place[k] = next++;
            _ring.Commit(count);
            ReadOnlySpan<byte> oldest = _ring.Oldest;
            count = random.Next(oldest.Length + 1);
            for (int k = 0; k < count; k++) Assert.Equal(due++, oldest[k]);
            _ring.Take(count);
        }
    }
}

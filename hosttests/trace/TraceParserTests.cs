using SharpProbe.Trace;

namespace SharpProbe.Tests.Trace;

/// <summary>Packets of ITM and DWT from bytes, against what was put into them.</summary>
public class TraceParserTests
{
    private static List<TracePacket> Parse(TraceParser parser, params byte[] bytes)
    {
        var packets = new List<TracePacket>();
        ReadOnlySpan<byte> rest = bytes;
        while (parser.TryNext(ref rest, out TracePacket packet)) packets.Add(packet);
        Assert.True(rest.IsEmpty);
        return packets;
    }

    private static string Text(TracePacket p) => $"{p.Kind} {p.Source} {p.Size} {p.Value:X}";

    private static string Text(IEnumerable<TracePacket> packets) => string.Join("; ", packets.Select(Text));

    public static TheoryData<string, byte[]> Packets => new()
    {
        { "Stimulus 0 1 41", [0x01, 0x41] },
        { "Stimulus 31 2 4241", [0xFA, 0x41, 0x42] },
        { "Stimulus 1 4 44434241", [0x0B, 0x41, 0x42, 0x43, 0x44] },
        { "Hardware 0 1 3F", [0x05, 0x3F] },
        { "Hardware 1 2 100E", [0x0E, 0x0E, 0x10] },
        { "Hardware 2 4 8000103", [0x17, 0x03, 0x01, 0x00, 0x08] },
        { "Hardware 2 1 0", [0x15, 0x00] },
        { "LocalTimestamp 0 0 6", [0x60] },
        { "LocalTimestamp 0 1 7", [0xC0, 0x07] },
        { "LocalTimestamp 3 4 FFFFFFF", [0xF0, 0xFF, 0xFF, 0xFF, 0x7F] },
        { "GlobalTimestampLow 0 4 FFFFFFF", [0x94, 0xFF, 0xFF, 0xFF, 0x7F] },
        { "GlobalTimestampLow 0 1 0", [0x94, 0x00] },
        { "GlobalTimestampHigh 0 6 3FFFFFFFFFF", [0xB4, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x7F] },
        { "Overflow 0 0 0", [0x70] },
        { "Synchronization 0 0 0", [0, 0, 0, 0, 0, 0x80] },
        { "Synchronization 0 0 0", [0, 0, 0, 0, 0, 0, 0, 0, 0x80] },
        { "Extension 0 0 3; Stimulus 97 1 41", [0x38, 0x09, 0x41] },
        { "Extension 1 1 A; Stimulus 1 1 41", [0xAC, 0x01, 0x09, 0x41] },
        { "Malformed 0 2 82; Stimulus 0 1 41", [0xA0, 0x82, 0x01, 0x01, 0x41] },
    };

    [Theory, MemberData(nameof(Packets))]
    public void Each_kind_of_packet_has_its_length_and_value(string expected, byte[] bytes) => Assert.Equal(expected, Text(Parse(new(), bytes)));

    [Fact]
    public void A_payload_that_never_ends_is_malformed_and_costs_no_more_than_its_own_bytes() =>
        Assert.Equal("Malformed 0 4 FFFFFFF; Stimulus 0 1 41", Text(Parse(new(), 0xC0, 0xFF, 0xFF, 0xFF, 0xFF, 0x01, 0x41)));

    [Fact]
    public void Zeros_that_are_no_synchronisation_are_malformed_and_the_next_header_counts() =>
        Assert.Equal("Malformed 0 0 0; Stimulus 0 1 41", Text(Parse(new(), 0, 0, 0, 0x01, 0x41)));

    [Fact]
    public void A_payload_of_zeros_before_a_synchronisation_is_a_payload() =>
        Assert.Equal("Stimulus 0 4 0; Synchronization 0 0 0; Stimulus 0 1 41", Text(Parse(new(), 3, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x80, 0x01, 0x41)));

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void A_synchronisation_in_the_middle_of_what_looks_like_a_payload_is_found(int cut) =>
        Assert.Equal("Synchronization 0 0 0; Stimulus 0 1 41", Text(Parse(new(), [.. new byte[] { 0x0B, 0x0B, 0x0B, 0x0B, 0x0B }.AsSpan(cut), 0, 0, 0, 0, 0, 0x80, 0x01, 0x41]).SkipWhile(p => p.Kind != TracePacketKind.Synchronization)));

    [Fact]
    public void Random_streams_are_understood_however_they_are_cut()
    {
        var random = new Random(1);
        for (int round = 0; round < 300; round++)
        {
            var bytes = new List<byte>();
            var expected = new List<string>();
            for (int i = 0; i < 40; i++) expected.Add(Add(random, bytes));
            byte[] all = [.. bytes];
            Assert.Equal(expected, Parse(new(), all).Select(Text));
            int cut = random.Next(all.Length + 1);
            var parser = new TraceParser();
            Assert.Equal(expected, Parse(parser, all[..cut]).Concat(Parse(parser, all[cut..])).Select(Text));
            parser = new();
            Assert.Equal(expected, all.SelectMany(b => Parse(parser, b)).Select(Text));
        }
    }

    [Fact]
    public void After_any_garbage_a_synchronisation_brings_the_stream_back()
    {
        var random = new Random(2);
        for (int round = 0; round < 2000; round++)
        {
            byte[] garbage = new byte[random.Next(200)];
            random.NextBytes(garbage);
            for (int i = 0; i < garbage.Length; i++)
                if (random.Next(3) == 0) garbage[i] = 0;
            var bytes = new List<byte>();
            var expected = new List<string>();
            for (int i = 0; i < 5; i++) expected.Add(Add(random, bytes));
            var packets = Parse(new(), [.. garbage, 0, 0, 0, 0, 0, 0x80, .. bytes]).Select(Text).ToList();
            Assert.Equal(["Synchronization 0 0 0", .. expected], packets[^6..]);
        }
    }

    /// <summary>A random packet, and what the parser must make of it. Pages stay 0.</summary>
    private static string Add(Random random, List<byte> to)
    {
        int kind = random.Next(10);
        switch (kind)
        {
            case < 5:
                int source = random.Next(32), code = random.Next(1, 4), size = 1 << code - 1;
                bool hardware = kind > 2;
                byte[] payload = new byte[8];
                random.NextBytes(payload.AsSpan(0, size));
                if (random.Next(4) == 0) Array.Clear(payload);
                to.Add((byte)(source << 3 | (hardware ? 4 : 0) | code));
                to.AddRange(payload[..size]);
                return $"{(hardware ? "Hardware" : "Stimulus")} {source} {size} {BitConverter.ToUInt64(payload):X}";
            case 5: return Continued(random, to, 0xC0 | random.Next(4) << 4, 4, h => $"LocalTimestamp {h >> 4 & 3}");
            case 6: return Continued(random, to, 0x94, 4, _ => "GlobalTimestampLow 0");
            case 7: return Continued(random, to, 0xB4, 6, _ => "GlobalTimestampHigh 0");
            case 8:
                to.AddRange(new byte[5 + random.Next(4)]);
                to.Add(0x80);
                return "Synchronization 0 0 0";
            default:
                int delta = random.Next(1, 8);
                to.Add((byte)(delta << 4));
                return delta == 7 ? "Overflow 0 0 0" : $"LocalTimestamp 0 0 {delta}";
        }
    }

    private static string Continued(Random random, List<byte> to, int header, int most, Func<int, string> name)
    {
        int size = random.Next(1, most + 1);
        ulong value = 0;
        to.Add((byte)header);
        for (int i = 0; i < size; i++)
        {
            int bits = random.Next(128);
            value |= (ulong)bits << 7 * i;
            to.Add((byte)(bits | (i < size - 1 ? 0x80 : 0)));
        }
        return $"{name(header)} {size} {value:X}";
    }
}

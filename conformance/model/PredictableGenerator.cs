namespace SharpProbe.Conformance.Model;

/// <summary>Random commands whose outcome does not depend on what a target is, as long as it has memory: each touches TAR first, stays within its KiB, and fits its packet both ways.</summary>
/// <param name="faults">Also accesses that the target's bus refuses.</param>
sealed class PredictableGenerator(Random random, ProbeFacts probe, bool faults)
{
    private const int Kib = 256, Margin = 16;

    private readonly List<byte> _bytes = [];
    private int _in, _out;                                   // bytes left in request and response

    public byte[] Next()
    {
        _bytes.Clear();
        (_in, _out) = (probe.PacketSize, probe.PacketSize);
        if (probe.Claims.HasFlag(Need.Atomic) && random.Next(2) == 0)
        {
            Add(0x7F, 0);
            (_in, _out) = (_in - 2, _out - 2);
            int count = random.Next(1, 6), done = 0;
            for (int i = 0; i < count; i++) done += Command();
            _bytes[1] = (byte)done;
            return done == 0 ? [0x09, 0, 0] : [.. _bytes];
        }
        return Command() == 0 ? [0x09, 0, 0] : [.. _bytes];
    }

    /// <summary>0: there is no room.</summary>
    private int Command()
    {
        switch (random.Next(12))
        {
            case 0 when Takes(3, 2): Add(9, (byte)random.Next(20), 0); return 1;
            case 1 when Takes(3, 2): Add(1, (byte)random.Next(2), (byte)random.Next(2)); return 1;
            case 2 when Takes(6, 2): Add(4, (byte)random.Next(10), 100, 0, (byte)random.Next(4), 0); return 1;
            case 3 when Takes(6, 2): Add([8, (byte)random.Next(256), .. Word(0x1E)]); return 1;
            case 4 or 5 or 6 when _bytes.Count > 0 && _in > 40 && _out > 40: return Block();
            default: return Transfer();
        }
    }

    private bool Takes(int request, int response)
    {
        if (_in < request || _out < response) return false;
        _in -= request;
        _out -= response;
        return true;
    }

    private void Add(params byte[] bytes) => _bytes.AddRange(bytes);

    private static byte[] Word(uint value) => BitConverter.GetBytes(value);

    /// <summary>Where the accesses that follow begin: enough of the KiB is left for them.</summary>
    private uint Address() => faults && probe.Hole is { } hole && random.Next(8) == 0 ? hole : probe.Ram + (uint)(random.Next(probe.RamSize / 1024) * 1024 + random.Next(Margin) * 4);

    /// <summary>TAR by a transfer of its own, then the block. After a fault TAR is anything: the next begins with ABORT and TAR.</summary>
    private int Block()
    {
        bool read = random.Next(2) == 0;
        if (!Takes(13 + 5, 3 + 4)) return 0;
        int most = Math.Min(Kib - Margin, read ? _out / 4 : _in / 4), words = random.Next(Math.Min(most, random.Next(4) == 0 ? most : 8) + 1);
        if (read) _out -= words * 4;
        else _in -= words * 4;
        Add([5, 0, 2, 0, .. Word(0x1E), 5, .. Word(Address())]);
        Add(6, (byte)random.Next(256), (byte)words, 0, (byte)(read ? 0x0F : 0x0D));
        if (!read)
            for (int i = 0; i < words * 4; i++) Add((byte)random.Next(256));
        return 2;
    }

    private int Transfer()
    {
        if (!Takes(13, 3)) return 0;
        int count = 2, at = _bytes.Count + 2, wanted = random.Next(12);
        bool readLast = false;
        Add([5, (byte)random.Next(256), 0, 0, .. Word(0x1E), 5, .. Word(Address())]);
        for (int i = 0; i < wanted; i++)
        {
            byte stamp = (byte)(probe.Claims.HasFlag(Need.Timer) && random.Next(6) == 0 ? 0x80 : 0);
            int response = stamp == 0 ? 0 : 4;
            switch (random.Next(8))
            {
                case 0 when Takes(1, 4 + response): Add((byte)(0x02 | stamp)); break;
                case 1 when readLast && Takes(1, 4 + response): Add((byte)(0x0E | stamp)); break;
                case 2 when !faults && Takes(1, 4 + response): Add((byte)(0x07 | stamp)); readLast = true; break;
                case 3 when Takes(5, 0): Add([0x20, .. Word(random.Next(2) == 0 ? 0u : 3u << random.Next(30))]); break;
                case 4 when Takes(5, 0): Add([(byte)(random.Next(3) == 0 ? 0x12 : 0x1F), .. Word((uint)random.Next(4))]); readLast = false; break;
                case 5 when Takes(5, response): Add([(byte)(0x0D | stamp), (byte)random.Next(256), (byte)random.Next(256), (byte)random.Next(256), (byte)random.Next(256)]); readLast = false; break;
                case 6 when Takes(5, response): Add([(byte)(0x08 | stamp), .. Word(0)]); break;
                default:
                    if (!Takes(1, 4 + response)) continue;
                    Add((byte)(0x0F | stamp));
                    readLast = true;
                    break;
            }
            count++;
        }
        _bytes[at] = (byte)count;
        return 1;
    }
}

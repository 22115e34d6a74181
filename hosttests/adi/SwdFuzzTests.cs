using SharpProbe.Sim.Adi;

namespace SharpProbe.Tests.Adi;

public class SwdFuzzTests
{
    private readonly SwdBench _bench = new();
    private SwdHost Host => _bench.Host;

    /// <summary>Bits from a host that knows nothing; often long runs and beginnings of right packets.</summary>
    private void Noise(Random random)
    {
        switch (random.Next(5))
        {
            case 0: Host.Out(random.Next(2) == 0 ? 0 : ulong.MaxValue, random.Next(64)); break;
            case 1: Host.Out(SwdHost.Request(random.Next(2) == 0, random.Next(2) == 0, random.Next(4) * 4), random.Next(6, 9)); break;
            case 2: Host.LineReset(random.Next(45, 60), random.Next(4)); break;
            case 3: Host.Out((ulong)random.NextInt64(), random.Next(64)); break;
            default:
                Host.Release();
                Host.In(random.Next(40));
                break;
        }
    }

    [Theory, InlineData(1), InlineData(2), InlineData(3), InlineData(4)]
    public void Line_reset_brings_the_port_back_from_any_noise(int seed)
    {
        var random = new Random(seed);
        _bench.Nets.ConflictStops = false;
        for (int round = 0; round < 200; round++)
        {
            for (int i = 0; i < 20; i++)
                try
                {
                    Noise(random);
                }
                catch (SharpProbe.Sim.BenchStop stop)
                {
                    Assert.Contains("CTRL/STAT", stop.Message);       // pushed operations and the transaction counter, by chance
                }
            Host.JtagToSwd();
            Assert.Equal(0x1BA0_1477u, Host.ReadDp(0));
        }
    }

    [Theory, InlineData(1), InlineData(2)]
    public void Memory_is_as_written_over_a_line_with_WAITs_and_corrupted_reads(int seed)
    {
        var random = new Random(seed);
        Host.Connect();
        _bench.Bus.Latency = 3 * TimeOfTransfer;
        uint[] words = new uint[256];
        for (int i = 0; i < words.Length; i++)
        {
            if (random.Next(4) == 0) _bench.Port.Faults.Wait(random.Next(3));
            Insist(false, 4, RamBus.Start + (uint)i * 4);
            Insist(false, 12, words[i] = (uint)random.NextInt64());
        }
        for (int i = 0; i < words.Length; i++)
        {
            if (random.Next(4) == 0) _bench.Port.Faults.CorruptRead(2);
            Insist(false, 4, RamBus.Start + (uint)i * 4);
            Insist(true, 12, 0);
            Assert.Equal(words[i], Fetch());
        }
    }

    private const ulong TimeOfTransfer = 4600 * SwdTiming.Nanosecond;

    private void Insist(bool read, int address, uint data)
    {
        while (Host.Raw(SwdHost.Request(true, read, address), data, out _, out _) == SwdAck.Wait) { }
    }

    /// <summary>RDBUFF, and RESEND after a parity error.</summary>
    private uint Fetch()
    {
        SwdAck ack;
        uint value;
        bool wrong;
        while ((ack = Host.Raw(SwdHost.Request(false, true, 12), 0, out value, out wrong)) == SwdAck.Wait) { }
        Assert.Equal(SwdAck.Ok, ack);
        return wrong ? Host.ReadDp(8) : value;
    }
}

using SharpProbe.Sim.Adi;
using SharpProbe.Sim.View;

namespace SharpProbe.Tests.Adi;

public sealed class SigrokSwdTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("sharpprobe-swd-").FullName;
    private readonly SwdBench _bench = new();

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>What sigrok found and what the port's log says, of everything that <paramref name="drive"/> does.</summary>
    private (List<string> Decoded, List<string> Logged) Compare(Action<SwdHost> drive)
    {
        string path = Path.Combine(_folder, "swd.vcd");
        using (new NetVcd(path, _bench.Nets, ["SWCLK", "SWDIO"]))
        {
            drive(_bench.Host);
            _bench.Host.Idle(60);
        }
        return (SigrokSwd.Decode(path, "SWCLK", "SWDIO"), SigrokSwd.Expect(_bench.Port.Log.Entries).ToList());
    }

    [Fact] public void Sigrok_decodes_what_the_log_says()
    {
        var (decoded, logged) = Compare(host =>
        {
            host.Connect();
            host.WriteMemory(RamBus.Start, 0x1234_5678);
            host.ReadMemory(RamBus.Start);
        });
        Assert.Equal(["IDCODE", "OK", "0x1ba01477"], decoded.Take(3));
        Assert.Equal("0x12345678", decoded[^1]);
        Assert.Equal(logged, decoded);
    }

    [Theory, InlineData(1), InlineData(2), InlineData(3)]
    public void Sigrok_agrees_on_random_transfers_and_faults(int seed)
    {
        var random = new Random(seed);
        var (decoded, logged) = Compare(host =>
        {
            host.Connect();
            for (int i = 0; i < 400; i++) Random(host, random);
        });
        Assert.True(decoded.Count > 800);
        Assert.Equal(logged, decoded);
    }

    private void Random(SwdHost host, Random random)
    {
        var faults = _bench.Port.Faults;
        switch (random.Next(12))
        {
            case 0: faults.Wait(random.Next(3)); break;
            case 1: faults.CorruptRead(1 + random.Next(3)); break;
            case 2: host.Raw(SwdHost.Request(true, false, 12), 1, out _, out _, flipParity: true); break;
            case 3: faults.BusError(1); break;
            case 4: host.Write(false, 0, 0x1E); break;
            case 5: host.Idle(7 + random.Next(20)); break;
        }
        bool ap = random.Next(3) != 0, read = random.Next(2) != 0;
        int address = random.Next(4) * 4;
        uint data = (uint)random.NextInt64(1L << 32);
        if (!ap && address == 4) data = 0x5000_0000;            // CTRL/STAT, or DLCR without a longer turnaround
        if (!ap && address == 8) data = 0;
        if (ap && address == 4) data = RamBus.Start + (data & 0xFFC);
        if (read) host.Read(ap, address, out _);
        else host.Write(ap, address, data);
    }
}

using System.Text;

namespace SharpProbe.Tests.GdbServing;

/// <summary>Whatever the host sends, what comes back is well formed, and a good packet afterwards gets a good answer. FUZZ_PACKETS sets how many, FUZZ_SEED repeats a run.</summary>
public class FuzzTests
{
    private const int InBlock = 500;

    private static int Packets => int.Parse(Environment.GetEnvironmentVariable("FUZZ_PACKETS") ?? "1000000");

    [Fact]
    public void A_million_malformed_packets_leave_the_server_answering()
    {
        int seed = int.Parse(Environment.GetEnvironmentVariable("FUZZ_SEED") ?? Random.Shared.Next().ToString());
        long replies = 0;
        Parallel.For(0, Math.Max(1, Packets / InBlock), new ParallelOptions { MaxDegreeOfParallelism = 2 }, () => new Rig(ack: true), (i, _, rig) =>
        {
            // A rig serves many blocks, so that damage of one would show in the next. A failure is repeated by its block alone, or by all.
            try
            {
                Interlocked.Add(ref replies, Block(rig, seed + i));
            }
            catch (Exception e)
            {
                throw new InvalidOperationException($"FUZZ_SEED={seed + (int)i} FUZZ_PACKETS={InBlock}: {e.Message}", e);
            }
            return rig;
        }, _ => { });
        Assert.InRange(replies, Packets / 3, long.MaxValue);   // most of it is understood well enough to be answered
    }

    /// <summary>Returns how many packets came back.</summary>
    private static int Block(Rig rig, int seed)
    {
        var random = new Random(seed);
        var fuzzer = new PacketFuzzer(random);
        var pending = new StringBuilder();
        int replies = 0;
        for (int i = 0; i < InBlock; i++)
        {
            rig.Line.Window = random.Next(8) == 0 ? random.Next(300) : int.MaxValue;
            rig.Line.Chunk = random.Next(8) == 0 ? random.Next(1, 20) : int.MaxValue;
            if (random.Next(256) == 0) rig.Line.Open = false;
            rig.Line.Type(fuzzer.Next());
            rig.Server.Poll();
            rig.Server.Poll();
            if (random.Next(32) == 0) rig.Clock.Pass(400);
            if (rig.Line.Open) replies += Answer(rig, random, pending);
            else
            {
                rig.Output();
                pending.Clear();                               // what was under way is dropped with the connection
                rig.Line.Open = true;
            }
        }
        Settle(rig, pending);
        return replies;
    }

    /// <summary>The host acknowledges most packets where that is the custom, and goes back to the target when it has lost it.</summary>
    private static int Answer(Rig rig, Random random, StringBuilder pending)
    {
        string output = rig.Output();
        bool acknowledges = output.Contains('+') || rig.Target.IsRunning;
        int packets = CheckWhole(pending, output);
        for (int seen = 0; seen < packets && acknowledges && random.Next(16) != 0; seen++)
        {
            rig.Line.Type("+"u8);
            rig.Server.Poll();
            packets += CheckWhole(pending, rig.Output());
        }
        if (rig.Target.Attached || random.Next(4) != 0) return packets;
        if (rig.Session.Count == 0) rig.Session.Scan(0);
        rig.Line.Type(Rig.Frame("vAttach;1"));
        return packets;
    }

    /// <summary>A host that begins anew: the probe answers.</summary>
    private static void Settle(Rig rig, StringBuilder pending)
    {
        rig.Line.Window = rig.Line.Chunk = int.MaxValue;
        for (int i = 0; i < 40; i++)
        {
            rig.Clock.Pass(1001);
            rig.Poll(2);
        }
        CheckWhole(pending, rig.Output());
        Assert.True(pending.Length == 0, "unfinished: " + pending);
        rig.Line.Open = false;
        rig.Poll(1);
        rig.Line.Open = true;
        rig.Output();
        rig.Session.Scan(0);
        Assert.StartsWith("T05thread:1;", rig.Ask("vAttach;1"));
        Assert.StartsWith("PacketSize=1000;", rig.Ask("qSupported"));
        Assert.Equal("OK", rig.Ask("QStartNoAckMode"));
        Assert.Equal("OK", rig.Ask("X20000000,3:abc"));
        Assert.Equal("616263", rig.Ask("m20000000,3"));
    }

    /// <summary>Takes whole packets away, each well formed, and counts them; the beginning of one stays.</summary>
    private static int CheckWhole(StringBuilder pending, string output)
    {
        if (output.Length == 0) return 0;
        int packets = 0;
        pending.Append(output);
        string all = pending.ToString();
        int i = 0;
        while (i < all.Length)
        {
            if (all[i] is '+' or '-')
            {
                i++;
                continue;
            }
            if (all[i] != '$') Assert.Fail("between packets: " + all[i..Math.Min(all.Length, i + 80)]);
            int end = all.IndexOf('#', i);
            if (end < 0 || end + 2 >= all.Length) break;
            uint sum = 0;
            for (int j = i + 1; j < end; j++)
            {
                if (all[j] == '$') Assert.Fail("a packet within a packet: " + all[i..end]);
                sum += all[j];
            }
            if (Convert.ToInt32(all.Substring(end + 1, 2), 16) != (byte)sum) Assert.Fail("wrong checksum: " + all[i..(end + 3)]);
            if (end - i - 1 > 0x1000) Assert.Fail("longer than PacketSize");
            packets++;
            i = end + 3;
        }
        pending.Remove(0, i);
        return packets;
    }
}

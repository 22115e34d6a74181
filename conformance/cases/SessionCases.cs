using static SharpProbe.Conformance.Hex;

namespace SharpProbe.Conformance.Cases;

/// <summary>Several requests under way, and sessions that end without a word: each answer belongs to its question.</summary>
static class SessionCases
{
    private const string Packets = "DAP_Info: Packet Count", Sessions = "Sessions";

    public static IEnumerable<Case> All(ProbeFacts p)
    {
        foreach (int n in Counts(p))
        {
            int under = n;
            yield return Case.Must(Packets, $"{n} requests under way: the answers come in their order", Need.None, c =>
            {
                for (int round = 0; round < 3; round++)
                {
                    for (int i = 0; i < under; i++) c.Send($"00 {(i % 2 == 0 ? "FE" : "FF")}");
                    for (int i = 0; i < under; i++) c.Take(i % 2 == 0 ? $"00 01 {Byte(c.Probe.PacketCount)}" : $"00 02 {Short(c.Probe.PacketSize)}");
                }
            });
        }
        yield return Case.Must(Packets, "as many as there may be, always under way, 200 of different lengths", Need.None, c =>
        {
            var waiting = new Queue<string>();
            for (int i = 0; i < 200 || waiting.Count != 0;)
            {
                while (i < 200 && waiting.Count < c.Probe.PacketCount)
                {
                    (string request, string answer) = (i++ % 4) switch
                    {
                        0 => ("00 FE", $"00 01 {Byte(c.Probe.PacketCount)}"), 1 => ("09 01 00", "09 00"), 2 => ("00 FF", $"00 02 {Short(c.Probe.PacketSize)}"), _ => ("0B", "FF"),
                    };
                    c.Send(request);
                    waiting.Enqueue(answer);
                }
                c.Take(waiting.Dequeue());
            }
        });
        yield return Case.Must(Packets, "memory through full packets, as many under way as there may be", Need.Target | Need.Atomic, c =>
        {
            int words = Math.Min((c.Probe.PacketSize - 16) / 4, 64), inKib = 256 / words, blocks = Math.Min(c.Probe.RamSize / 1024 * inKib, 24);
            uint Address(int i) => c.Probe.Ram + (uint)(i / inKib * 1024 + i % inKib * words * 4);
            Pipelined(c, blocks, i => $"7F 02 05 00 01 05 {Word(Address(i))} 06 00 {Short(words)} 0D {TransferCases.Words(words, i * words)}", i => $"7F 02 05 01 01 06 {Short(words)} 01");
            Pipelined(c, blocks, i => $"7F 02 05 00 01 05 {Word(Address(i))} 06 00 {Short(words)} 0F", i => $"7F 02 05 01 01 06 {Short(words)} 01 {TransferCases.Words(words, i * words)}");
        });
        foreach (int n in Counts(p))
        {
            int left = n;
            yield return Case.Must(Sessions, $"{n} answers left behind: the next session has its own", Need.None, c =>
            {
                for (int i = 0; i < left; i++) c.Send("00 FF");
                c.NewSession();
                c.StillServed();
                c.Silence(50);
            });
        }
        foreach ((string name, string request) in Work(p))
        {
            yield return Case.Must(Sessions, $"ends in the middle of {name}: the next one has its own answers, and the target", Need.Target, c =>
            {
                // Slow enough to be in the middle of it, and each done in less time than a host waits for what an earlier one may have left.
                c.Ask($"11 {Word(100_000)}", "11 00");
                for (int i = 0; i < Math.Min(3, c.Probe.PacketCount); i++) c.Send(request);
                c.NewSession();
                c.StillServed();
                Setup.For(c, Need.Target);
            });
        }
        yield return Case.Must(Sessions, "20 sessions that end at any time", Need.Target, c =>
        {
            var random = new Random(1);
            string[] work = [.. Work(c.Probe).Select(w => w.Request)];
            for (int i = 0; i < 20; i++)
            {
                int under = random.Next(1, c.Probe.PacketCount + 1);
                for (int k = 0; k < under; k++) c.Send(work[random.Next(work.Length)]);
                for (int k = random.Next(under); k > 0; k--) c.Take();
                c.NewSession();
                c.StillServed();
                Setup.For(c, Need.Target);
            }
        });
        yield return Case.Must(Sessions, "a session without Disconnect: the next one connects", Need.Target, c =>
        {
            c.NewSession();
            c.Ask("02 01", "02 01");
            Setup.Wake(c);
        });
        yield return Case.Must(Sessions, "a request as long as a packet, and one as short as can be", Need.None, c =>
        {
            c.Ask($"00 FE {Times(c.Probe.PacketSize - 2, "00")}", $"00 01 {Byte(c.Probe.PacketCount)}");
            c.Ask("03", "03 00");
        });
    }

    private static IEnumerable<int> Counts(ProbeFacts p) => Enumerable.Range(1, p.PacketCount).Where(n => n <= 8 || n % 16 == 0 || n >= p.PacketCount - 1);

    private static IEnumerable<(string Name, string Request)> Work(ProbeFacts p) =>
    [
        ("a block of reads", $"06 00 {Short((p.PacketSize - 4) / 4)} 02"), ("transfers", $"05 00 {Byte(Math.Min((p.PacketSize - 3) / 4, 255))} {Times(Math.Min((p.PacketSize - 3) / 4, 255), "02")}"), ("a delay", "09 20 4E"),
        ("a sequence", $"12 00 {Times(32, "00")}"), ("a wait for pins", $"10 08 08 {Word(20_000)}"),
    ];

    private static void Pipelined(Conversation c, int count, Func<int, string> request, Func<int, string> answer)
    {
        int sent = 0;
        for (int i = 0; i < count; i++)
        {
            while (sent < count && sent - i < c.Probe.PacketCount) c.Send(request(sent++));
            c.Take(answer(i));
        }
    }
}

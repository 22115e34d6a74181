using SharpProbe.Conformance.Model;
using static SharpProbe.Conformance.Hex;

namespace SharpProbe.Conformance.Cases;

/// <summary>Random commands against the model of the protocol, and random bytes.</summary>
static class RandomCases
{
    private const string Commands = "Random commands", Bytes = "Random bytes";

    private const int PacketsInCase = 100;

    public static IEnumerable<Case> All(ProbeFacts p)
    {
        for (int seed = 1; seed <= 20; seed++)
        {
            int with = seed;
            yield return Case.Must(Commands, $"{PacketsInCase} packets of seed {seed} are answered as the model answers them", Need.Target, c => Compare(c, with, faults: false));
            yield return Case.Strict(Commands, $"{PacketsInCase} packets of seed {seed}, bus errors among them, are answered as the model answers them", Need.Hole, c => Compare(c, with, faults: true));
        }
        const int BytesInCase = 5000;
        for (int done = 0; done < p.RandomBytes; done += BytesInCase)
        {
            int with = done / BytesInCase;
            yield return Case.Must(Bytes, $"{BytesInCase} bytes of seed {with}: all are answered, and the next session works", Need.Connected, c =>
            {
                var random = new Random(with);
                for (int sent = 0; sent < BytesInCase;) sent += Throw(c, random);
                c.NewSession();
                c.StillServed();
                // Whatever they have set.
                c.Ask("03", "03 00");
            });
        }
    }

    private static void Compare(Conversation c, int seed, bool faults)
    {
        var random = new Random(seed);
        byte[] memory = new byte[c.Probe.RamSize / 1024 * 1024];
        var model = new ModelProbe(new RamWire(c.Probe.DebugPort, c.Probe.Ram, memory));
        model.Answer([2, 1], c.Probe.PacketSize);
        // Memory as the model has it, and no match mask.
        int words = Math.Min((c.Probe.PacketSize - 5) / 4, 64);
        for (int kib = 0; kib < memory.Length; kib += 1024)
        {
            Setup.Tar(c, c.Probe.Ram + (uint)kib);
            for (int left = 256; left > 0; left -= words)
            {
                int n = Math.Min(words, left);
                c.Ask($"06 00 {Short(n)} 0D {Times(n, "00 00 00 00")}", $"06 {Short(n)} 01");
            }
        }
        c.Ask("05 00 01 20 00 00 00 00", "05 01 01");
        var generator = new PredictableGenerator(random, c.Probe, faults);
        for (int i = 0; i < PacketsInCase; i++)
        {
            byte[] request = generator.Next();
            string expected = string.Join(' ', model.Answer(request, c.Probe.PacketSize).Select(b => b < 0 ? "??" : Byte(b)));
            c.Ask(request, expected);
        }
        for (int kib = 0; kib < memory.Length; kib += 1024)
            for (int at = 0; at < 1024; at += 32)
            {
                c.Ask($"05 00 02 00 {Word(0x1E)} 05 {Word(c.Probe.Ram + (uint)(kib + at))}", "05 02 01");
                c.Ask("06 00 08 00 0F", $"06 08 00 01 {Text(memory.AsSpan(kib + at, 32))}");
            }
    }

    /// <summary>One packet of anything; returns its length.</summary>
    private static int Throw(Conversation c, Random random)
    {
        byte[] packet = new byte[c.KeepsLength && random.Next(4) == 0 ? random.Next(1, c.Probe.PacketSize + 1) : c.Probe.PacketSize];
        random.NextBytes(packet);
        if (random.Next(4) != 0) packet[0] = (byte)(random.Next(4) == 0 ? 0x7F : random.Next(0x24));
        // Known to last: waits of 3 s, thousands of repetitions, a clock of some Hz. Known to do anything: a vendor's commands. Held back: queued ones.
        for (int i = 0; i < Math.Min(packet.Length, packet[0] == 0x7F ? packet.Length : 1); i++)
        {
            if (packet[i] == 0x10 && i + 6 < packet.Length) packet[i + 4] = packet[i + 5] = packet[i + 6] = 0;
            if (packet[i] == 4 && i + 5 < packet.Length) packet[i + 3] = packet[i + 5] = 0;
            if (packet[i] == 0x11 && i + 4 < packet.Length) packet[i + 3] |= 1;
            if (packet[i] is 7 or 0x7E or (>= 0x80 and < 0xA0)) packet[i] = 0;
        }
        byte[] answer = c.Ask(packet);
        c.Check(answer.Length > 0 && (answer[0] == packet[0] || answer[0] == 0xFF), "the answer is to something else");
        return packet.Length;
    }
}

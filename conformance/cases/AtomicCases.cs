using static SharpProbe.Conformance.Hex;

namespace SharpProbe.Conformance.Cases;

/// <summary>DAP_ExecuteCommands, DAP_QueueCommands.</summary>
static class AtomicCases
{
    private const string Execute = "DAP_ExecuteCommands", Queue = "DAP_QueueCommands";

    public static IEnumerable<Case> All(ProbeFacts p) => [.. ExecuteCases(p), .. QueueCases(p)];

    private static IEnumerable<Case> ExecuteCases(ProbeFacts p)
    {
        string count = Byte(p.PacketCount), size = Short(p.PacketSize);
        yield return Case.Must(Execute, "no command at all", Need.Atomic, "7F 00", "7F 00");
        foreach ((string request, string answer) in Each(p))
        {
            yield return Case.Must(Execute, $"{request[..2]} alone", Need.Connected | Need.Atomic, $"7F 01 {request}", $"7F 01 {answer}");
            yield return Case.Must(Execute, $"{request[..2]} between two others", Need.Connected | Need.Atomic, $"7F 03 00 FE {request} 00 FF", $"7F 03 00 01 {count} {answer} 00 02 {size}");
            yield return Case.Must(Execute, $"{request[..2]} three times", Need.Connected | Need.Atomic, $"7F 03 {Times(3, request)}", $"7F 03 {Times(3, answer)}");
        }
        int most = Math.Min((p.PacketSize - 2) / 3, 255);
        foreach (int n in new[] { 2, most - 1, most })
            yield return Case.Must(Execute, $"{n} times the packet count{(n == most ? ": as many as the answer holds" : "")}", Need.Atomic, $"7F {Byte(n)} {Times(n, "00 FE")}", $"7F {Byte(n)} {Times(n, $"00 01 {count}")}");
        int delays = Math.Min((p.PacketSize - 2) / 3, 255);
        yield return Case.Must(Execute, $"{delays} delays: as many as the request holds", Need.Atomic, $"7F {Byte(delays)} {Times(delays, "09 00 00")}", $"7F {Byte(delays)} {Times(delays, "09 00")}");
        if (most < 255)
        {
            yield return Case.Must(Execute, "one command more than the answer holds does no harm", Need.Atomic, c =>
            {
                c.Ask($"7F {Byte(most + 1)} {Times(most + 1, "00 FE")}", "7F ?? ..");
                c.StillServed();
            });
            yield return Case.Strict(Execute, "more commands than the answer holds: the count says how many were answered", Need.Atomic, c =>
            {
                byte[] answer = c.Ask($"7F {Byte(most + 1)} {Times(most + 1, "00 FE")}", "7F ?? ..");
                c.Check(answer[1] == most || answer[1] == most + 1, $"{answer[1]} answers");
                for (int i = 0; i < most; i++) c.Check(answer[2 + 3 * i] == 0 && answer[3 + 3 * i] == 1, "an answer is garbled");
            });
        }
        yield return Case.Must(Execute, "the order is kept", Need.Connected | Need.Atomic, "7F 05 09 01 00 02 01 12 08 FF 10 00 00 00 00 00 00 03", "7F 05 09 00 02 01 12 00 10 ?? 03 00");
        yield return Case.Must(Execute, "a whole session in one packet", Need.Connected | Need.Atomic, c =>
        {
            if (c.Probe.DebugPort == 0) throw new CaseImpossible("no target");
            c.Ask($"7F 04 02 01 {Setup.ToSwd} 05 00 01 02 03", $"7F 04 02 01 12 00 05 01 01 {Word(c.Probe.DebugPort)} 03 00");
        });
        yield return Case.Must(Execute, "transfers and blocks by turns", Need.Target | Need.Atomic, c =>
        {
            string ram = Word(c.Probe.Ram);
            c.Ask($"7F 04 05 00 01 05 {ram} 06 00 02 00 0D {Word(3)} {Word(4)} 05 00 01 05 {ram} 06 00 02 00 0F", $"7F 04 05 01 01 06 02 00 01 05 01 01 06 02 00 01 {Word(3)} {Word(4)}");
        });
        yield return Case.Must(Execute, "bytes behind the last command do no harm", Need.Atomic, c => c.Ask($"7F 01 00 FE {Times(c.Probe.PacketSize - 4, "00")}", $"7F 01 00 01 {count}"));
        foreach (string id in new[] { "0B", "30", "7D", "FF" })
        {
            yield return Case.Must(Execute, $"{id}, which there is not, is answered FF", Need.Atomic, $"7F 01 {id}", "7F 01 FF");
            yield return Case.Must(Execute, $"{id}, which there is not, behind a command: that one is answered", Need.Atomic, $"7F 02 00 FE {id}", $"7F 02 00 01 {count} FF");
        }
        yield return Case.Strict(Execute, "a command that there is not ends the packet", Need.Atomic, $"7F 03 00 FE 0B 00 FE", $"7F 02 00 01 {count} FF");
        yield return Case.Must(Execute, "within ExecuteCommands does no harm", Need.Atomic, c =>
        {
            c.Ask("7F 02 7F 01 00 FE 00 FE", "7F ?? ..");
            c.StillServed();
        });
        yield return Case.Must(Execute, "a hundred times within itself does no harm", Need.Atomic, c =>
        {
            c.Ask(Times(Math.Min(c.Probe.PacketSize / 2, 100), "7F 01"), "7F ?? ..");
            c.StillServed();
        });
        yield return Case.Strict(Execute, "within ExecuteCommands is no command", Need.Atomic, "7F 01 7F 01 00 FE", "7F 01 FF");
        yield return Case.Strict(Execute, "QueueCommands within it is no command", Need.Atomic, "7F 01 7E 01 00 FE", "7F 01 FF");
        yield return Case.Must(Execute, "TransferAbort within it does no harm", Need.Atomic, c =>
        {
            c.Ask("7F 02 07 00 FE", "7F ?? ..");
            c.StillServed();
        });
        yield return Case.Must(Execute, "a count of 255 with fewer commands does no harm", Need.Atomic | Need.Lengths, c =>
        {
            c.Ask("7F FF 00 FE", "7F ?? ..");
            c.StillServed();
        });
        yield return Case.Strict(Execute, "a count with fewer commands: the answers are counted", Need.Atomic | Need.Lengths, "7F FF 00 FE 00 FE", $"7F 02 {Times(2, $"00 01 {count}")}");
    }

    /// <summary>Commands that every probe with SWD has, and their answers.</summary>
    private static IEnumerable<(string Request, string Answer)> Each(ProbeFacts p) =>
    [
        ("00 FE", $"00 01 {Byte(p.PacketCount)}"), ("01 00 01", "01 00"), ("02 01", "02 01"), ("03", "03 00"), ("04 00 64 00 00 00", "04 00"), ("05 00 00", "05 00 ??"), ("06 00 00 00 0F", "06 00 00 ??"),
        ("08 00 1E 00 00 00", "08 00|FF"), ("09 01 00", "09 00"), ("0A", "0A 00 00|01"), ("10 00 00 00 00 00 00", "10 ??"), ("11 40 42 0F 00", "11 00"), ("12 08 FF", "12 00|FF"), ("13 00", "13 00"), ("1D 01 08 FF", "1D 00|FF"),
    ];

    private static IEnumerable<Case> QueueCases(ProbeFacts p)
    {
        string count = Byte(p.PacketCount);
        int most = Math.Max(p.PacketCount - 1, 0);
        foreach (int n in Enumerable.Range(1, most).Where(n => n <= 8 || n == most))
        {
            int queued = n;
            yield return Case.Must(Queue, $"{n} packets wait for the one behind them, and are answered in their order", Need.Atomic, c =>
            {
                for (int i = 0; i < queued; i++) c.Send($"7E {Byte(i % 3 + 1)} {Times(i % 3 + 1, "00 FE")}");
                c.Silence(30);
                c.Send("00 FF");
                for (int i = 0; i < queued; i++) c.Take($"7F {Byte(i % 3 + 1)} {Times(i % 3 + 1, $"00 01 {count}")}");
                c.Take($"00 02 {Short(c.Probe.PacketSize)}");
            });
        }
        yield return Case.Must(Queue, "ExecuteCommands sets them off too", Need.Atomic, c =>
        {
            NeedsTwo(c);
            c.Send("7E 01 00 FE");
            c.Send("7F 01 00 FF");
            c.Take($"7F 01 00 01 {count}");
            c.Take($"7F 01 00 02 {Short(c.Probe.PacketSize)}");
        });
        yield return Case.Must(Queue, "transfers in queued packets", Need.Target | Need.Atomic, c =>
        {
            NeedsTwo(c);
            c.Send($"7E 02 05 00 01 05 {Word(c.Probe.Ram)} 06 00 02 00 0D {Word(1)} {Word(2)}");
            c.Silence(30);
            c.Send($"7F 02 05 00 01 05 {Word(c.Probe.Ram)} 06 00 02 00 0F");
            c.Take("7F 02 05 01 01 06 02 00 01");
            c.Take($"7F 02 05 01 01 06 02 00 01 {Word(1)} {Word(2)}");
        });
        yield return Case.Must(Queue, "a queued packet without a command", Need.Atomic, c =>
        {
            NeedsTwo(c);
            c.Send("7E 00");
            c.Send("00 FE");
            c.Take("7F 00");
            c.Take($"00 01 {count}");
        });
        yield return Case.Must(Queue, "twice in a row", Need.Atomic, c =>
        {
            NeedsTwo(c);
            for (int i = 0; i < 2; i++)
            {
                c.Send("7E 01 00 FE");
                c.Send("00 FF");
                c.Take($"7F 01 00 01 {count}");
                c.Take($"00 02 {Short(c.Probe.PacketSize)}");
            }
        });
        yield return Case.Must(Queue, "a queued command that there is not", Need.Atomic, c =>
        {
            NeedsTwo(c);
            c.Send("7E 01 0B");
            c.Send("00 FE");
            c.Take("7F 01 FF");
            c.Take($"00 01 {count}");
        });
    }

    private static void NeedsTwo(Conversation c)
    {
        if (c.Probe.PacketCount < 2) throw new CaseImpossible("the probe holds one packet");
    }
}

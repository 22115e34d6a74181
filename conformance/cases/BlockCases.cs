using static SharpProbe.Conformance.Cases.TransferCases;
using static SharpProbe.Conformance.Hex;

namespace SharpProbe.Conformance.Cases;

/// <summary>DAP_TransferBlock, DAP_TransferAbort.</summary>
static class BlockCases
{
    private const string Section = "DAP_TransferBlock", Abort = "DAP_TransferAbort";

    public static IEnumerable<Case> All(ProbeFacts p) => [.. Blocks(p), .. Failures(), .. Aborts(p)];

    private static IEnumerable<Case> Blocks(ProbeFacts p)
    {
        int writes = Math.Min((p.PacketSize - 5) / 4, p.RamSize / 4), reads = Math.Min((p.PacketSize - 4) / 4, p.RamSize / 4);
        // TAR is sure to count within 1 KiB only (IHI 0031, C2.2.2).
        foreach (int n in Enumerable.Range(1, 16).Concat([writes / 2, writes - 1, writes]).Where(n => n > 0 && n <= writes).Distinct())
            yield return Case.Must(Section, $"{n} words written{(n == writes ? ": as many as the request holds" : "")}", Need.Target, c =>
            {
                Setup.Tar(c, c.Probe.Ram);
                c.Ask($"06 00 {Short(n)} 0D {Words(n)}", $"06 {Short(n)} 01");
                for (int i = 0; i < n; i += 7)
                {
                    Setup.Tar(c, c.Probe.Ram + 4 * (uint)i);
                    c.Ask("05 00 01 0F", $"05 01 01 {Word(Value(i))}");
                }
                c.Ask("05 00 01 0F", $"05 01 01 ??*4");
            });
        foreach (int n in Enumerable.Range(1, 15).Concat([reads / 2, reads - 1, reads]).Where(n => n > 0 && n <= reads).Distinct())
            yield return Case.Must(Section, $"{n} words read{(n == reads ? ": as many as the answer holds" : "")}", Need.Target, c =>
            {
                Fill(c, n);
                Setup.Tar(c, c.Probe.Ram);
                c.Ask($"06 00 {Short(n)} 0F", $"06 {Short(n)} 01 {Words(n)}");
                c.Ask("05 00 01 07", $"05 01 01 {Word(c.Probe.Ram + 4 * (uint)n)}");
            });
        foreach (int n in new[] { 1, 2, reads })
        {
            yield return Case.Must(Section, $"{n} times the debug port's register", Need.Target, c => c.Ask($"06 00 {Short(n)} 02", $"06 {Short(n)} 01 {Times(n, Word(c.Probe.DebugPort))}"));
            if (n <= writes) yield return Case.Must(Section, $"{n} times SELECT written", Need.Target, $"06 00 {Short(n)} 08 {Times(n, "00 00 00 00")}", $"06 {Short(n)} 01");
        }
        yield return Case.Must(Section, "count 0 does nothing", Need.Target, c =>
        {
            Setup.Tar(c, c.Probe.Ram);
            c.Ask("06 00 00 00 0F", "06 00 00 ??");
            c.Ask("06 00 00 00 0D", "06 00 00 ??");
            c.Ask("05 00 01 07", $"05 01 01 {Word(c.Probe.Ram)}");
        });
        foreach (int index in new[] { 1, 0xFF })
            yield return Case.Must(Section, $"index {index:X2} means nothing in SWD", Need.Target, c => c.Ask($"06 {Byte(index)} 01 00 02", $"06 01 00 01 {Word(c.Probe.DebugPort)}"));
        yield return Case.Must(Section, "bytes behind a read do no harm", Need.Target, c => c.Ask($"06 00 01 00 02 {Times(c.Probe.PacketSize - 5, "02")}", $"06 01 00 01 {Word(c.Probe.DebugPort)}"));
        foreach (int n in new[] { reads + 1, 256, 65535 })
        {
            if (n <= reads) continue;
            yield return Case.Must(Section, $"{n} words read, more than the answer holds, do no harm", Need.Target, c =>
            {
                Setup.Tar(c, c.Probe.Ram);
                c.Ask($"06 00 {Short(n)} 0F", "06|FF ..");
                c.StillServed();
            });
            yield return Case.Strict(Section, $"{n} words read: as many as the answer holds", Need.Target, c =>
            {
                int most = (c.Probe.PacketSize - 4) / 4;
                Setup.Tar(c, c.Probe.Ram);
                c.Ask($"06 00 {Short(n)} 0F", $"06 {Short(most)} 01 ??*{4 * most}");
                c.Ask("05 00 01 07", $"05 01 01 {Word(c.Probe.Ram + 4 * (uint)most)}");
            });
        }
        foreach (int n in new[] { 2, 3, 256, 65535 })
        {
            yield return Case.Must(Section, $"{n} words to write and one of them there: does no harm", Need.Target | Need.Lengths, c =>
            {
                Setup.Tar(c, c.Probe.Ram);
                c.Ask($"06 00 {Short(n)} 0D {Word(1)}", "06|FF ..");
                c.StillServed();
            });
            yield return Case.Strict(Section, $"{n} words to write and one of them there: it is written, the count says so", Need.Target | Need.Lengths, c =>
            {
                Fill(c, 2);
                Setup.Tar(c, c.Probe.Ram);
                c.Ask($"06 00 {Short(n)} 0D {Word(0x7777_7777)}", "06 01 00 01");
                Setup.Tar(c, c.Probe.Ram);
                c.Ask("06 00 02 00 0F", $"06 02 00 01 {Word(0x7777_7777)} {Word(Value(1))}");
            });
        }
        yield return Case.Must(Section, "a block written is found by single reads, and the other way round", Need.Target, c =>
        {
            int n = Math.Min(writes, 12);
            Setup.Tar(c, c.Probe.Ram);
            c.Ask($"06 00 {Short(n)} 0D {Words(n)}", $"06 {Short(n)} 01");
            Setup.Tar(c, c.Probe.Ram);
            c.Ask($"05 00 {Byte(n)} {Times(n, "0F")}", $"05 {Byte(n)} 01 {Words(n)}");
        });
        yield return Case.Must(Section, "the whole memory given, block by block", Need.Target, c =>
        {
            int n = Math.Min(writes, 64);
            for (int at = 0; at + n * 4 <= c.Probe.RamSize; at += n * 4)
                if (at / 1024 == (at + n * 4 - 1) / 1024)
                {
                    Setup.Tar(c, c.Probe.Ram + (uint)at);
                    c.Ask($"06 00 {Short(n)} 0D {Words(n, at)}", $"06 {Short(n)} 01");
                }
            for (int at = 0; at + n * 4 <= c.Probe.RamSize; at += n * 4)
                if (at / 1024 == (at + n * 4 - 1) / 1024)
                {
                    Setup.Tar(c, c.Probe.Ram + (uint)at);
                    c.Ask($"06 00 {Short(n)} 0F", $"06 {Short(n)} 01 {Words(n, at)}");
                }
        });
    }

    private static IEnumerable<Case> Failures()
    {
        foreach (int n in new[] { 1, 2, 5, 14 })
        {
            yield return Case.Must(Section, $"{n} reads that are refused: FAULT, none done", Need.Hole, c =>
            {
                Faults.Stick(c);
                c.Ask($"06 00 {Short(n)} 0F", "06 00 00 04");
                Faults.Clear(c);
            });
            if (n < 14)
            {
                yield return Case.Must(Section, $"{n} writes that are refused: FAULT, none done", Need.Hole, c =>
                {
                    Faults.Stick(c);
                    c.Ask($"06 00 {Short(n)} 0D {Times(n, "00 00 00 00")}", "06 00 00 04");
                    Faults.Clear(c);
                });
                yield return Case.Must("DAP_ExecuteCommands", $"a block of {n} writes that is refused does not shift the command behind it", Need.Hole | Need.Atomic, c =>
                {
                    Faults.Stick(c);
                    c.Ask($"7F 02 06 00 {Short(n)} 0D {Times(n, "00 00 00 00")} 00 FE", $"7F 02 06 00 00 04 00 01 {Byte(c.Probe.PacketCount)}");
                    Faults.Clear(c);
                });
            }
            yield return Case.Must(Section, $"{n} reads where the bus gives an error: FAULT", Need.Hole, c =>
            {
                Setup.Tar(c, c.Probe.Hole!.Value);
                c.Ask($"06 00 {Short(n)} 0F", "06 00 00 04");
                Faults.Clear(c);
            });
            yield return Case.Must("DAP_ExecuteCommands", $"a block of {n} reads where the bus gives an error does not shift the command behind it", Need.Hole | Need.Atomic, c =>
            {
                Setup.Tar(c, c.Probe.Hole!.Value);
                c.Ask($"7F 02 06 00 {Short(n)} 0F 00 FE", $"7F 02 06 00 00 04 00 01 {Byte(c.Probe.PacketCount)}");
                Faults.Clear(c);
            });
        }
        yield return Case.Must(Section, "writes where the bus gives an error: FAULT, at the end at the latest", Need.Hole, c =>
        {
            for (int n = 1; n < 6; n++)
            {
                Setup.Tar(c, c.Probe.Hole!.Value);
                c.Ask($"06 00 {Short(n)} 0D {Times(n, "00 00 00 00")}", "06 01|00 00 04");
                Faults.Clear(c);
            }
        });
        yield return Case.Must(Section, "registers of the debug port that answer with a sticky error set still do, as a block", Need.Hole, c =>
        {
            Faults.Stick(c);
            c.Ask("06 00 04 00 06", "06 04 00 01 ??*16");
            Faults.Clear(c);
        });
    }

    private static IEnumerable<Case> Aborts(ProbeFacts p)
    {
        yield return Case.Must(Abort, "has no answer", Need.None, c =>
        {
            c.Send("07");
            c.Silence(50);
            c.StillServed();
        });
        yield return Case.Must(Abort, "ten of them have none either", Need.None, c =>
        {
            for (int i = 0; i < 10; i++) c.Send("07");
            c.Silence(50);
            c.StillServed();
        });
        yield return Case.Must(Abort, "while nothing runs it does no harm to the transfer behind it", Need.Target, c =>
        {
            c.Send("07");
            c.Ask("05 00 02 02 02", $"05 02 01 {Times(2, Word(c.Probe.DebugPort))}");
            c.Send("07");
            Setup.Tar(c, c.Probe.Ram);
            c.Ask($"06 00 02 00 0D {Times(2, Word(5))}", "06 02 00 01");
        });
        int words = Math.Min((p.PacketSize - 4) / 4, p.RamSize / 4);
        foreach ((string name, string request, string pattern) in new[]
        {
            ("a block of reads", $"06 00 {Short(words)} 0F", "06 ??*2 00|01|02 .."), ("a block of writes", $"06 00 {Short(words - 1)} 0D {Times(words - 1, "00 00 00 00")}", "06 ??*2 00|01|02 .."),
            ("transfers", $"05 00 {Byte(Math.Min(words, 255))} {Times(Math.Min(words, 255), "0F")}", "05 ?? 00|01|02 .."),
        })
            yield return Case.Must(Abort, $"ends {name} at a slow clock, or comes too late; either way there is one answer", Need.Target, c =>
            {
                Setup.Tar(c, c.Probe.Ram);
                c.Ask($"11 {Word(20_000)}", "11 00");
                c.Send(request);
                c.Send("07");
                byte[] answer = c.Take(pattern);
                int done = request.StartsWith("06") ? BitConverter.ToUInt16(answer, 1) : answer[1];
                c.Check(done <= words, $"{done} of {words} words");
                c.Check(!request.Contains("0F") || answer.Length >= (request.StartsWith("06") ? 4 : 3) + 4 * (done - 1), "less data than the count says");
                c.Silence(50);
                c.Ask($"11 {Word(c.Probe.Clock)}", "11 00");
                c.Ask("05 00 01 02", $"05 01 01 {Word(c.Probe.DebugPort)}");
            });
        yield return Case.Strict(Abort, "ends a block of reads at a slow clock before its end", Need.Target, c =>
        {
            Setup.Tar(c, c.Probe.Ram);
            c.Ask($"11 {Word(2_000)}", "11 00");
            c.Send($"06 00 {Short(words)} 0F");
            c.Send("07");
            byte[] answer = c.Take("06 ??*2 00|01|02 ..");
            c.Check(BitConverter.ToUInt16(answer, 1) < words, $"all {words} words were done");
        });
        yield return Case.Strict(Abort, "ends endless retries of a match", Need.Target, c =>
        {
            c.Ask("04 00 64 00 FF FF", "04 00");
            c.Ask($"11 {Word(10_000)}", "11 00");
            TimeSpan start = c.Now;
            c.Send($"05 00 02 20 {Word(uint.MaxValue)} 12 {Word(~c.Probe.DebugPort)}");
            c.Send("07");
            c.Take("05 00|01 ??");
            c.Check(c.Now - start < TimeSpan.FromSeconds(2), $"{(c.Now - start).TotalSeconds:F1} s");
        });
    }
}

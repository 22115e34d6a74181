using static SharpProbe.Conformance.Hex;

namespace SharpProbe.Conformance.Cases;

/// <summary>DAP_Transfer: reads, writes, posted reads, match and mask, counts, failure at every item.</summary>
static class TransferCases
{
    private const string Section = "DAP_Transfer";

    public static IEnumerable<Case> All(ProbeFacts p) => [.. Single(), .. Posted(p), .. Match(), .. Counts(p), .. Failures(p)];

    private static IEnumerable<Case> Single()
    {
        yield return Case.Must(Section, "DPIDR is read", Need.Target, c => c.Ask("05 00 01 02", $"05 01 01 {Word(c.Probe.DebugPort)}"));
        foreach (int index in new[] { 1, 0x7F, 0xFF })
            yield return Case.Must(Section, $"index {index:X2} means nothing in SWD", Need.Target, c => c.Ask($"05 {Byte(index)} 01 02", $"05 01 01 {Word(c.Probe.DebugPort)}"));
        yield return Case.Must(Section, "CTRL/STAT says that the port is powered up", Need.Target, c => c.Check((c.Ask("05 00 01 06", "05 01 01 ??*4")[6] & 0xF0) == 0xF0, "CDBGPWRUPACK or CSYSPWRUPACK is not set"));
        yield return Case.Must(Section, "a word is written and read", Need.Target, c =>
        {
            Setup.Tar(c, c.Probe.Ram);
            c.Ask($"05 00 01 0D {Word(0x0123_4567)}", "05 01 01");
            Setup.Tar(c, c.Probe.Ram);
            c.Ask("05 00 01 0F", $"05 01 01 {Word(0x0123_4567)}");
        });
        foreach (uint value in new uint[] { 0, uint.MaxValue, 0xAAAA_AAAA, 0x5555_5555, 1, 0x8000_0000, 0x7FFF_FFFF, 0xFFFE_FFFF })
            yield return Case.Must(Section, $"{value:X8}, written and read: both parities, every bit", Need.Target, c =>
            {
                c.Ask($"05 00 04 05 {Word(c.Probe.Ram)} 0D {Word(value)} 05 {Word(c.Probe.Ram)} 0F", $"05 04 01 {Word(value)}");
                c.Ask("05 00 01 0E", $"05 01 01 {Word(value)}");
            });
        for (int bit = 0; bit < 32; bit++)
        {
            int shift = bit;
            yield return Case.Must(Section, $"bit {bit} of a word is bit {bit}", Need.Target, c => c.Ask($"05 00 04 05 {Word(c.Probe.Ram)} 0D {Word(1u << shift)} 05 {Word(c.Probe.Ram)} 0F", $"05 04 01 {Word(1u << shift)}"));
        }
        yield return Case.Must(Section, "RDBUFF gives the last read again", Need.Target, c =>
        {
            Setup.Tar(c, c.Probe.Ram);
            byte[] read = c.Ask("05 00 01 0F", "05 01 01 ??*4");
            c.Ask("05 00 02 0E 0E", $"05 02 01 {Times(2, Text(read.AsSpan(3, 4)))}");
        });
        yield return Case.Must(Section, "SELECT chooses registers of the access port: IDR is the same twice", Need.Target, c =>
        {
            c.Ask($"05 00 01 08 {Word(0xF0)}", "05 01 01");
            byte[] idr = c.Ask("05 00 01 0F", "05 01 01 ??*4");
            c.Ask("05 00 02 0F 0F", $"05 02 01 {Times(2, Text(idr.AsSpan(3, 4)))}");
            c.Check(BitConverter.ToUInt32(idr, 3) != 0, "IDR is 0: no access port");
            c.Ask($"05 00 01 08 {Word(0)}", "05 01 01");
        });
        yield return Case.Must(Section, "bytes behind the request do no harm", Need.Target, c => c.Ask($"05 00 01 02 {Times(c.Probe.PacketSize - 4, "02")}", $"05 01 01 {Word(c.Probe.DebugPort)}"));
        foreach (string ones in new[] { "42", "C2" })
            yield return Case.Must(Section, $"request {ones}: bit 6 means nothing", Need.Target, c => c.Ask($"05 00 01 {ones}", "05 01 01 ??*4 .."));
    }

    private static IEnumerable<Case> Posted(ProbeFacts p)
    {
        int most = Math.Min((p.PacketSize - 3) / 4, p.RamSize / 4);
        for (int n = 1; n <= Math.Min(most, 60); n++)
        {
            int count = n;
            yield return Case.Must(Section, $"{n} reads of an access port come in their order", Need.Target, c =>
            {
                Fill(c, count);
                Setup.Tar(c, c.Probe.Ram);
                c.Ask($"05 00 {Byte(count)} {Times(count, "0F")}", $"05 {Byte(count)} 01 {Words(count)}");
            });
        }
        yield return Case.Must(Section, "reads of the access port and of the debug port by turns", Need.Target, c =>
        {
            Fill(c, 4);
            Setup.Tar(c, c.Probe.Ram);
            string id = Word(c.Probe.DebugPort);
            c.Ask("05 00 06 0F 02 0F 02 02 0F", $"05 06 01 {Word(Value(0))} {id} {Word(Value(1))} {id} {id} {Word(Value(2))}");
        });
        yield return Case.Must(Section, "reads and writes of the access port by turns", Need.Target, c =>
        {
            Fill(c, 4);
            string ram = Word(c.Probe.Ram);
            c.Ask($"05 00 07 05 {ram} 0F 0D {Word(0x1111_1111)} 0F 05 {ram} 0F 0F", $"05 07 01 {Word(Value(0))} {Word(Value(2))} {Word(Value(0))} {Word(0x1111_1111)}");
        });
        yield return Case.Must(Section, "a read ahead of a write of the debug port is fetched", Need.Target, c =>
        {
            Fill(c, 2);
            Setup.Tar(c, c.Probe.Ram);
            c.Ask($"05 00 03 0F 08 {Word(0)} 0F", $"05 03 01 {Word(Value(0))} {Word(Value(1))}");
        });
        yield return Case.Must(Section, "a read ahead of RDBUFF is fetched once", Need.Target, c =>
        {
            Fill(c, 2);
            Setup.Tar(c, c.Probe.Ram);
            c.Ask("05 00 03 0F 0E 0F", $"05 03 01 {Word(Value(0))} {Word(Value(0))} {Word(Value(1))}");
        });
        yield return Case.Must(Section, "TAR has moved by as many words as were read: no access more, none less", Need.Target, c =>
        {
            foreach (int n in new[] { 1, 2, 5 })
            {
                Setup.Tar(c, c.Probe.Ram);
                c.Ask($"05 00 {Byte(n)} {Times(n, "0F")}", $"05 {Byte(n)} 01 ??*{4 * n}");
                c.Ask("05 00 01 07", $"05 01 01 {Word(c.Probe.Ram + 4 * (uint)n)}");
            }
        });
    }

    private static IEnumerable<Case> Match()
    {
        yield return Case.Must(Section, "a match that is there at once leaves no data", Need.Target, c => c.Ask($"05 00 03 20 {Word(uint.MaxValue)} 12 {Word(c.Probe.DebugPort)} 02", $"05 03 01 {Word(c.Probe.DebugPort)}"));
        yield return Case.Must(Section, "the mask is held against the value read", Need.Target, c => c.Ask($"05 00 02 20 {Word(0xFF)} 12 {Word(c.Probe.DebugPort & 0xFF)}", "05 02 01"));
        yield return Case.Must(Section, "a mask of 0 and a value of 0 match everything", Need.Target, c => c.Ask($"05 00 02 20 {Word(0)} 12 {Word(0)}", "05 02 01"));
        yield return Case.Must(Section, "the mask stays for later requests", Need.Target, c =>
        {
            c.Ask($"05 00 01 20 {Word(0xFF00)}", "05 01 01");
            c.Ask($"05 00 01 12 {Word(c.Probe.DebugPort & 0xFF00)}", "05 01 01");
        });
        yield return Case.Must(Section, "a mismatch of the debug port is said, and ends the request", Need.Target, c =>
        {
            c.Ask($"05 00 03 20 {Word(uint.MaxValue)} 12 {Word(~c.Probe.DebugPort)} 02", "05 01 11");
        });
        yield return Case.Must(Section, "a mismatch of the access port is said, and ends the request", Need.Target, c =>
        {
            Fill(c, 4);
            Setup.Tar(c, c.Probe.Ram);
            c.Ask($"05 00 03 20 {Word(uint.MaxValue)} 1F {Word(0x0BAD_0BAD)} 02", "05 01 11");
        });
        yield return Case.Must(Section, "a match of the access port", Need.Target, c =>
        {
            Fill(c, 4);
            Setup.Tar(c, c.Probe.Ram);
            c.Ask($"05 00 02 20 {Word(uint.MaxValue)} 1F {Word(Value(0))}", "05 02 01");
        });
        yield return Case.Must(Section, "retries find a value that comes later: TAR moves on by itself", Need.Target, c =>
        {
            Fill(c, 8);
            c.Ask("04 00 64 00 0A 00", "04 00");
            Setup.Tar(c, c.Probe.Ram);
            c.Ask($"05 00 02 20 {Word(uint.MaxValue)} 1F {Word(Value(5))}", "05 02 01");
        });
        yield return Case.Must(Section, "with too few retries it does not", Need.Target, c =>
        {
            Fill(c, 12);
            c.Ask("04 00 64 00 02 00", "04 00");
            Setup.Tar(c, c.Probe.Ram);
            c.Ask($"05 00 02 20 {Word(uint.MaxValue)} 1F {Word(Value(8))}", "05 01 11");
        });
        yield return Case.Must(Section, "a posted read ahead of a match gives its data", Need.Target, c =>
        {
            Fill(c, 4);
            c.Ask("04 00 64 00 05 00", "04 00");
            Setup.Tar(c, c.Probe.Ram);
            c.Ask($"05 00 04 20 {Word(uint.MaxValue)} 0F 1F {Word(Value(2))} 02", $"05 04 01 {Word(Value(0))} {Word(c.Probe.DebugPort)}");
        });
        yield return Case.Must(Section, "a mask of the access port's kind is a mask too, and writes no register", Need.Target, c =>
        {
            Setup.Tar(c, c.Probe.Ram);
            c.Ask($"05 00 02 25 {Word(0xFFFF)} 07", $"05 02 01 {Word(c.Probe.Ram)}");
        });
    }

    private static IEnumerable<Case> Counts(ProbeFacts p)
    {
        yield return Case.Must(Section, "count 0 does nothing", Need.Target, c => c.Ask("05 00 00", "05 00 ??"));
        int reads = Math.Min((p.PacketSize - 3) / 4, 255);
        foreach (int n in new[] { 1, 2, reads - 1, reads })
            yield return Case.Must(Section, $"{n} reads of the debug port{(n == reads ? ": as many as the answer holds" : "")}", Need.Target, c => c.Ask($"05 00 {Byte(n)} {Times(n, "02")}", $"05 {Byte(n)} 01 {Times(n, Word(c.Probe.DebugPort))}"));
        int writes = Math.Min((p.PacketSize - 3) / 5, 255);
        foreach (int n in new[] { 1, 2, writes - 1, writes })
            yield return Case.Must(Section, $"{n} writes of the debug port{(n == writes ? ": as many as the request holds" : "")}", Need.Target, $"05 00 {Byte(n)} {Times(n, "08 00 00 00 00")}", $"05 {Byte(n)} 01");
        foreach (int n in new[] { 1, 2, writes - 1, writes })
            yield return Case.Must(Section, $"{n} words written to memory one by one", Need.Target, c =>
            {
                Setup.Tar(c, c.Probe.Ram);
                c.Ask($"05 00 {Byte(n)} {string.Join(' ', Enumerable.Range(0, n).Select(i => "0D " + Word(Value(i))))}", $"05 {Byte(n)} 01");
                for (int i = 0; i < n; i++)
                {
                    Setup.Tar(c, c.Probe.Ram + 4 * (uint)i);
                    c.Ask("05 00 01 0F", $"05 01 01 {Word(Value(i))}");
                }
            });
        if (reads < 255)
        {
            int more = Math.Min(Math.Min(255, p.PacketSize - 3), reads + 1);
            yield return Case.Must(Section, "one read more than the answer holds does no harm", Need.Target, c =>
            {
                c.Ask($"05 00 {Byte(more)} {Times(more, "02")}", "05|FF ..");
                c.StillServed();
            });
            yield return Case.Strict(Section, "one read more than the answer holds: as many are done as it holds", Need.Target, c => c.Ask($"05 00 {Byte(more)} {Times(more, "02")}", $"05 {Byte(reads)} 01 {Times(reads, Word(c.Probe.DebugPort))}"));
            yield return Case.Strict(Section, "the same with posted reads: as many are done as the answer holds, and TAR shows it", Need.Target, c =>
            {
                Setup.Tar(c, c.Probe.Ram);
                c.Ask($"05 00 {Byte(more)} {Times(more, "0F")}", $"05 {Byte(reads)} 01 ??*{4 * reads}");
                c.Ask("05 00 01 07", $"05 01 01 {Word(c.Probe.Ram + 4 * (uint)reads)}");
            });
        }
        yield return Case.Must(Section, "a count that the request does not bear out does no harm", Need.Target | Need.Lengths, c =>
        {
            c.Ask("05 00 FF 02", "05|FF ..");
            c.StillServed();
            c.Ask("05 00 01 02", $"05 01 01 {Word(c.Probe.DebugPort)}");
        });
        yield return Case.Strict(Section, "a count that the request does not bear out: what is there is done", Need.Target | Need.Lengths, c => c.Ask("05 00 FF 02 02", $"05 02 01 {Times(2, Word(c.Probe.DebugPort))}"));
        for (int cut = 0; cut < 4; cut++)
        {
            int left = cut;
            yield return Case.Strict(Section, $"a write with {left} of its 4 bytes is not done", Need.Target | Need.Lengths, c =>
            {
                Setup.Tar(c, c.Probe.Ram);
                c.Ask($"05 00 02 02 05 {Times(left, "77")}", $"05 01 01 {Word(c.Probe.DebugPort)}");
                c.Ask("05 00 01 07", $"05 01 01 {Word(c.Probe.Ram)}");
            });
        }
    }

    private static IEnumerable<Case> Failures(ProbeFacts p)
    {
        const int Items = 8;
        for (int k = 0; k < Items; k++)
        {
            int at = k;
            string head = $"05 00 {Byte(Items)}";
            foreach ((string name, string bad) in new[] { ("read", "0F"), ("write", "0D 00 00 00 00"), ("match", "1F 00 00 00 00") })
            {
                string request = $"{head} {Times(at, "06")} {bad} {Times(Items - at - 1, "02")}";
                yield return Case.Must(Section, $"a {name} that is refused as item {at}: FAULT, {at} done, their data", Need.Hole, c =>
                {
                    Faults.Stick(c);
                    c.Ask(request, $"05 {Byte(at)} 04 ??*{4 * at}");
                    Faults.Clear(c);
                });
                yield return Case.Must("DAP_ExecuteCommands", $"a {name} that is refused as item {at} of a transfer does not shift the command behind it", Need.Hole | Need.Atomic, c =>
                {
                    Faults.Stick(c);
                    c.Ask($"7F 02 {request} 00 FE", $"7F 02 05 {Byte(at)} 04 ??*{4 * at} 00 01 {Byte(c.Probe.PacketCount)}");
                    Faults.Clear(c);
                });
            }
            yield return Case.Must(Section, $"writes follow the refused item {at}: none is done", Need.Hole, c =>
            {
                Setup.Tar(c, c.Probe.Ram);
                c.Ask($"05 00 01 0D {Word(0xABCD_EF01)}", "05 01 01");
                Faults.Stick(c);
                c.Ask($"{head} {Times(at, "06")} 0F {string.Join(' ', Enumerable.Range(0, Items - at - 1).Select(i => i % 2 == 0 ? $"05 {Word(c.Probe.Ram)}" : $"0D {Word(0)}"))}", $"05 {Byte(at)} 04 ??*{4 * at}");
                Faults.Clear(c);
                Setup.Tar(c, c.Probe.Ram);
                c.Ask("05 00 01 0F", $"05 01 01 {Word(0xABCD_EF01)}");
            });
            yield return Case.Must(Section, $"a bus error under the posted read of item {at} is said; the data before it is right", Need.Hole, c =>
            {
                Fill(c, Items);
                Setup.Tar(c, c.Probe.Ram);
                // k reads of memory, then TAR to nowhere, a read there, a read of the debug port.
                byte[] answer = c.Ask($"05 00 {Byte(at + 3)} {Times(at, "0F")} 05 {Word(c.Probe.Hole!.Value)} 0F 06", $"05 {Byte(at + 1)}|{Byte(at + 2)} 04 {Words(at)}");
                c.Check(answer.Length >= 3 + 4 * at, "data is missing");
                Faults.Clear(c);
            });
            yield return Case.Strict(Section, $"a bus error under the posted read of item {at + 1}: the read itself counts, its data is missing", Need.Hole, c =>
            {
                Fill(c, Items);
                Setup.Tar(c, c.Probe.Ram);
                c.Ask($"05 00 {Byte(at + 3)} {Times(at, "0F")} 05 {Word(c.Probe.Hole!.Value)} 0F 02", $"05 {Byte(at + 2)} 04 {Words(at)}");
                Faults.Clear(c);
            });
        }
        yield return Case.Must(Section, "a bus error under the last write is said", Need.Hole, c =>
        {
            c.Ask($"05 00 02 05 {Word(c.Probe.Hole!.Value)} 0D {Word(1)}", "05 01|02 04");
            Faults.Clear(c);
        });
        yield return Case.Must(Section, "a bus error under a write in the middle is said before the end", Need.Hole, c =>
        {
            c.Ask($"05 00 04 05 {Word(c.Probe.Hole!.Value)} 0D {Word(1)} 0D {Word(1)} 0D {Word(1)}", "05 01|02|03 04");
            Faults.Clear(c);
        });
        yield return Case.Must(Section, "the session goes on behind a failure", Need.Hole, c =>
        {
            for (int i = 0; i < 10; i++)
            {
                Faults.Stick(c);
                c.Ask("05 00 01 0F", "05 00 04");
                Faults.Clear(c);
                c.Ask("05 00 01 02", $"05 01 01 {Word(c.Probe.DebugPort)}");
            }
        });
        yield return Case.Must(Section, "nothing at the other end: NO_ACK or a protocol error, nothing done, no data", Need.Target, c =>
        {
            // A target that has seen a wrong parity bit in a request is silent until the next line reset (IHI 0031, B4.2.5).
            c.Ask("1D 02 08 85 88", "1D 00 ??");
            c.Ask("05 00 02 02 02", "05 00 07|08|0F");
            c.Ask("06 00 02 00 02", "06 00 00 07|08|0F");
            Setup.Wake(c);
        });
        yield return Case.Strict(Section, "nothing at the other end: NO_ACK", Need.Target, c =>
        {
            c.Ask("1D 02 08 85 88", "1D 00 ??");
            c.Ask("05 00 02 02 02", "05 00 07");
            c.Ask("06 00 02 00 02", "06 00 00 07");
        });
    }

    /// <summary>A pattern into memory, from its start, word by word.</summary>
    public static void Fill(Conversation c, int words)
    {
        for (int i = 0; i < words; i += 8)
        {
            Setup.Tar(c, c.Probe.Ram + 4 * (uint)i);
            int n = Math.Min(8, words - i);
            c.Ask($"05 00 {Byte(n)} {string.Join(' ', Enumerable.Range(i, n).Select(k => "0D " + Word(Value(k))))}", $"05 {Byte(n)} 01");
        }
    }

    public static uint Value(int i) => 0xC0DE_0000u + (uint)i * 0x0101;

    public static string Words(int count, int from = 0) => string.Join(' ', Enumerable.Range(from, count).Select(i => Word(Value(i))));
}

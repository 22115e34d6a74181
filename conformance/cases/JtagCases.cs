using static SharpProbe.Conformance.Hex;

namespace SharpProbe.Conformance.Cases;

/// <summary>DAP_JTAG_Sequence, DAP_JTAG_Configure, DAP_JTAG_IDCODE, transfers over JTAG.</summary>
static class JtagCases
{
    private const string Sequence = "DAP_JTAG_Sequence", Configure = "DAP_JTAG_Configure", IdCode = "DAP_JTAG_IDCODE", Transfer = "DAP_Transfer (JTAG)", Block = "DAP_TransferBlock (JTAG)", Abort = "DAP_WriteABORT (JTAG)";

    public static IEnumerable<Case> All(ProbeFacts p) => [.. SequenceCases(p), .. ChainCases(p), .. TransferCases()];

    private static IEnumerable<Case> SequenceCases(ProbeFacts p)
    {
        yield return Case.Must(Sequence, "no sequence at all", Need.Tap, "14 00", "14 00");
        for (int clocks = 0; clocks < 64; clocks++)
        {
            int bytes = ((clocks == 0 ? 64 : clocks) + 7) / 8, n = clocks == 0 ? 64 : clocks;
            string data = Times(bytes, "FF");
            yield return Case.Must(Sequence, $"{n} clocks", Need.Tap, $"14 01 {Byte(clocks)} {data}", "14 00");
            yield return Case.Must(Sequence, $"{n} clocks, TMS high", Need.Tap, $"14 01 {Byte(clocks | 0x40)} {data}", "14 00");
            yield return Case.Must(Sequence, $"{n} clocks, TDO kept", Need.Tap, $"14 01 {Byte(clocks | 0x80)} {data}", $"14 00 ??*{bytes}");
            if (n % 8 != 0)
                yield return Case.Strict(Sequence, $"{n} clocks, TDO kept: the bits behind them are 0", Need.Tap, c =>
                    c.Check(c.Ask($"14 01 {Byte(n | 0x80)} {data}", $"14 00 ??*{bytes}")[1 + bytes] >> n % 8 == 0, "bits that were not clocked are set"));
        }
        yield return Case.Must(Sequence, "with and without TDO by turns: the answer has what was kept alone", Need.Tap, "14 05 08 FF 88 FF 03 07 90 FF FF 01 00", "14 00 ??*3");
        int outputs = Math.Min((p.PacketSize - 2) / 9, 255);
        yield return Case.Must(Sequence, $"{outputs} of 64 clocks: as many as the request holds", Need.Tap, $"14 {Byte(outputs)} {Times(outputs, "00 " + Times(8, "FF"))}", "14 00");
        yield return Case.Must(Sequence, $"{outputs} of 64 clocks, TDO kept", Need.Tap, $"14 {Byte(outputs)} {Times(outputs, "80 " + Times(8, "FF"))}", $"14 00 ??*{8 * outputs}");
        yield return Case.Must(Sequence, "a count that the request does not bear out does no harm", Need.Tap | Need.Lengths, c =>
        {
            c.Ask("14 FF 08 FF", "14|FF ..");
            c.StillServed();
        });
        yield return Case.Strict(Sequence, "without Connect is an error", Need.Jtag, "14 01 08 FF", "14 FF");
        yield return Case.Must(Sequence, "in Test-Logic-Reset each device's IDCODE is chosen: the first is odd", Need.Chain, c =>
        {
            byte[] answer = Shift(c, "A0 FF FF FF FF");
            c.Check(BitConverter.ToUInt32(answer, 2) == c.Probe.Chain[0], $"{BitConverter.ToUInt32(answer, 2):X8}, a moment ago {c.Probe.Chain[0]:X8}");
        });
        yield return Case.Must(Sequence, "IDCODE bit by bit", Need.Chain, c =>
        {
            Reset(c);
            c.Ask("14 02 41 00 02 00", "14 00");
            uint id = 0;
            for (int i = 0; i < 32; i++) id |= (uint)(c.Ask("14 01 81 01", "14 00 ??")[2] & 1) << i;
            c.Check(id == c.Probe.Chain[0], $"{id:X8}");
        });
        yield return Case.Must(Sequence, "what goes in behind IDCODE comes out 32 bits later a device", Need.Chain, c =>
        {
            // The chain is so many times 32 bits long in IDCODE; the pattern follows.
            int devices = c.Probe.Chain.Length;
            if (devices > 4) throw new CaseImpossible("a long chain");
            byte[] answer = Shift(c, Times(devices, $"A0 {Word(0x1357_9BDF)}"), devices);
            byte[] next = c.Ask($"14 01 A0 {Word(0)}", "14 00 ??*4");
            c.Check(BitConverter.ToUInt32(next, 2) == 0x1357_9BDF, $"{BitConverter.ToUInt32(next, 2):X8}");
        });
    }

    private static IEnumerable<Case> ChainCases(ProbeFacts p)
    {
        foreach (int n in new[] { 1, 2, 4, 8 })
            yield return Case.Must(Configure, $"{n} devices", Need.Jtag, $"15 {Byte(n)} {Times(n, "04")}", "15 00");
        foreach (int bits in new[] { 2, 3, 5, 8, 16, 31 })
            yield return Case.Must(Configure, $"an instruction register of {bits} bits", Need.Jtag, $"15 01 {Byte(bits)}", "15 00");
        foreach (int n in new[] { 33, 64, 255 })
            yield return Case.Must(Configure, $"{n} devices are refused or taken, and do no harm", Need.Jtag, c =>
            {
                c.Ask($"15 {Byte(n)} {Times(Math.Min(n, c.Probe.PacketSize - 2), "04")}", "15|FF ..");
                c.StillServed();
            });
        yield return Case.Strict(Configure, "no device at all does no harm", Need.Jtag, c =>
        {
            c.Ask("15 00", "15 00|FF");
            c.StillServed();
        });
        yield return Case.Must(IdCode, "each device's is what the chain has shifted out", Need.Chain, c =>
        {
            for (int i = 0; i < c.Probe.Chain.Length; i++) c.Ask($"16 {Byte(i)}", $"16 00 {Word(c.Probe.Chain[i])}");
        });
        yield return Case.Must(IdCode, "a device that there is not is an error", Need.Tap, c =>
        {
            c.Ask("15 01 04", "15 00");
            foreach (int index in new[] { 1, 2, 0x7F, 0xFF }) c.Ask($"16 {Byte(index)}", "16 FF ..");
        });
        yield return Case.Must(IdCode, "without Connect to JTAG is an error", Need.Jtag, "16 00", "16 FF ..");
        yield return Case.Must(IdCode, "twice the same", Need.Chain, c =>
        {
            for (int i = 0; i < 2; i++) c.Ask("16 00", $"16 00 {Word(c.Probe.Chain[0])}");
        });
    }

    private static IEnumerable<Case> TransferCases()
    {
        yield return Case.Must(Transfer, "CTRL/STAT is written and read", Need.Chain, c => Wake(c));
        yield return Case.Must(Transfer, "a word of memory is written and read", Need.Chain, c =>
        {
            Wake(c);
            string ram = Word(c.Probe.Ram);
            c.Ask($"05 00 04 05 {ram} 0D {Word(0x0123_4567)} 05 {ram} 0F", $"05 04 01 {Word(0x0123_4567)}");
        });
        foreach (int n in new[] { 1, 2, 5, 12 })
        {
            yield return Case.Must(Transfer, $"{n} reads of the access port come in their order", Need.Chain, c =>
            {
                Wake(c);
                Cases.TransferCases.Fill(c, n);
                Setup.Tar(c, c.Probe.Ram);
                c.Ask($"05 00 {Byte(n)} {Times(n, "0F")}", $"05 {Byte(n)} 01 {Cases.TransferCases.Words(n)}");
                c.Ask("05 00 01 07", $"05 01 01 {Word(c.Probe.Ram + 4 * (uint)n)}");
            });
            yield return Case.Must(Block, $"{n} words written and read", Need.Chain, c =>
            {
                Wake(c);
                Setup.Tar(c, c.Probe.Ram);
                c.Ask($"06 00 {Short(n)} 0D {Cases.TransferCases.Words(n)}", $"06 {Short(n)} 01");
                Setup.Tar(c, c.Probe.Ram);
                c.Ask($"06 00 {Short(n)} 0F", $"06 {Short(n)} 01 {Cases.TransferCases.Words(n)}");
                c.Ask("05 00 01 07", $"05 01 01 {Word(c.Probe.Ram + 4 * (uint)n)}");
            });
        }
        yield return Case.Must(Transfer, "reads of the access port and of the debug port by turns", Need.Chain, c =>
        {
            Wake(c);
            Cases.TransferCases.Fill(c, 3);
            Setup.Tar(c, c.Probe.Ram);
            c.Ask("05 00 05 0F 06 0F 06 0F", $"05 05 01 {Cases.TransferCases.Words(1)} ??*4 {Cases.TransferCases.Words(1, 1)} ??*4 {Cases.TransferCases.Words(1, 2)}");
        });
        yield return Case.Must(Transfer, "a match, and a mismatch", Need.Chain, c =>
        {
            Wake(c);
            Cases.TransferCases.Fill(c, 2);
            Setup.Tar(c, c.Probe.Ram);
            c.Ask($"05 00 02 20 {Word(uint.MaxValue)} 1F {Word(Cases.TransferCases.Value(0))}", "05 02 01");
            Setup.Tar(c, c.Probe.Ram);
            c.Ask($"05 00 02 20 {Word(uint.MaxValue)} 1F {Word(1)}", "05 01 11");
        });
        yield return Case.Must(Transfer, "a device that there is not: nothing done", Need.Chain, c =>
        {
            c.Ask("05 20 01 06", "05 00 ??");
            c.Ask("06 20 01 00 06", "06 00 00 ??");
        });
        yield return Case.Must(Transfer, "a sticky error shows in CTRL/STAT, which JTAG reports as OK", Need.Chain, c =>
        {
            if (c.Probe.Hole is not { } hole) throw new CaseImpossible("no address with a bus error is known");
            Wake(c);
            Setup.Tar(c, hole);
            c.Ask("05 00 01 0F", "05 00|01 ?? ..");
            c.Check((c.Ask("05 00 01 06", "05 01 01 ??*4")[3] & 0x20) != 0, "STICKYERR is not set");
            c.Ask($"05 00 01 04 {Word(0x5000_0020)}", "05 01 01");
            c.Check((c.Ask("05 00 01 06", "05 01 01 ??*4")[3] & 0x20) == 0, "STICKYERR stays");
        });
        yield return Case.Must(Abort, "is written", Need.Chain, $"08 00 {Word(1)}", "08 00");
        yield return Case.Must(Abort, "a device that there is not is an error", Need.Chain, $"08 20 {Word(1)}", "08 FF");
    }

    private static void Reset(Conversation c) => c.Ask("12 08 1F", "12 00");

    /// <summary>From Test-Logic-Reset into Shift-DR, then the sequences; returns the answer.</summary>
    private static byte[] Shift(Conversation c, string sequences, int count = 1)
    {
        Reset(c);
        c.Ask("14 02 41 00 02 00", "14 00");
        return c.Ask($"14 {Byte(count)} {sequences}", "14 00 ..");
    }

    /// <summary>What answers on the chain, by its IDCODEs.</summary>
    public static uint[] Scan(Conversation c)
    {
        byte[] answer = Shift(c, Times(3, "A0 FF FF FF FF"), 3);
        List<uint> ids = [];
        for (int i = 0; i < 3 && answer.Length >= 6 + 4 * i; i++)
        {
            uint id = BitConverter.ToUInt32(answer, 2 + 4 * i);
            if ((id & 1) == 0 || id == uint.MaxValue) break;
            ids.Add(id);
        }
        return [.. ids];
    }

    private static void Wake(Conversation c)
    {
        c.Ask($"05 00 02 08 {Word(0)} 04 {Word(0x5000_0020)}", "05 02 01");
        for (int i = 0; i < 100; i++)
            if ((c.Ask("05 00 01 06", "05 01 01 ??*4")[6] & 0xA0) == 0xA0) break;
        c.Ask($"05 00 01 01 {Word(0x2300_0052)}", "05 01 01");
    }
}

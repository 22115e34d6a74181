using static SharpProbe.Conformance.Hex;

namespace SharpProbe.Conformance.Cases;

/// <summary>DAP_SWD_Configure, DAP_SWD_Sequence.</summary>
static class SwdCases
{
    private const string Configure = "DAP_SWD_Configure", Sequence = "DAP_SWD_Sequence";

    public static IEnumerable<Case> All(ProbeFacts p)
    {
        for (int value = 0; value < 8; value++) yield return Case.Must(Configure, $"turnaround of {(value & 3) + 1}, data phase {(value < 4 ? "as needed" : "always")}", Need.Connected, $"13 {Byte(value)}", "13 00");
        yield return Case.Must(Configure, "before Connect too", Need.Swd, "13 00", "13 00");
        yield return Case.Must(Configure, "bits that mean nothing do no harm", Need.Swd, c =>
        {
            c.Ask("13 F8", "13 00|FF");
            c.Ask("13 00", "13 00");
        });
        yield return Case.Must(Configure, "a data phase always: transfers that succeed stay the same", Need.Target, c =>
        {
            c.Ask("13 04", "13 00");
            Setup.Tar(c, c.Probe.Ram);
            c.Ask($"05 00 02 0D {Word(0xCAFE_4711)} 02", $"05 02 01 {Word(c.Probe.DebugPort)}");
            Setup.Tar(c, c.Probe.Ram);
            c.Ask("05 00 01 0F", $"05 01 01 {Word(0xCAFE_4711)}");
        });
        yield return Case.Must(Configure, "a turnaround that is not the target's is noticed, and undone", Need.Target, c =>
        {
            c.Ask("13 01", "13 00");
            c.Ask("05 00 01 02", "05 ??  ?? ..");
            c.Ask("13 00", "13 00");
            Setup.Wake(c);
        });

        yield return Case.Must(Sequence, "no sequence at all", Need.Connected, "1D 00", "1D 00");
        for (int clocks = 0; clocks < 64; clocks++)
        {
            int bytes = ((clocks == 0 ? 64 : clocks) + 7) / 8, at = clocks;
            yield return Case.Must(Sequence, $"{(clocks == 0 ? 64 : clocks)} clocks out", Need.Connected, $"1D 01 {Byte(clocks)} {Times(bytes, "FF")}", "1D 00");
            yield return Case.Must(Sequence, $"{(clocks == 0 ? 64 : clocks)} clocks in", Need.Connected, $"1D 01 {Byte(clocks | 0x80)}", $"1D 00 ??*{bytes}");
            if (clocks % 8 != 0)
                yield return Case.Strict(Sequence, $"{clocks} clocks in: the bits behind them are 0", Need.Connected, c =>
                    c.Check(c.Ask($"1D 01 {Byte(at | 0x80)}", $"1D 00 ??*{bytes}")[1 + bytes] >> at % 8 == 0, "bits that were not clocked are set"));
        }
        yield return Case.Must(Sequence, "bit 6 means nothing", Need.Connected, "1D 02 48 FF C8", "1D 00 ??");
        yield return Case.Must(Sequence, "out and in and out again: the answer has the inputs alone", Need.Connected, "1D 05 08 FF 88 03 07 90 01 00", "1D 00 ??*3");
        yield return Case.Must(Sequence, "DPIDR by sequences alone", Need.Target, c =>
        {
            // Request, turnaround, acknowledge, data and parity, turnaround.
            byte[] answer = c.Ask("1D 05 08 A5 81 83 A1 82", "1D 00 ??*8");
            c.Check((answer[3] & 7) == 1, "the acknowledge is not OK");
            c.Check(BitConverter.ToUInt32(answer, 4) == c.Probe.DebugPort, "another DPIDR than by DAP_Transfer");
        });
        yield return Case.Must(Sequence, "DPIDR bit by bit", Need.Target, c =>
        {
            c.Ask("1D 08 01 01 01 00 01 01 01 00 01 00 01 01 01 00 01 01", "1D 00");
            c.Ask("1D 01 81", "1D 00 ??");
            byte[] ack = c.Ask("1D 03 81 81 81", "1D 00 ??*3");
            c.Check((ack[2] & 1, ack[3] & 1, ack[4] & 1) == (1, 0, 0), "the acknowledge is not OK");
            byte[] low = c.Ask($"1D 20 {Times(32, "81")}", "1D 00 ??*32");
            uint id = 0;
            for (int i = 0; i < 32; i++) id |= (uint)(low[2 + i] & 1) << i;
            c.Check(id == c.Probe.DebugPort, $"{id:X8}");
            c.Ask("1D 01 82", "1D 00 ??");
        });
        yield return Case.Must(Sequence, "SWDIO is driven again behind an input", Need.Target, c =>
        {
            c.Ask("1D 01 81", "1D 00 ??");
            c.Ask(Setup.ToSwd, "12 00");
            c.Ask("05 00 01 02", $"05 01 01 {Word(c.Probe.DebugPort)}");
        });
        int most = (p.PacketSize - 2) / 9;
        if (most > 0 && most < 256) yield return Case.Must(Sequence, $"{most} outputs of 64 clocks: as many as the request holds", Need.Connected, $"1D {Byte(most)} {Times(most, "00 " + Times(8, "FF"))}", "1D 00");
        int inputs = Math.Min((p.PacketSize - 2) / 8, 255);
        yield return Case.Must(Sequence, $"{inputs} inputs of 64 clocks: the answer is as long as it can be", Need.Connected, $"1D {Byte(inputs)} {Times(inputs, "80")}", $"1D 00 ??*{inputs * 8}");
        int last = p.PacketSize - 2 - inputs * 8;
        if (last is > 0 and < 9 && inputs < 255)
            yield return Case.Must(Sequence, $"{inputs} inputs of 64 clocks and one of {last * 8}: the answer is a whole packet", Need.Connected, $"1D {Byte(inputs + 1)} {Times(inputs, "80")} {Byte(last * 8 | 0x80)}", $"1D 00 ??*{p.PacketSize - 2}");
        if (inputs < 255)
        {
            string tooMany = $"1D {Byte(inputs + 1)} {Times(inputs + 1, "80")}";
            yield return Case.Must(Sequence, "one more input than the answer has room for does no harm", Need.Connected, c =>
            {
                c.Ask(tooMany, "1D|FF ..");
                c.StillServed();
            });
            yield return Case.Strict(Sequence, "one more input than the answer has room for is an error", Need.Connected, tooMany, "1D FF");
        }
        yield return Case.Must(Sequence, "255 inputs of 64 clocks do no harm", Need.Connected, c =>
        {
            if (c.Probe.PacketSize < 257) c.Ask($"1D FF {Times(c.Probe.PacketSize - 2, "80")}");
            else c.Ask($"1D FF {Times(255, "80")}", "1D|FF ..");
            c.StillServed();
        });
        yield return Case.Strict(Sequence, "without Connect is an error", Need.Swd, "1D 01 08 FF", "1D FF");
    }
}

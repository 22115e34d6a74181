using static SharpProbe.Conformance.Hex;

namespace SharpProbe.Conformance.Cases;

/// <summary>DAP_SWJ_Pins, DAP_SWJ_Clock, DAP_SWJ_Sequence.</summary>
static class SwjCases
{
    private const string Pins = "DAP_SWJ_Pins", Clock = "DAP_SWJ_Clock", Sequence = "DAP_SWJ_Sequence";

    public static IEnumerable<Case> All(ProbeFacts p) => [.. PinCases(), .. ClockCases(), .. SequenceCases()];

    private static IEnumerable<Case> PinCases()
    {
        yield return Case.Must(Pins, "nothing selected: the pins are read", Need.Connected, $"10 00 00 {Word(0)}", "10 ??");
        yield return Case.Must(Pins, "before Connect it is answered", Need.None, $"10 00 00 {Word(0)}", "10 ??");
        yield return Case.Must(Pins, "nRESET before Connect is answered, and let go", Need.None, c =>
        {
            c.Ask($"10 00 80 {Word(0)}", "10 ??");
            c.Ask($"10 80 80 {Word(10_000)}", "10 ??");
        });
        yield return Case.Strict(Pins, "nRESET obeys before Connect", Need.None, c =>
        {
            byte low = c.Ask($"10 00 80 {Word(1000)}", "10 ??")[1], high = c.Ask($"10 80 80 {Word(100_000)}", "10 ??")[1];
            c.Check((low & 0x80) == 0 && (high & 0x80) != 0, "nRESET does not follow");
        });
        yield return Case.Must(Pins, "nRESET obeys after Connect", Need.Connected, c =>
        {
            byte low = c.Ask($"10 00 80 {Word(1000)}", "10 ??")[1], high = c.Ask($"10 80 80 {Word(100_000)}", "10 ??")[1];
            c.Check((low & 0x80) == 0, "nRESET does not go low");
            c.Check((high & 0x80) != 0, "nRESET does not go high");
        });
        yield return Case.Must(Pins, "nRESET stays low until told otherwise", Need.Connected, c =>
        {
            c.Ask($"10 00 80 {Word(1000)}");
            c.Ask("09 E8 03", "09 00");
            c.Check((c.Ask($"10 00 00 {Word(0)}", "10 ??")[1] & 0x80) == 0, "nRESET went high by itself");
            c.Ask($"10 80 80 {Word(100_000)}");
        });
        yield return Case.Must(Pins, "SWCLK and SWDIO follow after Connect", Need.Connected, c =>
        {
            for (int levels = 0; levels < 4; levels++)
            {
                byte seen = c.Ask($"10 {Byte(levels)} 03 {Word(100)}", "10 ??")[1];
                c.Check((seen & 1) == (levels & 1), "SWCLK does not follow");
            }
            // A target may drive SWDIO only in a transaction, which this is not.
            for (int levels = 0; levels < 4; levels += 2) c.Check((c.Ask($"10 {Byte(levels)} 02 {Word(100)}", "10 ??")[1] & 2) == levels, "SWDIO does not follow");
        });
        yield return Case.Must(Pins, "pins that are not selected stay", Need.Connected, c =>
        {
            c.Ask($"10 01 03 {Word(0)}");
            c.Check((c.Ask($"10 02 00 {Word(0)}", "10 ??")[1] & 3) == 1, "a pin changed that was not selected");
        });
        yield return Case.Strict(Pins, "bits of pins that there are not are 0", Need.Connected, c => c.Check((c.Ask($"10 00 00 {Word(0)}", "10 ??")[1] & 0x50) == 0, "bit 4 or 6 is set"));
        foreach (uint wait in new uint[] { 1, 1000, 3_000_000, uint.MaxValue })
            yield return Case.Must(Pins, $"a wait of {wait} µs ends when the pins are as asked", Need.Connected, c =>
            {
                TimeSpan start = c.Now;
                c.Ask($"10 03 03 {Word(wait)}", "10 ??");
                c.Check(c.Now - start < TimeSpan.FromSeconds(1), $"{(c.Now - start).TotalSeconds:F1} s though SWCLK and SWDIO are what they were set to");
            });
        foreach (int select in new[] { 0x04, 0x08, 0x20, 0x2C, 0x50, 0xFF })
            yield return Case.Must(Pins, $"select {select:X2} is answered in time", Need.Connected, c =>
            {
                c.Ask($"10 FF {Byte(select)} {Word(1000)}", "10 ??");
                c.Ask($"10 {Byte(0x80)} {Byte(select)} {Word(1000)}", "10 ??");
            });
        yield return Case.Must(Pins, "a wait for a level that does not come ends behind 3 s at the latest", Need.Connected, c =>
        {
            TimeSpan start = c.Now;
            c.Ask($"10 00 08 {Word(uint.MaxValue)}", "10 ??");
            c.Ask($"10 08 08 {Word(uint.MaxValue)}", "10 ??");
            c.Check(c.Now - start < TimeSpan.FromSeconds(6.5), $"two waits lasted {(c.Now - start).TotalSeconds:F1} s");
        });
        yield return Case.Must(Pins, "the target is usable behind all of it", Need.Target, c =>
        {
            c.Ask($"10 00 03 {Word(0)}");
            c.Ask($"10 03 03 {Word(0)}");
            c.Ask($"10 80 80 {Word(100_000)}");
            Setup.Wake(c);
        });
    }

    private static IEnumerable<Case> ClockCases()
    {
        foreach (uint hertz in new uint[] { 1, 100, 1000, 9_999, 10_000, 50_000, 100_000, 400_000, 1_000_000, 1_843_200, 4_000_000, 10_000_000, 20_000_000, 50_000_000, 100_000_000, int.MaxValue, 0x8000_0000, uint.MaxValue })
            yield return Case.Must(Clock, $"{hertz} Hz is taken", Need.Connected, $"11 {Word(hertz)}", "11 00");
        yield return Case.Must(Clock, "before Connect too", Need.None, $"11 {Word(1_000_000)}", "11 00");
        yield return Case.Strict(Clock, "0 Hz is an error", Need.Connected, $"11 {Word(0)}", "11 FF");
        yield return Case.Must(Clock, "0 Hz does no harm", Need.Target, c =>
        {
            c.Ask($"11 {Word(0)}", "11 00|FF");
            c.Ask("05 00 01 02", $"05 01 01 {Word(c.Probe.DebugPort)}");
        });
        foreach (uint hertz in new uint[] { 1000, 10_000, 50_000, 100_000, 400_000, 1_000_000, 2_000_000 })
        {
            yield return Case.Must(Clock, $"a target is read at {hertz} Hz", Need.Target, c =>
            {
                c.Ask($"11 {Word(hertz)}", "11 00");
                c.Ask("05 00 02 02 06", $"05 02 01 {Word(c.Probe.DebugPort)} ??*4");
            });
        }
        foreach (uint hertz in new uint[] { 1000, 5000, 10_000, 100_000 })
            yield return Case.Must(Clock, $"{hertz} Hz is not exceeded", Need.Connected, c =>
            {
                c.Ask($"11 {Word(hertz)}", "11 00");
                TimeSpan start = c.Now;
                c.Ask($"12 00 {Times(32, "FF")}", "12 00");
                double least = 256.0 / hertz;
                // The last half period need not pass before the answer.
                c.Check((c.Now - start).TotalSeconds > least * 0.98, $"256 clocks in {(c.Now - start).TotalMilliseconds:F2} ms: {256 / (c.Now - start).TotalSeconds:F0} Hz");
            });
        foreach (uint hertz in new uint[] { 1000, 5000 })
            yield return Case.Strict(Clock, $"{hertz} Hz is reached within 20 %", Need.Connected, c =>
            {
                c.Ask($"11 {Word(hertz)}", "11 00");
                TimeSpan start = c.Now;
                c.Ask($"12 00 {Times(32, "FF")}", "12 00");
                c.Check((c.Now - start).TotalSeconds < 256.0 / hertz * 1.2 + 0.01, $"256 clocks in {(c.Now - start).TotalMilliseconds:F2} ms");
            });
    }

    private static IEnumerable<Case> SequenceCases()
    {
        for (int bits = 0; bits < 256; bits++)
            yield return Case.Must(Sequence, bits == 0 ? "0 stands for 256 bits" : $"{bits} bits", Need.Connected, $"12 {Byte(bits)} {Times(((bits == 0 ? 256 : bits) + 7) / 8, "FF")}", "12 00");
        yield return Case.Must(Sequence, "0 really takes 256 bits: the command behind it is found", Need.Connected | Need.Atomic, $"7F 02 12 00 {Times(32, "FF")} 00 FE", "7F 02 12 00 00 01 ??");
        foreach (int bits in new[] { 1, 7, 8, 9, 255 })
            yield return Case.Must(Sequence, $"{bits} bits: the command behind it is found", Need.Connected | Need.Atomic, $"7F 02 12 {Byte(bits)} {Times((bits + 7) / 8, "FF")} 00 FE", "7F 02 12 00 00 01 ??");
        yield return Case.Must(Sequence, "wakes a target", Need.Connected, c =>
        {
            if (c.Probe.DebugPort == 0) throw new CaseImpossible("no target");
            c.Ask(Setup.ToSwd, "12 00");
            c.Ask("05 00 01 02", $"05 01 01 {Word(c.Probe.DebugPort)}");
        });
        yield return Case.Must(Sequence, "wakes a target bit by bit: 136 sequences of one bit", Need.Target, c =>
        {
            byte[] bits = Bytes(Setup.ToSwd)[2..];
            for (int i = 0; i < 136; i++) c.Ask($"12 01 {Byte(bits[i / 8] >> i % 8 & 1)}", "12 00");
            c.Ask("05 00 01 02", $"05 01 01 {Word(c.Probe.DebugPort)}");
        });
        yield return Case.Must(Sequence, "a target that has lost its way is found by a line reset", Need.Target, c =>
        {
            c.Ask("12 05 0A", "12 00");
            c.Ask($"12 34 {Times(7, "FF")}", "12 00");
            c.Ask("12 08 00", "12 00");
            c.Ask("05 00 01 02", $"05 01 01 {Word(c.Probe.DebugPort)}");
        });
        yield return Case.Strict(Sequence, "without Connect is an error", Need.None, "12 08 FF", "12 FF");
        yield return Case.Must(Sequence, "without Connect is answered", Need.None, "12 08 FF", "12 00|FF");
    }
}

using static SharpProbe.Conformance.Hex;

namespace SharpProbe.Conformance.Cases;

/// <summary>DAP_WriteABORT, DAP_Delay, DAP_ResetTarget, DAP_TransferConfigure.</summary>
static class GeneralCases
{
    private const string Abort = "DAP_WriteABORT", Delay = "DAP_Delay", Reset = "DAP_ResetTarget", Configure = "DAP_TransferConfigure";

    public static IEnumerable<Case> All(ProbeFacts p)
    {
        yield return Case.Must(Abort, "is written", Need.Target, $"08 00 {Word(0x1E)}", "08 00");
        yield return Case.Must(Abort, "the index means nothing in SWD", Need.Target, $"08 FF {Word(0x1E)}", "08 00");
        yield return Case.Must(Abort, "clears a sticky error", Need.Hole, c =>
        {
            Faults.Stick(c);
            c.Ask("05 00 01 0F", "05 00|01 04");
            c.Ask($"08 00 {Word(0x1E)}", "08 00");
            Setup.Tar(c, c.Probe.Ram);
            c.Ask("05 00 01 0F", "05 01 01 ??*4");
        });
        yield return Case.Must(Abort, "without Connect is an error", Need.None, $"08 00 {Word(0x1E)}", "08 FF");

        foreach (int time in new[] { 0, 1, 2, 10, 999, 1000, 10_000, 32_768, 65_535 })
            yield return Case.Must(Delay, $"{time} µs lasts that long at least", Need.None, c =>
            {
                TimeSpan start = c.Now;
                c.Ask($"09 {Short(time)}", "09 00");
                c.Check(c.Now - start >= TimeSpan.FromMicroseconds(time), $"{(c.Now - start).TotalMicroseconds:F0} µs only");
            });
        yield return Case.Strict(Delay, "65535 µs lasts no more than 80 ms", Need.None, c =>
        {
            TimeSpan start = c.Now;
            c.Ask("09 FF FF", "09 00");
            c.Check(c.Now - start <= TimeSpan.FromMilliseconds(80), $"{(c.Now - start).TotalMilliseconds:F0} ms");
        });

        yield return Case.Must(Reset, "says whether it did something", Need.Connected, "0A", "0A 00 00|01");
        yield return Case.Must(Reset, "the target is usable behind it", Need.Target, c =>
        {
            c.Ask("0A", "0A 00 00|01");
            Setup.Wake(c);
        });

        foreach ((int idle, int wait, int match) in new[] { (0, 0, 0), (1, 1, 1), (255, 0, 0), (0, 65535, 0), (0, 0, 65535), (255, 65535, 65535) })
        {
            yield return Case.Must(Configure, $"{idle} idle cycles, {wait} and {match} retries", Need.None, $"04 {Byte(idle)} {Short(wait)} {Short(match)}", "04 00");
            yield return Case.Must(Configure, $"transfers work with {idle} idle cycles, {wait} and {match} retries", Need.Target, c =>
            {
                c.Ask($"04 {Byte(idle)} {Short(wait)} {Short(match)}", "04 00");
                c.Ask("05 00 03 02 06 02", $"05 03 01 {Word(c.Probe.DebugPort)} ??*4 {Word(c.Probe.DebugPort)}");
                Setup.Tar(c, c.Probe.Ram);
                c.Ask($"06 00 02 00 0D {Word(0x1234_5678)} {Word(0x9ABC_DEF0)}", "06 02 00 01");
                Setup.Tar(c, c.Probe.Ram);
                c.Ask("06 00 02 00 0F", $"06 02 00 01 {Word(0x1234_5678)} {Word(0x9ABC_DEF0)}");
            });
        }
        yield return Case.Must(Configure, "match retries are counted: the register is read once more than that", Need.Target, c =>
        {
            // TAR counts the reads.
            for (int retries = 0; retries < 4; retries++)
            {
                c.Ask($"04 00 64 00 {Short(retries)}", "04 00");
                Setup.Tar(c, c.Probe.Ram);
                c.Ask($"05 00 02 0D {Word(0)} 05 {Word(c.Probe.Ram)}", "05 02 01");
                for (int i = 0; i < 8; i++) c.Ask($"05 00 01 0D {Word(0)}", "05 01 01");
                Setup.Tar(c, c.Probe.Ram);
                c.Ask($"05 00 02 20 {Word(uint.MaxValue)} 1F {Word(1)}", "05 01 11");
                uint reads = (BitConverter.ToUInt32(c.Ask("05 00 01 07", "05 01 01 ??*4"), 3) - c.Probe.Ram) / 4;
                // The first read of an access port gives what was there before: one more moves TAR.
                c.Check(reads == retries + 1 || reads == retries + 2, $"{reads} reads for {retries} retries");
            }
        });
    }
}

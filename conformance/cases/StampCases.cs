using static SharpProbe.Conformance.Hex;

namespace SharpProbe.Conformance.Cases;

/// <summary>Time stamps of the test domain timer in DAP_Transfer.</summary>
static class StampCases
{
    private const string Section = "DAP_Transfer: TD_TimeStamp";

    public static IEnumerable<Case> All(ProbeFacts p)
    {
        const Need Both = Need.Target | Need.Timer;
        yield return Case.Must(Section, "comes before the data", Both, c => c.Ask("05 00 01 82", $"05 01 01 ??*4 {Word(c.Probe.DebugPort)}"));
        yield return Case.Must(Section, "comes for reads of the access port too", Both, c =>
        {
            TransferCases.Fill(c, 2);
            Setup.Tar(c, c.Probe.Ram);
            c.Ask("05 00 02 8F 8F", $"05 02 01 ??*4 {Word(TransferCases.Value(0))} ??*4 {Word(TransferCases.Value(1))}");
        });
        yield return Case.Must(Section, "comes for writes, which have no data", Both, c => c.Ask($"05 00 02 88 {Word(0)} 88 {Word(0)}", "05 02 01 ??*8"));
        yield return Case.Must(Section, "comes where it is asked for and nowhere else", Both, c => c.Ask("05 00 03 02 82 02", $"05 03 01 {Word(c.Probe.DebugPort)} ??*4 {Times(2, Word(c.Probe.DebugPort))}"));
        yield return Case.Must(Section, "rises from transfer to transfer", Both, c =>
        {
            byte[] answer = c.Ask("05 00 06 82 82 82 82 82 82", "05 06 01 ??*48");
            for (int i = 1; i < 6; i++) c.Check((int)(Stamp(answer, 3 + 8 * i) - Stamp(answer, 3 + 8 * (i - 1))) > 0, "a time stamp is not later than the one before it");
        });
        yield return Case.Must(Section, "is not given with a match or a mask, which have no data", Both, c => c.Ask($"05 00 03 20 {Word(0)} 12 {Word(0)} 82", $"05 03 01 ??*4 {Word(c.Probe.DebugPort)}"));
        int most = Math.Min((p.PacketSize - 3) / 8, 255);
        yield return Case.Must(Section, $"{most} reads with time stamps: as many as the answer holds", Both, c => c.Ask($"05 00 {Byte(most)} {Times(most, "82")}", $"05 {Byte(most)} 01 ??*{8 * most}"));
        yield return Case.Strict(Section, "one read more than the answer holds: as many are done as it holds", Both, c =>
        {
            if (c.Probe.PacketSize < most + 4) throw new CaseImpossible("no room in the request");
            c.Ask($"05 00 {Byte(most + 1)} {Times(most + 1, "82")}", $"05 {Byte(most)} 01 ??*{8 * most}");
        });
        foreach (int time in new[] { 1000, 10_000, 60_000 })
            yield return Case.Must(Section, $"counts at the frequency that DAP_Info gives, over {time} µs", Both | Need.Atomic, c =>
            {
                if (c.Probe.TimerHertz == 0) throw new CaseImpossible("no frequency in Info F1");
                byte[] answer = c.Ask($"7F 03 05 00 01 82 09 {Short(time)} 05 00 01 82", $"7F 03 05 01 01 ??*8 09 00 05 01 01 ??*8");
                double passed = (Stamp(answer, 18) - Stamp(answer, 5)) / (double)c.Probe.TimerHertz * 1e6;
                // Behind the delay comes a transfer of 46 clocks, and its preparation.
                c.Check(passed >= time * 0.99 && passed <= time * 1.25 + 500 + 200e6 / c.Probe.Clock, $"{passed:F0} µs by the time stamps");
            });
    }

    private static uint Stamp(byte[] answer, int at) => BitConverter.ToUInt32(answer, at);
}

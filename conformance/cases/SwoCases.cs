using static SharpProbe.Conformance.Hex;

namespace SharpProbe.Conformance.Cases;

/// <summary>DAP_SWO_*: settings, states, and what there is to read when nothing has come.</summary>
static class SwoCases
{
    private const string Transport = "DAP_SWO_Transport", Mode = "DAP_SWO_Mode", Baud = "DAP_SWO_Baudrate", Control = "DAP_SWO_Control", Status = "DAP_SWO_Status", Extended = "DAP_SWO_ExtendedStatus", Data = "DAP_SWO_Data";

    public static IEnumerable<Case> All(ProbeFacts p)
    {
        yield return Case.Must(Transport, "none", Need.Swo, c => Still(c, "17 00", "17 00"));
        yield return Case.Must(Transport, "by DAP_SWO_Data", Need.Swo, c => Still(c, "17 01", "17 00"));
        yield return Case.Must(Transport, "by its own endpoint, where streaming is claimed", Need.Streaming, c => Still(c, "17 02", "17 00|FF"));
        if (!p.Claims.HasFlag(Need.Streaming)) yield return Case.Must(Transport, "by its own endpoint is refused, not claimed", Need.Swo, c => Still(c, "17 02", "17 FF"));
        foreach (int value in new[] { 3, 0x80, 0xFF }) yield return Case.Must(Transport, $"{value:X2}, which there is not, is an error", Need.Swo, c => Still(c, $"17 {Byte(value)}", "17 FF"));
        yield return Case.Must(Mode, "off", Need.Swo, c => Still(c, "18 00", "18 00"));
        yield return Case.Must(Mode, "UART, where claimed", Need.SwoUart, c => Still(c, "18 01", "18 00"));
        yield return Case.Must(Mode, "Manchester, where claimed", Need.SwoManchester, c => Still(c, "18 02", "18 00"));
        if (!p.Claims.HasFlag(Need.SwoUart)) yield return Case.Must(Mode, "UART is refused, not claimed", Need.Swo, c => Still(c, "18 01", "18 FF"));
        if (!p.Claims.HasFlag(Need.SwoManchester)) yield return Case.Must(Mode, "Manchester is refused, not claimed", Need.Swo, c => Still(c, "18 02", "18 FF"));
        foreach (int value in new[] { 3, 0x80, 0xFF }) yield return Case.Must(Mode, $"{value:X2}, which there is not, is an error", Need.Swo, c => Still(c, $"18 {Byte(value)}", "18 FF"));
        foreach (uint rate in new uint[] { 9600, 115_200, 500_000, 1_000_000, 2_000_000, 2_250_000 })
            yield return Case.Must(Baud, $"{rate} is set to something near, or not at all", Need.SwoUart, c =>
            {
                Stop(c);
                c.Ask("18 01", "18 00");
                uint actual = BitConverter.ToUInt32(c.Ask($"19 {Word(rate)}", "19 ??*4"), 1);
                c.Check(actual == 0 || Math.Abs((double)actual / rate - 1) < 0.06, $"{actual}");
            });
        yield return Case.Must(Baud, "115200 is possible, within 3 %", Need.SwoUart, c =>
        {
            Stop(c);
            c.Ask("18 01", "18 00");
            c.Check(Math.Abs(BitConverter.ToUInt32(c.Ask($"19 {Word(115_200)}", "19 ??*4"), 1) / 115_200.0 - 1) < 0.03, "too far from 115200");
        });
        foreach (uint rate in new uint[] { 0, 1, uint.MaxValue })
            yield return Case.Must(Baud, $"{rate} does no harm", Need.Swo, c =>
            {
                Stop(c);
                c.Ask($"19 {Word(rate)}", "19 ??*4");
                c.StillServed();
            });
        yield return Case.Strict(Baud, "0 is not possible", Need.Swo, c =>
        {
            Stop(c);
            c.Ask($"19 {Word(0)}", $"19 {Word(0)}");
        });
        yield return Case.Must(Control, "stop while nothing runs", Need.Swo, c => Still(c, "1A 00", "1A 00"));
        yield return Case.Must(Control, "start with mode off is an error", Need.Swo, c =>
        {
            Stop(c);
            c.Ask("18 00", "18 00");
            c.Ask("1A 01", "1A FF");
            c.Ask("1B", "1B 00|40|80|C0 ??*4");
        });
        yield return Case.Must(Control, "start and stop show in the status", Need.SwoUart, c =>
        {
            Start(c);
            c.Check((c.Ask("1B", "1B ??*5")[1] & 1) == 1, "not active");
            c.Ask("1A 00", "1A 00");
            c.Check((c.Ask("1B", "1B ??*5")[1] & 1) == 0, "still active");
        });
        yield return Case.Must(Control, "start empties the buffer and clears errors", Need.SwoUart, c =>
        {
            Start(c);
            c.Ask("1A 00", "1A 00");
            c.Ask("1A 01", "1A 00");
            byte[] answer = c.Ask("1B", "1B ??*5");
            c.Check((answer[1] & 0xC0) == 0, "an error is set already");
            Stop(c);
        });
        yield return Case.Must(Control, "start twice, stop twice", Need.SwoUart, c =>
        {
            Start(c);
            c.Ask("1A 01", "1A 00");
            c.Check((c.Ask("1B", "1B ??*5")[1] & 1) == 1, "not active");
            c.Ask("1A 00", "1A 00");
            c.Ask("1A 00", "1A 00");
        });
        yield return Case.Strict(Transport, "is not changed while capture runs", Need.SwoUart, c =>
        {
            Start(c);
            c.Ask("17 00", "17 FF");
            Stop(c);
        });
        yield return Case.Must(Mode, "changed while capture runs: capture has ended, or it is refused", Need.SwoUart, c =>
        {
            Start(c);
            byte status = c.Ask("18 00", "18 00|FF")[1];
            c.Check(status != 0 || (c.Ask("1B", "1B ??*5")[1] & 1) == 0, "capture is active with mode off");
            Stop(c);
        });
        yield return Case.Must(Status, "inactive, behind stop", Need.Swo, c =>
        {
            Stop(c);
            c.Ask("1B", "1B 00|40|80|C0 ??*4");
        });
        yield return Case.Must(Status, "bits that mean nothing are 0", Need.Swo, c => c.Check((c.Ask("1B", "1B ??*5")[1] & 0x3E) == 0, "a reserved bit is set"));
        for (int control = 0; control < 8; control++)
        {
            if (control > 3 && !p.Claims.HasFlag(Need.Timer)) continue;
            int length = (control & 1) + (control & 2) * 2 + (control & 4) * 2;
            yield return Case.Must(Extended, $"{control:X2}: what was asked for and nothing else", Need.Swo, $"1E {Byte(control)}", $"1E ??*{length}".Replace(" ??*0", ""));
        }
        yield return Case.Must(Extended, "bits that mean nothing do no harm", Need.Swo, c =>
        {
            c.Ask("1E F8", "1E|FF ..");
            c.StillServed();
        });
        yield return Case.Must(Extended, "status and count are those of DAP_SWO_Status", Need.Swo, c =>
        {
            Stop(c);
            byte[] plain = c.Ask("1B", "1B ??*5");
            c.Ask("1E 03", $"1E {Text(plain.AsSpan(1, 5))}");
        });
        foreach (int n in new[] { 0, 1, 64, 65535 })
            yield return Case.Must(Data, $"{n} bytes at most: no more than that, and no more than the answer holds", Need.Swo, c =>
            {
                byte[] answer = c.Ask($"1C {Short(n)}", "1C ??*3 ..");
                int count = BitConverter.ToUInt16(answer, 2);
                c.Check(count <= n && count <= c.Probe.PacketSize - 4, $"{count} bytes");
                c.Check(answer.Length >= 4 + count, "fewer bytes than it says");
                c.Check(!c.KeepsLength || answer.Length == 4 + count, "more bytes than it says");
            });
        yield return Case.Must(Data, "the buffer is empty behind a start without a signal", Need.SwoUart, c =>
        {
            Start(c);
            byte[] answer = c.Ask("1C 40 00", "1C ??*3 ..");
            int count = BitConverter.ToUInt16(answer, 2);
            c.Check(answer.Length >= 4 + count, "fewer bytes than it says");
            Stop(c);
        });
        yield return Case.Must(Data, "within ExecuteCommands it leaves room for itself", Need.Swo | Need.Atomic, c => c.Ask($"7F 02 00 FE 1C FF FF", $"7F 02 00 01 {Byte(c.Probe.PacketCount)} 1C ??*3 .."));
        yield return Case.Must(Control, "capture goes on while the target is debugged", Need.SwoUart | Need.Target, c =>
        {
            Start(c);
            TransferCases.Fill(c, 4);
            Setup.Tar(c, c.Probe.Ram);
            c.Ask("06 00 04 00 0F", $"06 04 00 01 {TransferCases.Words(4)}");
            c.Check((c.Ask("1B", "1B ??*5")[1] & 1) == 1, "not active");
            Stop(c);
        });
    }

    /// <summary>Asks with capture stopped.</summary>
    private static void Still(Conversation c, string request, string answer)
    {
        Stop(c);
        c.Ask(request, answer);
    }

    private static void Stop(Conversation c)
    {
        c.Ask("1A 00", "1A 00");
        c.Ask("18 00", "18 00");
        c.Ask("17 00", "17 00");
    }

    private static void Start(Conversation c)
    {
        Stop(c);
        c.Ask("17 01", "17 00");
        c.Ask("18 01", "18 00");
        c.Ask($"19 {Word(115_200)}", "19 ??*4");
        c.Ask("1A 01", "1A 00");
    }
}

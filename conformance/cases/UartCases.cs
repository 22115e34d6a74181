using static SharpProbe.Conformance.Hex;

namespace SharpProbe.Conformance.Cases;

/// <summary>DAP_UART_*: settings, states, counts.</summary>
static class UartCases
{
    private const string Transport = "DAP_UART_Transport", Configure = "DAP_UART_Configure", Control = "DAP_UART_Control", Status = "DAP_UART_Status", Transfer = "DAP_UART_Transfer";

    public static IEnumerable<Case> All(ProbeFacts p)
    {
        yield return Case.Must(Transport, "none", Need.Uart, c => End(c, "1F 00", "1F 00"));
        yield return Case.Must(Transport, "by USB COM port, where claimed", Need.Uart | Need.UsbCom, c => End(c, "1F 01", "1F 00"));
        // A probe may have the port and not say so: OpenOCD up to 0.11 takes the second byte of the capabilities for none at all.
        if (!p.Claims.HasFlag(Need.UsbCom)) yield return Case.Must(Transport, "by USB COM port, not claimed, is answered", Need.Uart, c => End(c, "1F 01", "1F 00|FF"));
        yield return Case.Must(Transport, "by DAP commands", Need.Uart, c => End(c, "1F 02", "1F 00"));
        foreach (int value in new[] { 3, 0x80, 0xFF }) yield return Case.Must(Transport, $"{value:X2}, which there is not, is an error", Need.Uart, c => End(c, $"1F {Byte(value)}", "1F FF"));
        yield return Case.Must(Transport, "to and fro, ten times", Need.Uart, c =>
        {
            for (int i = 0; i < 10; i++)
            {
                c.Ask("1F 02", "1F 00");
                c.Ask("1F 00", "1F 00");
            }
            Leave(c);
        });
        foreach (uint rate in new uint[] { 9600, 57_600, 115_200, 921_600 })
            yield return Case.Must(Configure, $"{rate}, 8 bits: the rate is near, or 0", Need.Uart, c =>
            {
                c.Ask("1F 02", "1F 00");
                byte[] answer = c.Ask($"20 00 {Word(rate)}", "20 00 ??*4");
                uint actual = BitConverter.ToUInt32(answer, 2);
                c.Check(actual == 0 || Math.Abs((double)actual / rate - 1) < 0.05, $"{actual}");
                Leave(c);
            });
        yield return Case.Must(Configure, "115200 8N1 is possible", Need.Uart, c =>
        {
            c.Ask("1F 02", "1F 00");
            c.Check(BitConverter.ToUInt32(c.Ask($"20 00 {Word(115_200)}", "20 00 ??*4"), 2) != 0, "no");
            Leave(c);
        });
        foreach (int control in new[] { 0x05, 0x06, 0x07, 0x00, 0x10, 0x20, 0x40, 0x50, 0x60, 0x17, 0x27 })
            yield return Case.Must(Configure, $"control {control:X2} is taken, or the bits say what is wrong", Need.Uart, c =>
            {
                c.Ask("1F 02", "1F 00");
                int status = c.Ask($"20 {Byte(control)} {Word(115_200)}", "20 ??*5")[1];
                c.Check(status is 0 or 0xFF or < 8, $"status {status:X2}");
                Leave(c);
            });
        foreach ((int control, int bit, string what) in new[] { (0x01, 1, "1 data bit"), (0x0F, 1, "15 data bits"), (0x30, 2, "parity 3"), (0xC0, 4, "stop bits 3") })
        {
            yield return Case.Must(Configure, $"{what} is an error", Need.Uart, c =>
            {
                c.Ask("1F 02", "1F 00");
                c.Check(c.Ask($"20 {Byte(control)} {Word(115_200)}", "20 ??*5")[1] != 0, "it was taken");
                Leave(c);
            });
            yield return Case.Strict(Configure, $"{what} sets bit {bit} of the status", Need.Uart, c =>
            {
                c.Ask("1F 02", "1F 00");
                c.Check((c.Ask($"20 {Byte(control)} {Word(115_200)}", "20 ??*5")[1] & bit) != 0, "the bit is not set");
                Leave(c);
            });
        }
        yield return Case.Must(Configure, "0 baud is not possible", Need.Uart, c =>
        {
            c.Ask("1F 02", "1F 00");
            c.Ask($"20 00 {Word(0)}", $"20 ?? {Word(0)}");
            Leave(c);
        });
        yield return Case.Must(Control, "enable and disable show in the status", Need.Uart, c =>
        {
            Begin(c);
            c.Check((Flags(c) & 0x11) == 0x11, "not enabled");
            c.Ask("22 02", "22 00");
            c.Check((Flags(c) & 0x11) == 0x10, "receive is not disabled, or transmit is");
            c.Ask("22 20", "22 00");
            c.Check((Flags(c) & 0x11) == 0, "transmit is not disabled");
            Leave(c);
        });
        yield return Case.Must(Control, "enable and disable at once: disable", Need.Uart, c =>
        {
            Begin(c);
            c.Ask("22 33", "22 00");
            c.Check((Flags(c) & 0x11) == 0, "enabled");
            Leave(c);
        });
        yield return Case.Must(Control, "flush empties both buffers", Need.Uart, c =>
        {
            Begin(c);
            c.Ask("21 00 00 04 00 41 42 43 44", "21 ??*5");
            c.Ask("22 44", "22 00");
            c.Ask("23", "23 ??*5 00 00 00 00");
            Leave(c);
        });
        yield return Case.Strict(Control, "enable without Configure is an error", Need.Uart, c =>
        {
            c.Ask("1F 00", "1F 00");
            c.Ask("1F 02", "1F 00");
            c.Ask("22 11", "22 FF");
            Leave(c);
        });
        yield return Case.Must(Control, "nothing to do", Need.Uart, c =>
        {
            Begin(c);
            c.Ask("22 00", "22 00");
            c.Check((Flags(c) & 0x11) == 0x11, "no longer enabled");
            Leave(c);
        });
        foreach ((string request, string name) in new[] { ($"20 00 {Word(115_200)}", Configure), ("22 11", Control), ("21 00 00 00 00", Transfer), ("23", Status) })
            yield return Case.Must(name, "without transport by DAP it does no harm", Need.Uart, c =>
            {
                c.Ask("1F 00", "1F 00");
                c.Ask(request, $"{request[..2]}|FF ..");
                c.StillServed();
                Leave(c);
            });
        yield return Case.Must(Status, "bits that mean nothing are 0", Need.Uart, c =>
        {
            Begin(c);
            c.Check((c.Ask("23", "23 ??*9")[1] & 0xE0) == 0, "a reserved bit is set");
            Leave(c);
        });
        yield return Case.Must(Transfer, "nothing out, nothing in", Need.Uart, c =>
        {
            Begin(c);
            c.Ask("21 00 00 00 00", "21 ?? 00 00 00 00");
            Leave(c);
        });
        int room = p.PacketSize - 5;
        foreach (int n in new[] { 1, 2, 16, room })
            yield return Case.Must(Transfer, $"{n} bytes out: the count says how many were taken, and they go", Need.Uart, c =>
            {
                Begin(c);
                byte[] answer = c.Ask($"21 00 00 {Short(n)} {Times(n, "55")}", "21 ??*5");
                int taken = BitConverter.ToUInt16(answer, 2);
                c.Check(taken <= n && taken > 0, $"{taken} of {n}");
                c.Check(BitConverter.ToUInt16(answer, 4) == 0, "bytes came though none were asked for");
                for (int i = 0; i < 200 && BitConverter.ToUInt32(c.Ask("23", "23 ??*9"), 6) != 0; i++) c.Ask("09 E8 03", "09 00");
                c.Check(BitConverter.ToUInt32(c.Ask("23", "23 ??*9"), 6) == 0, "they do not go");
                Leave(c);
            });
        foreach (int n in new[] { 1, room, 65535 })
            yield return Case.Must(Transfer, $"{n} bytes in at most: no more than that, and no more than the answer holds", Need.Uart, c =>
            {
                Begin(c);
                byte[] answer = c.Ask($"21 {Short(n)} 00 00", "21 ??*5 ..");
                int count = BitConverter.ToUInt16(answer, 4);
                c.Check(count <= n && count <= c.Probe.PacketSize - 6, $"{count} bytes");
                c.Check(answer.Length >= 6 + count, "fewer bytes than it says");
                c.Check(!c.KeepsLength || answer.Length == 6 + count, "more bytes than it says");
                Leave(c);
            });
        yield return Case.Must(Transfer, "more bytes out than the request has does no harm", Need.Uart | Need.Lengths, c =>
        {
            Begin(c);
            c.Ask("21 00 00 FF FF 41", "21|FF ..");
            c.StillServed();
            Leave(c);
        });
        yield return Case.Must(Transfer, "within ExecuteCommands the command behind it is found", Need.Uart | Need.Atomic, c =>
        {
            Begin(c);
            c.Ask("7F 02 21 00 00 02 00 41 42 00 FE", $"7F 02 21 ??*5 00 01 {Byte(c.Probe.PacketCount)}");
            Leave(c);
        });
    }

    private static int Flags(Conversation c) => c.Ask("23", "23 ??*9")[1];

    private static void Begin(Conversation c)
    {
        c.Ask("1F 02", "1F 00");
        c.Ask($"20 00 {Word(115_200)}", "20 00 ??*4");
        c.Ask("22 55", "22 00");
    }

    private static void End(Conversation c, string request, string answer)
    {
        c.Ask(request, answer);
        Leave(c);
    }

    /// <summary>To what it is by itself.</summary>
    private static void Leave(Conversation c) => c.Ask($"1F {(c.Probe.Claims.HasFlag(Need.UsbCom) ? "01" : "00")}", "1F 00");
}

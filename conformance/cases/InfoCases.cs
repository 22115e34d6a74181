using static SharpProbe.Conformance.Hex;

namespace SharpProbe.Conformance.Cases;

/// <summary>DAP_Info: every id.</summary>
static class InfoCases
{
    private const string Section = "DAP_Info";

    private static readonly (int Id, string Name)[] s_strings =
    [
        (1, "vendor"), (2, "product"), (3, "serial number"), (4, "protocol version"), (5, "target vendor"), (6, "target name"), (7, "board vendor"), (8, "board name"), (9, "firmware version"),
    ];

    public static IEnumerable<Case> All(ProbeFacts p)
    {
        foreach ((int id, string name) in s_strings)
            yield return Case.Must(Section, $"{name} is a string that ends in 0, or none", Need.None, c =>
            {
                byte[] answer = c.Ask($"00 {Byte(id)}", "00 ??  ..");
                int length = answer[1];
                Whole(c, answer);
                if (length == 0) return;
                c.Check(answer[1 + length] == 0, "the string does not end in 0");
                c.Check(answer.AsSpan(2, length).IndexOf((byte)0) == length - 1, "there is a 0 within the string");
                c.Check(IsUtf8(answer.AsSpan(2, length - 1)), "the string is not UTF-8");
            });
        yield return Case.Must(Section, "the protocol version is one of the revision history's: 1.0 to 2.1", Need.None, c =>
        {
            byte[] answer = c.Ask("00 04", "00 ??  ..");
            c.Check(answer[1] > 1, "no protocol version");
            string text = System.Text.Encoding.ASCII.GetString(answer, 2, answer[1] - 1);
            string[] parts = text.Split('.');
            c.Check(parts.Length is 2 or 3 && parts.All(part => int.TryParse(part, out _)) && int.Parse(parts[0]) is 1 or 2, $"\"{text}\" is no version of the protocol");
        });
        yield return Case.Strict(Section, "the protocol version is 2.1.x", Need.None, "00 04", "00 06 32 2E 31 2E 30|31|32 00");
        yield return Case.Must(Section, "capabilities are one or two bytes, and SWD or JTAG is among them", Need.None, c =>
        {
            byte[] answer = c.Ask("00 F0", "00 01|02 ?? ..");
            Whole(c, answer);
            c.Check((answer[2] & 3) != 0, "neither SWD nor JTAG");
            c.Check((answer[2] & 0x40) == 0 || (answer[2] & 0x0C) != 0, "SWO streaming without SWO");
        });
        yield return Case.Must(Section, "the test domain timer's frequency is a word where it is claimed", Need.Timer, c =>
        {
            byte[] answer = c.Ask("00 F1", "00 04|08 ??*4 ..");
            Whole(c, answer);
            c.Check(BitConverter.ToUInt32(answer, 2) != 0, "0 Hz");
        });
        if (!p.Claims.HasFlag(Need.Timer)) yield return Case.Must(Section, "without a test domain timer there is no frequency", Need.None, "00 F1", "00 00");
        yield return Case.Must(Section, "the SWO buffer's size is a word and not 0", Need.Swo, c => Size(c, 0xFD));
        yield return Case.Must(Section, "the UART receive buffer's size is a word and not 0", Need.Uart, c => Size(c, 0xFB));
        yield return Case.Must(Section, "the UART transmit buffer's size is a word and not 0", Need.Uart, c => Size(c, 0xFC));
        yield return Case.Must(Section, "the packet count is a byte and not 0", Need.None, c => c.Check(c.Ask("00 FE", "00 01 ??")[2] != 0, "0 packets"));
        yield return Case.Must(Section, "the packet size is a short, 64 or more", Need.None, c => c.Check(BitConverter.ToUInt16(c.Ask("00 FF", "00 02 ??*2"), 2) >= 64, "less than 64"));
        for (int id = 0; id < 256; id++)
        {
            if (id is >= 1 and <= 9 or 0xF0 or 0xF1 or >= 0xFB) continue;
            yield return Case.Must(Section, $"id {id:X2}, which there is not, gives nothing", Need.None, $"00 {Byte(id)}", "00 00");
        }
        yield return Case.Must(Section, "each id gives the same twice", Need.None, c =>
        {
            for (int id = 0; id < 256; id++)
            {
                byte[] once = c.Ask($"00 {Byte(id)}"), twice = c.Ask($"00 {Byte(id)}");
                c.Check(once.AsSpan(0, 2 + once[1]).SequenceEqual(twice.AsSpan(0, 2 + twice[1])), "another answer than a moment ago");
            }
        });
        yield return Case.Must(Section, "bytes behind the request do no harm", Need.None, c => c.Ask($"00 FE {Times(c.Probe.PacketSize - 2, "55")}", $"00 01 {Byte(c.Probe.PacketCount)}"));
    }

    private static void Size(Conversation c, int id) => c.Check(BitConverter.ToUInt32(c.Ask($"00 {Byte(id)}", "00 04 ??*4"), 2) != 0, "0 bytes");

    private static void Whole(Conversation c, byte[] answer)
    {
        c.Check(answer.Length >= 2 + answer[1], "shorter than its length says");
        c.Check(!c.KeepsLength || answer.Length == 2 + Math.Min((int)answer[1], answer.Length), "longer than its length says");
    }

    private static bool IsUtf8(ReadOnlySpan<byte> bytes) => System.Text.Unicode.Utf8.IsValid(bytes);
}

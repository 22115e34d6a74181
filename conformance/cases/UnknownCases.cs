using static SharpProbe.Conformance.Hex;

namespace SharpProbe.Conformance.Cases;

/// <summary>What is no command, or is not claimed, or is cut short.</summary>
static class UnknownCases
{
    private const string Section = "CMSIS-DAP Commands";

    /// <summary>Commands that a capability stands for.</summary>
    private static readonly (Need Claim, int Id, string Name)[] s_claimed =
    [
        (Need.Swd, 0x13, "DAP_SWD_Configure"), (Need.Swd, 0x1D, "DAP_SWD_Sequence"),
        (Need.Jtag, 0x14, "DAP_JTAG_Sequence"), (Need.Jtag, 0x15, "DAP_JTAG_Configure"), (Need.Jtag, 0x16, "DAP_JTAG_IDCODE"),
        (Need.Swo, 0x17, "DAP_SWO_Transport"), (Need.Swo, 0x18, "DAP_SWO_Mode"), (Need.Swo, 0x19, "DAP_SWO_Baudrate"), (Need.Swo, 0x1A, "DAP_SWO_Control"), (Need.Swo, 0x1B, "DAP_SWO_Status"),
        (Need.Swo, 0x1C, "DAP_SWO_Data"), (Need.Swo, 0x1E, "DAP_SWO_ExtendedStatus"),
        (Need.Uart, 0x1F, "DAP_UART_Transport"), (Need.Uart, 0x20, "DAP_UART_Configure"), (Need.Uart, 0x21, "DAP_UART_Transfer"), (Need.Uart, 0x22, "DAP_UART_Control"), (Need.Uart, 0x23, "DAP_UART_Status"),
        (Need.Atomic, 0x7E, "DAP_QueueCommands"), (Need.Atomic, 0x7F, "DAP_ExecuteCommands"),
    ];

    public static IEnumerable<Case> All(ProbeFacts p)
    {
        for (int id = 0; id < 256; id++)
        {
            if (id is <= 0x0A or (>= 0x10 and <= 0x23) or (>= 0x7E and <= 0x9F)) continue;
            yield return Case.Must(Section, $"{id:X2} is no command: one byte FF", Need.None, $"{Byte(id)} 01 02 03 04 05 06 07", "FF");
        }
        for (int id = 0x80; id < 0xA0; id++)
        {
            int at = id;
            yield return Case.Must(Section, $"vendor command {id:X2} is answered with its id or FF, and the next command is served", Need.Vendor, c =>
            {
                // No bytes that a command which there is could take for something to do.
                c.Ask(Byte(at), $"{Byte(at)}|FF ..");
                c.StillServed();
            });
        }
        foreach ((Need claim, int id, string name) in s_claimed)
        {
            if (claim == Need.Swo ? (p.Claims & (Need.SwoUart | Need.SwoManchester)) != 0 : p.Claims.HasFlag(claim)) continue;
            if (id == 0x7E) continue;                            // held back by who does not know that it is no command: nothing to see
            yield return Case.Must(Section, $"{name}, not claimed, is refused", Need.None, c =>
            {
                c.Ask($"{Byte(id)} 00 00 00 00 00", $"{Byte(id)}|FF ..");
                c.StillServed();
            });
            yield return Case.Strict(Section, $"{name}, not claimed, is answered FF", Need.None, $"{Byte(id)} 00 00 00 00 00", "FF");
        }
        foreach ((string request, Need need) in Whole(p))
        {
            int length = Bytes(request).Length;
            string id = request[..2];
            yield return Case.Must(Section, $"{id} cut short anywhere is answered, and the next command served", need | Need.Lengths, c =>
            {
                byte[] whole = Bytes(request);
                for (int cut = 1; cut < whole.Length; cut++)
                {
                    c.Ask(whole[..cut], $"{(id == "7E" ? "7F" : id)}|FF ..");
                    c.StillServed();
                }
            });
            for (int cut = 1; cut < length; cut++)
            {
                int left = cut;
                yield return Case.Strict(Section, $"{id} cut short behind {cut} of {length} bytes is answered FF", need | Need.Lengths, c => c.Ask(Bytes(request)[..left], "FF"));
            }
            if (p.Claims.HasFlag(Need.Atomic) && id is not ("7F" or "7E"))
                for (int cut = 1; cut < length; cut++)
                {
                    int left = cut;
                    yield return Case.Strict("DAP_ExecuteCommands", $"{id} cut short behind {cut} of {length} bytes within it: FF is the last answer", need | Need.Lengths | Need.Atomic, c =>
                        c.Ask(Bytes($"7F 02 00 FE {Text(Bytes(request).AsSpan(0, left))}"), $"7F 02 00 01 {Byte(c.Probe.PacketCount)} FF"));
                }
        }
    }

    /// <summary>Each command at its shortest, where each byte is needed.</summary>
    private static IEnumerable<(string Request, Need Need)> Whole(ProbeFacts p) =>
    [
        ("00 FE", Need.None), ("01 00 01", Need.None), ("02 01", Need.Swd), ("04 00 01 00 01 00", Need.None), ("05 00 01", Need.Connected), ("06 00 01 00 0F", Need.Connected), ("08 00 1E 00 00 00", Need.Connected), ("09 01 00", Need.None),
        ("10 00 00 00 00 00 00", Need.Connected), ("11 40 42 0F 00", Need.None), ("12 09 FF FF", Need.Connected), ($"12 00 {Times(32, "FF")}", Need.Connected), ("13 00", Need.Swd), ("1D 01 08 FF", Need.Connected), ("1D 02 88 40 FF FF FF FF FF FF FF FF", Need.Connected),
        ("7F 00", Need.Atomic), ("14 01 08 FF", Need.Tap), ("14 02 88 FF 40 FF FF FF FF FF FF FF FF", Need.Tap), ("15 01 04", Need.Jtag), ("15 03 04 05 04", Need.Jtag), ("16 00", Need.Tap),
        ("17 00", Need.Swo), ("18 00", Need.Swo), ("19 00 C2 01 00", Need.Swo), ("1A 00", Need.Swo), ("1E 03", Need.Swo), ("1C 00 00", Need.Swo),
        ("1F 00", Need.Uart), ("20 00 00 C2 01 00", Need.Uart), ("22 00", Need.Uart), ("21 00 00 00 00", Need.Uart), ("21 00 00 03 00 41 42 43", Need.Uart),
    ];
}

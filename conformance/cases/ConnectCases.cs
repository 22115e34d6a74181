using static SharpProbe.Conformance.Hex;

namespace SharpProbe.Conformance.Cases;

/// <summary>DAP_HostStatus, DAP_Connect, DAP_Disconnect.</summary>
static class ConnectCases
{
    private const string Status = "DAP_HostStatus", Connect = "DAP_Connect", Disconnect = "DAP_Disconnect";

    public static IEnumerable<Case> All(ProbeFacts p)
    {
        for (int type = 0; type < 2; type++)
            for (int on = 0; on < 2; on++)
                yield return Case.Must(Status, $"{(type == 0 ? "connect" : "running")} {on}", Need.None, $"01 {Byte(type)} {Byte(on)}", "01 00");
        foreach (int type in new[] { 2, 0x80, 0xFF })
            yield return Case.Strict(Status, $"type {type:X2}, which there is not, is an error", Need.None, $"01 {Byte(type)} 01", "01 FF");
        bool swd = p.Claims.HasFlag(Need.Swd), jtag = p.Claims.HasFlag(Need.Jtag);
        yield return Case.Must(Connect, "port 0 is one that there is", Need.None, "02 00", swd && jtag ? "02 01|02" : swd ? "02 01" : "02 02");
        yield return Case.Must(Connect, "port 1 is SWD, 0 where that is not claimed", Need.None, "02 01", swd ? "02 01" : "02 00");
        yield return Case.Must(Connect, "port 2 is JTAG, 0 where that is not claimed", Need.None, "02 02", jtag ? "02 02" : "02 00");
        foreach (int port in new[] { 3, 4, 0x7F, 0x80, 0xFF })
            yield return Case.Must(Connect, $"port {port:X2}, which there is not, fails", Need.None, $"02 {Byte(port)}", "02 00");
        yield return Case.Must(Connect, "twice is as good as once", Need.Swd, c =>
        {
            c.Ask("02 01", "02 01");
            c.Ask("02 01", "02 01");
        });
        yield return Case.Must(Connect, "a second time in the middle of a session leaves the target usable", Need.Target, c =>
        {
            c.Ask("02 01", "02 01");
            Setup.Wake(c);
        });
        yield return Case.Strict(Connect, "a second time to the same port does not disturb the session", Need.Target, c =>
        {
            c.Ask("02 01", "02 01");
            c.Ask("05 00 01 02", $"05 01 01 {Word(c.Probe.DebugPort)}");
        });
        yield return Case.Must(Connect, "100 times in a row, with Disconnect between them", Need.Swd, c =>
        {
            for (int i = 0; i < 100; i++)
            {
                c.Ask("02 01", "02 01");
                c.Ask("03", "03 00");
            }
        });
        yield return Case.Must(Connect, "from SWD to JTAG and back without Disconnect", Need.Swd | Need.Jtag, c =>
        {
            c.Ask("02 01", "02 01");
            c.Ask("02 02", "02 02");
            c.Ask("02 01", "02 01");
        });
        yield return Case.Must(Disconnect, "without Connect it is harmless", Need.None, c =>
        {
            c.Ask("03", "03 00");
            c.Ask("03", "03 00");
        });
        yield return Case.Must(Disconnect, "after Connect", Need.Connected, "03", "03 00");
        yield return Case.Must(Disconnect, "a target is found again behind it", Need.Target, c =>
        {
            c.Ask("03", "03 00");
            c.Ask("02 01", "02 01");
            Setup.Wake(c);
        });
        yield return Case.Must(Disconnect, "behind it no transfer is done", Need.Connected, c =>
        {
            c.Ask("03", "03 00");
            c.Ask("05 00 01 02", "05 00 ??");
            c.Ask("06 00 01 00 0F", "06 00 00 ??");
            c.Ask($"08 00 {Word(0x1E)}", "08 FF");
        });
        yield return Case.Strict(Disconnect, "behind it a transfer's response byte is 0", Need.Connected, c =>
        {
            c.Ask("03", "03 00");
            c.Ask("05 00 01 02", "05 00 00");
            c.Ask("06 00 01 00 0F", "06 00 00 00");
        });
        foreach ((string name, string request) in Between())
            yield return Case.Must(Disconnect, $"in the middle of a session, behind {name}", Need.Target, c =>
            {
                c.Ask(request);
                c.Ask("03", "03 00");
                c.Ask("02 01", "02 01");
                Setup.Wake(c);
            });
        yield return Case.Must(Disconnect, "within ExecuteCommands, transfers before and behind it", Need.Target | Need.Atomic, c =>
            c.Ask("7F 03 05 00 01 02 03 05 00 01 02", $"7F 03 05 01 01 {Word(c.Probe.DebugPort)} 03 00 05 00 ??"));
        yield return Case.Must(Disconnect, "and Connect within ExecuteCommands", Need.Target | Need.Atomic, c =>
        {
            c.Ask("7F 02 03 02 01", "7F 02 03 00 02 01");
            Setup.Wake(c);
        });
    }

    private static IEnumerable<(string, string)> Between() =>
    [
        ("a sequence", "12 08 FF"), ("a sequence that ends at odd bits", "12 03 FF"), ("the first half of a request", "1D 01 04 05"), ("a request whose target waits to be read", "1D 02 08 A5 81"),
        ("an input sequence", "1D 01 85"), ("a posted read", "05 00 01 0F"), ("a block", "06 00 04 00 0F"), ("a time of waiting", "09 10 00"),
        ("a slow clock", $"11 {Word(1000)}"), ("pins set low", $"10 00 03 {Word(0)}"),
    ];
}

using static SharpProbe.Conformance.Hex;

namespace SharpProbe.Conformance;

/// <summary>Where cases begin, from plain commands that every probe has.</summary>
static class Setup
{
    /// <summary>Reset line, and from JTAG to SWD: 51 ones or more, 0xE79E, 51 ones or more, zeros (IHI 0031, B5.2 and B4.3.3).</summary>
    public static readonly string ToSwd = $"12 88 {Times(7, "FF")} 9E E7 {Times(7, "FF")} 00";

    /// <summary>As after power-up, whatever the last case has left.</summary>
    public static void Rest(Conversation c)
    {
        c.Ask("03", "03 00");
        c.Ask("04 00 64 00 00 00", "04 00");
        c.Ask($"11 {Word(c.Probe.Clock)}", "11 00");
        if (c.Probe.Claims.HasFlag(Need.Swd)) c.Ask("13 00", "13 00");
    }

    public static void For(Conversation c, Need need)
    {
        Rest(c);
        if (need.HasFlag(Need.Connected)) c.Ask("02 01", "02 01");
        if (need.HasFlag(Need.Target)) Wake(c);
        if (need.HasFlag(Need.Tap)) Tap(c);
    }

    /// <summary>Debug port awake, no sticky error, powered up, access port 0, words with increment.</summary>
    public static void Wake(Conversation c)
    {
        c.Ask(ToSwd, "12 00");
        byte[] id = c.Ask("05 00 01 02", "05 01 01 ??*4");
        c.Probe.DebugPort = BitConverter.ToUInt32(id, 3);
        c.Ask($"05 00 03 00 {Word(0x1E)} 08 {Word(0)} 04 {Word(0x5000_0000)}", "05 03 01");
        for (int i = 0; i < 100; i++)
            if ((c.Ask("05 00 01 06", "05 01 01 ??*4")[6] & 0xA0) == 0xA0) break;
        c.Ask($"05 00 01 01 {Word(0x2300_0052)}", "05 01 01");
    }

    public static void Tar(Conversation c, uint address) => c.Ask($"05 00 01 05 {Word(address)}", "05 01 01");

    /// <summary>From anywhere to Run-Test/Idle by Test-Logic-Reset; the chain's devices are told to the probe, all others in BYPASS.</summary>
    public static void Tap(Conversation c)
    {
        c.Ask("02 02", "02 02");
        // SWD to JTAG, then five ones and a zero on TMS.
        c.Ask($"12 80 {Times(7, "FF")} 3C E7 {Times(7, "FF")}", "12 00");
        c.Ask("12 08 1F", "12 00");
        if (c.Probe.Chain.Length != 0) c.Ask($"15 {Byte(c.Probe.Chain.Length)} {Byte(c.Probe.InstructionBits)} {Times(c.Probe.Chain.Length - 1, "05")}", "15 00");
    }
}

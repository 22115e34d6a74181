using static SharpProbe.Conformance.Hex;

namespace SharpProbe.Conformance.Cases;

/// <summary>Failure by means that every target has: an access that its bus refuses leaves a sticky error, and with that each access to an access port is answered with FAULT (IHI 0031, B1.2).</summary>
static class Faults
{
    /// <summary>Leaves STICKYERR set; TAR is in memory.</summary>
    public static void Stick(Conversation c)
    {
        Setup.Tar(c, c.Probe.Hole!.Value);
        c.Ask("05 00 01 0F", "05 00|01 04 ..");
    }

    public static void Clear(Conversation c) => c.Ask($"05 00 01 00 {Word(0x1E)}", "05 01 01");
}

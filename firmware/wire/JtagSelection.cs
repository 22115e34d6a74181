namespace SharpProbe.Wire;

/// <summary>Bit sequences on TMS that bring a debug port from any state to JTAG (IHI 0031, chapters on SWJ-DP and dormant operation). All of them end in Run-Test/Idle.</summary>
public static class JtagSelection
{
    public static void FromSwd(Jtag jtag)
    {
        SwdSelection.High(jtag.Wire);
        jtag.Wire.Out(0xE73C, 16);
        jtag.Reset();
    }

    public static void FromDormant(Jtag jtag)
    {
        SwdSelection.ToDormant(jtag.Wire);
        SwdSelection.Alert(jtag.Wire);
        jtag.Wire.Out(0x0A0, 12);                            // four low, activation code 0x0A
        jtag.Reset();
    }
}

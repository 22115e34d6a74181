namespace SharpProbe.Wire;

/// <summary>Bit sequences that bring a debug port from any state to SWD (IHI 0031, "Serial Wire Debug and JTAG Trace", chapters on SWJ-DP and dormant operation).</summary>
public static class SwdSelection
{
    /// <summary>At least 50 clocks high, then two idle ones; the next transaction must read DPIDR or write TARGETSEL.</summary>
    public static void LineReset(Swd wire)
    {
        High(wire);
        wire.Out(0, 4);
    }

    /// <summary>The older switch, of debug ports without a dormant state: 0xE79E between two line resets.</summary>
    public static void FromJtag(Swd wire)
    {
        High(wire);
        wire.Out(0xE79E, 16);
        LineReset(wire);
    }

    /// <summary>From JTAG or SWD to dormant, then the selection alert and the activation code of SWD.</summary>
    public static void FromDormant(Swd wire)
    {
        ToDormant(wire);
        Alert(wire);
        wire.Out(0x1A0, 12);                                 // four low, activation code 0x1A
        LineReset(wire);
    }

    internal static void ToDormant(Swd wire)
    {
        High(wire);
        wire.Out(0xE3BC, 16);                                // SWD to dormant
        High(wire);
        wire.Out(0x33BBBBBA, 31);                            // JTAG to dormant
    }

    /// <summary>Selection alert, 128 bits behind eight high ones.</summary>
    internal static void Alert(Swd wire)
    {
        wire.Out(0xFF, 8);
        wire.Out(0x6209F392, 32);
        wire.Out(0x86852D95, 32);
        wire.Out(0xE3DDAFE9, 32);
        wire.Out(0x19BC0EA2, 32);
    }

    internal static void High(Swd wire)
    {
        wire.Out(uint.MaxValue, 32);
        wire.Out(uint.MaxValue, 24);
    }
}

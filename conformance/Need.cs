namespace SharpProbe.Conformance;

/// <summary>What a case needs, and how it begins.</summary>
[Flags]
enum Need
{
    None = 0,

    // What DAP_Info F0 claims, each at its bit.
    Swd = 1 << 0, Jtag = 1 << 1, SwoUart = 1 << 2, SwoManchester = 1 << 3, Atomic = 1 << 4, Timer = 1 << 5, Streaming = 1 << 6, Uart = 1 << 7, UsbCom = 1 << 8,
    Claims = 0x1FF,

    /// <summary>One of both kinds of SWO.</summary>
    Swo = 1 << 16,

    /// <summary>Begins after Connect to SWD.</summary>
    Connected = Swd | 1 << 17,

    /// <summary>Begins with the target's debug port awake and its memory access port set up for words, address increment on.</summary>
    Target = Connected | 1 << 18,

    /// <summary>An address at which the target's bus gives an error.</summary>
    Hole = Target | 1 << 19,

    /// <summary>Requests that are not padded.</summary>
    Lengths = 1 << 20,

    /// <summary>Begins after Connect to JTAG, Test-Logic-Reset done.</summary>
    Tap = Jtag | 1 << 21,

    /// <summary>A JTAG chain that answers.</summary>
    Chain = Tap | 1 << 22,

    /// <summary>Leave to try a vendor's commands, which may do anything.</summary>
    Vendor = 1 << 23,
}

namespace SharpProbe.Sim.Usb;

/// <summary>The host's side of one endpoint.</summary>
/// <param name="address">Device address.</param>
/// <param name="endpoint">Number with bit 7 for IN; 0 for the control pipe.</param>
/// <param name="interval">Interrupt: time between polls in femtoseconds.</param>
internal sealed class UsbPipe(int address, int endpoint, UsbEndpointKind kind, int maxPacket, ulong interval = 0)
{
    private const ulong FullFrame = TimeBase.Second / 1000, HighFrame = FullFrame / 8;

    // Full speed: xhci rounds bInterval down to a power of two. High speed: 2^(bInterval - 1) microframes.
    public static UsbPipe Of(int address, UsbEndpoint e, UsbSpeed speed) => new(address, e.Address, e.Kind, e.MaxPacket, e.Kind != UsbEndpointKind.Interrupt ? 0
        : speed == UsbSpeed.High ? HighFrame << Math.Clamp(e.Interval - 1, 0, 15)
        : FullFrame << System.Numerics.BitOperations.Log2((uint)Math.Max(e.Interval, 1)));

    public int Address { get; set; } = address;
    public int Endpoint { get; } = endpoint;
    public UsbEndpointKind Kind { get; } = kind;
    public int MaxPacket { get; set; } = maxPacket;
    public ulong Interval { get; } = interval;
    public List<UsbTransfer> Queue { get; } = [];

    /// <summary>The next data packet is DATA1.</summary>
    public bool Toggle { get; set; }

    /// <summary>The endpoint whose Ready it waits for after a NAK.</summary>
    public int? WaitsFor { get; set; }
    public ulong WaitsSince { get; set; }

    /// <summary>When it is asked again though nobody said Ready.</summary>
    public ulong CheckAt { get; set; }

    /// <summary>Not before this time (periodic endpoints).</summary>
    public ulong NotBefore { get; set; }

    /// <summary>High speed: the last answer was NYET or NAK, so PING comes first.</summary>
    public bool PingFirst { get; set; }

    /// <summary>Tries without an answer in a row.</summary>
    public int Errors { get; set; }

    /// <summary>An acknowledgement of ours was lost on purpose: the same packet comes again.</summary>
    public bool RepeatExpected { get; set; }

    public UsbTransfer? Current => Queue.Count == 0 ? null : Queue[0];
}

namespace SharpProbe.Sim.Usb;

/// <summary>
/// How long things take on the line, in femtoseconds. Bytes of overhead: USB 2.0, tables 5-8 (full speed bulk, 13) and 5-10 (high speed bulk, 55): sync, PIDs,
/// address, CRC16 and the gaps between packets. Bit stuffing is not counted.
/// </summary>
internal readonly struct BusTimes
{
    private const ulong HighHertz = 480_000_000, FullHertz = 12_000_000;

    public BusTimes(UsbSpeed speed)
    {
        bool high = speed == UsbSpeed.High;
        Frame = TimeBase.Second / (high ? 8000u : 1000u);
        (_hertz, _whole, _short, _sof) = high ? (HighHertz, 55, 36, 19) : (FullHertz, 13, 8, 6);
    }

    private readonly ulong _hertz;
    private readonly int _whole, _short, _sof;

    /// <summary>A frame of 1 ms or a microframe of 125 us.</summary>
    public ulong Frame { get; }

    /// <summary>The SOF packet at the frame's begin.</summary>
    public ulong Sof => Bytes(_sof);

    /// <summary>A transaction of token, data and handshake.</summary>
    public ulong WithData(int length) => Bytes(_whole + length);

    /// <summary>A transaction of token and handshake: PING, IN with NAK.</summary>
    public ulong WithoutData => Bytes(_short);

    private ulong Bytes(int count) => (ulong)count * 8 * (TimeBase.Second / 1000) / (_hertz / 1000);
}

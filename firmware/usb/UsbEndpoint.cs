namespace SharpProbe.Usb;

/// <summary>An endpoint of a function at both speeds (USB 2.0, table 9-13).</summary>
/// <param name="address">bEndpointAddress: bit 7 is set for IN.</param>
/// <param name="high">wMaxPacketSize at high speed.</param>
/// <param name="full">wMaxPacketSize at full speed.</param>
/// <param name="highInterval">bInterval at high speed: 2^(n-1) microframes of 125 µs; 0 for bulk.</param>
/// <param name="fullInterval">bInterval at full speed, ms; 0 for bulk.</param>
public readonly struct UsbEndpoint(byte address, bool interrupt, int high, int full, byte highInterval = 0, byte fullInterval = 0)
{
    public byte Address { get; } = address;
    public bool Interrupt { get; } = interrupt;

    public bool In => (Address & 0x80) != 0;

    public static UsbEndpoint Bulk(byte address) => new(address, false, 512, 64);

    public int Packet(bool highSpeed) => highSpeed ? high : full;

    public byte Interval(bool highSpeed) => highSpeed ? highInterval : fullInterval;
}

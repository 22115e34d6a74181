namespace SharpProbe.Sim.Usb;

/// <summary>An interface descriptor (USB 2.0, table 9-12) with what follows it.</summary>
public sealed class UsbInterface(byte[] bytes)
{
    public int Number => bytes[2];
    public int Alternate => bytes[3];
    public int EndpointCount => bytes[4];
    public int Class => bytes[5];
    public int SubClass => bytes[6];
    public int Protocol => bytes[7];
    public int Text => bytes[8];
    public List<UsbEndpoint> Endpoints { get; } = [];

    /// <summary>Class-specific descriptors before the first endpoint.</summary>
    public List<byte[]> Functional { get; } = [];
}

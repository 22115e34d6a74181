using System.Buffers.Binary;

namespace SharpProbe.Sim.Usb;

/// <summary>An endpoint descriptor (USB 2.0, table 9-13).</summary>
public sealed class UsbEndpoint(byte[] bytes)
{
    public int Address => bytes[2];
    public bool IsIn => (bytes[2] & 0x80) != 0;
    public UsbEndpointKind Kind => (UsbEndpointKind)(bytes[3] & 3);
    public int Attributes => bytes[3];
    public int MaxPacketField => BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(4));
    public int MaxPacket => MaxPacketField & 0x7FF;
    public int Interval => bytes[6];
}

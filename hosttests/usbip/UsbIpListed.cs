using System.Buffers.Binary;
using System.Text;

namespace SharpProbe.Tests.UsbIp;

/// <summary>An entry of the list of devices.</summary>
/// <param name="Bytes">312 of them.</param>
/// <param name="Interfaces">Class, subclass, protocol, padding of each.</param>
internal sealed record UsbIpListed(byte[] Bytes, byte[] Interfaces)
{
    public string BusId => Encoding.ASCII.GetString(Bytes, 256, 32).TrimEnd('\0');
    public int Speed => BinaryPrimitives.ReadInt32BigEndian(Bytes.AsSpan(296));
    public int Vendor => BinaryPrimitives.ReadUInt16BigEndian(Bytes.AsSpan(300));
    public int Product => BinaryPrimitives.ReadUInt16BigEndian(Bytes.AsSpan(302));
}

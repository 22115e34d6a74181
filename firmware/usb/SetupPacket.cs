using System;
using System.Buffers.Binary;

namespace SharpProbe.Usb;

/// <summary>The eight bytes of a SETUP packet (USB 2.0, 9.3).</summary>
public readonly struct SetupPacket(ReadOnlySpan<byte> bytes)
{
    public byte RequestType { get; } = bytes[0];
    public byte Request { get; } = bytes[1];
    public ushort Value { get; } = BinaryPrimitives.ReadUInt16LittleEndian(bytes[2..]);
    public ushort Index { get; } = BinaryPrimitives.ReadUInt16LittleEndian(bytes[4..]);
    public ushort Length { get; } = BinaryPrimitives.ReadUInt16LittleEndian(bytes[6..]);

    /// <summary>The data stage goes to the host.</summary>
    public bool In => (RequestType & 0x80) != 0;

    /// <summary>0 standard, 1 class, 2 vendor.</summary>
    public int Kind => RequestType >> 5 & 3;

    /// <summary>0 device, 1 interface, 2 endpoint.</summary>
    public int Recipient => RequestType & 31;
}

using System;
using System.Buffers.Binary;
using SharpProbe.Io;

namespace SharpProbe.Usb;

/// <summary>iSerialNumber as the chips' own boot loaders make it of the unique id: 12 hexadecimal digits, so one unit has one number in both.</summary>
public static class SerialNumber
{
    public static byte[] Of(ReadOnlySpan<byte> uniqueId)
    {
        uint high = BinaryPrimitives.ReadUInt32LittleEndian(uniqueId), middle = BinaryPrimitives.ReadUInt32LittleEndian(uniqueId[4..]), low = BinaryPrimitives.ReadUInt32LittleEndian(uniqueId[8..]);
        byte[] digits = new byte[12];
        var to = new ByteWriter(digits);
        to.WriteHex(high + low, 8);
        to.WriteHex(middle >> 16, 4);
        return digits;
    }
}

using System.Buffers.Binary;

namespace SharpProbe.Sim.Usb;

/// <summary>A SETUP packet (USB 2.0, 9.3).</summary>
public readonly record struct UsbSetup(byte RequestType, byte Request, ushort Value, ushort Index, ushort Length)
{
    public const byte GetStatus = 0, ClearFeature = 1, SetFeature = 3, SetAddress = 5, GetDescriptor = 6, GetConfiguration = 8, SetConfiguration = 9, GetInterface = 10, SetInterface = 11;

    public bool IsIn => (RequestType & 0x80) != 0;

    public byte[] ToBytes()
    {
        byte[] bytes = new byte[8];
        (bytes[0], bytes[1]) = (RequestType, Request);
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(2), Value);
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(4), Index);
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(6), Length);
        return bytes;
    }

    public override string ToString() => RequestType switch
    {
        0x80 or 0x81 when Request == GetDescriptor => $"GET_DESCRIPTOR({UsbDescriptorType.Name(Value >> 8)} {Value & 0xFF}, wIndex 0x{Index:X4}, wLength {Length})",
        0x00 when Request == SetAddress => $"SET_ADDRESS({Value})",
        0x00 when Request == SetConfiguration => $"SET_CONFIGURATION({Value})",
        0x02 when Request == ClearFeature && Value == 0 => $"CLEAR_FEATURE(ENDPOINT_HALT, 0x{Index:X2})",
        0x02 when Request == SetFeature && Value == 0 => $"SET_FEATURE(ENDPOINT_HALT, 0x{Index:X2})",
        0x21 when Request == 0x20 => $"SET_LINE_CODING(interface {Index})",
        0xA1 when Request == 0x21 => $"GET_LINE_CODING(interface {Index})",
        0x21 when Request == 0x22 => $"SET_CONTROL_LINE_STATE({Value}, interface {Index})",
        _ => $"request 0x{RequestType:X2} 0x{Request:X2} wValue 0x{Value:X4} wIndex 0x{Index:X4} wLength {Length}",
    };
}

using System.Buffers.Binary;

namespace SharpProbe.Sim.Usb;

/// <summary>A configuration with everything in it (USB 2.0, 9.6.3 to 9.6.6), taken apart; what does not fit together becomes a finding.</summary>
public sealed class UsbConfiguration
{
    private readonly byte[] _bytes;

    internal UsbConfiguration(byte[] bytes, string name, UsbFindings findings)
    {
        _bytes = bytes;
        UsbInterface? current = null;
        bool endpointSeen = false;
        for (int at = 0; at < bytes.Length;)
        {
            int length = bytes[at];
            if (length < 2 || at + length > bytes.Length)
            {
                findings.Add($"{name}: the descriptor at byte {at} says it is {length} bytes long; {bytes.Length - at} are left");
                return;
            }
            byte[] item = bytes[at..(at + length)];
            at += length;
            if (Size(item[1]) is { } size && length < size)
            {
                findings.Add($"{name}: the {UsbDescriptorType.Name(item[1])} descriptor at byte {at - length} is {length} bytes long, {size} are due");
                continue;
            }
            switch (item[1])
            {
                case UsbDescriptorType.InterfaceAssociation:
                    Associations.Add(new(item));
                    break;
                case UsbDescriptorType.Interface:
                    Interfaces.Add(current = new(item));
                    endpointSeen = false;
                    break;
                case UsbDescriptorType.Endpoint when current is not null:
                    current.Endpoints.Add(new(item));
                    endpointSeen = true;
                    break;
                case UsbDescriptorType.Endpoint:
                    findings.Add($"{name}: an endpoint descriptor comes before the first interface");
                    break;
                case UsbDescriptorType.Device or UsbDescriptorType.Qualifier or UsbDescriptorType.String or UsbDescriptorType.Bos:
                    findings.Add($"{name}: a {UsbDescriptorType.Name(item[1])} descriptor is inside");
                    break;
                case UsbDescriptorType.Configuration or UsbDescriptorType.OtherSpeed when at > length:
                    findings.Add($"{name}: a second {UsbDescriptorType.Name(item[1])} descriptor is inside");
                    break;
                default:
                    if (!endpointSeen) current?.Functional.Add(item);
                    break;
            }
        }
    }

    public ReadOnlySpan<byte> Bytes => _bytes;
    public int TotalLength => BinaryPrimitives.ReadUInt16LittleEndian(_bytes.AsSpan(2));
    public int InterfaceCount => _bytes[4];
    public int Value => _bytes[5];
    public int Text => _bytes[6];
    public int Attributes => _bytes[7];
    /// <summary>mA.</summary>
    public int MaxPower => _bytes[8] * 2;
    public List<UsbInterface> Interfaces { get; } = [];
    public List<UsbAssociation> Associations { get; } = [];

    private static int? Size(byte type) => type switch
    {
        UsbDescriptorType.Configuration or UsbDescriptorType.OtherSpeed or UsbDescriptorType.Interface => 9,
        UsbDescriptorType.Endpoint => 7,
        UsbDescriptorType.InterfaceAssociation => 8,
        _ => null,
    };
}

namespace SharpProbe.Usb;

/// <summary>bDescriptorType (USB 2.0, table 9-5; USB 3.2, table 9-6; CDC 1.2, 5.2.3).</summary>
public enum DescriptorKind : byte
{
    Device = 1,
    Configuration = 2,
    String = 3,
    Interface = 4,
    Endpoint = 5,
    DeviceQualifier = 6,
    OtherSpeedConfiguration = 7,
    InterfaceAssociation = 11,
    BinaryObjectStore = 15,
    DeviceCapability = 16,
    /// <summary>HID's own (HID 1.11, 7.1), and DFU's (DFU 1.1, 4.1.3).</summary>
    ClassSpecific = 0x21,
    /// <summary>HID's report descriptor.</summary>
    Report = 0x22,
    ClassInterface = 0x24,
}

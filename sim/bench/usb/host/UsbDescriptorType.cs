namespace SharpProbe.Sim.Usb;

/// <summary>bDescriptorType (USB 2.0, table 9-5; the IAD ECN; USB 3.0 table 9-6 for the BOS; CDC 1.2, table 12; HID 1.11, 7.1; DFU 1.1, 4.1.3).</summary>
public static class UsbDescriptorType
{
    public const byte Device = 1, Configuration = 2, String = 3, Interface = 4, Endpoint = 5, Qualifier = 6, OtherSpeed = 7, InterfaceAssociation = 11, Bos = 15, Capability = 16,
        Hid = 0x21, Dfu = 0x21, Report = 0x22, Physical = 0x23,
        ClassInterface = 0x24, ClassEndpoint = 0x25;

    public static string Name(int type) => type switch
    {
        Device => "device",
        Configuration => "configuration",
        String => "string",
        Interface => "interface",
        Endpoint => "endpoint",
        Qualifier => "device_qualifier",
        OtherSpeed => "other_speed_configuration",
        InterfaceAssociation => "interface association",
        Bos => "BOS",
        Capability => "device capability",
        Hid => "HID",
        Report => "report",
        _ => $"type 0x{type:X2}",
    };
}

using System.Buffers.Binary;

namespace SharpProbe.Sim.Usb;

/// <summary>A HID interface, its HID descriptor and its endpoints (HID 1.11, 4.2 to 4.4, 6.2.1 and 7.1).</summary>
internal sealed class HidCheck(UsbInterface hid, UsbFindings findings)
{
    private const int Header = 6, Each = 3;

    /// <summary>wDescriptorLength of the report descriptor; 0: none was found.</summary>
    public int ReportLength { get; private set; }

    /// <summary>The HID descriptor; null: none was found.</summary>
    public byte[]? Descriptor { get; private set; }

    public void Run()
    {
        Require(hid.SubClass is 0 or 1, $"bInterfaceSubClass is {hid.SubClass}; 0, or 1 for a boot device (4.2)");
        Require(hid.SubClass == 1 || hid.Protocol == 0, $"bInterfaceProtocol is {hid.Protocol} without a boot interface (4.3)");
        Require(hid.Endpoints.All(e => e.Kind == UsbEndpointKind.Interrupt), "an endpoint that is no interrupt endpoint (4.4)");
        Require(hid.Endpoints.Count(e => e.IsIn) == 1, "not exactly one interrupt IN endpoint (4.4)");
        Require(hid.Endpoints.Count(e => !e.IsIn) <= 1, "more than one interrupt OUT endpoint (4.4)");
        var all = hid.Functional.FindAll(f => f[1] == UsbDescriptorType.Hid);
        if (all.Count != 1 || hid.Functional[0] != all[0])
        {
            Require(false, $"{all.Count} HID descriptors; one is due, right after the interface (7.1)");
            return;
        }
        byte[] d = Descriptor = all[0];
        if (d.Length < Header + Each || d.Length != Header + Each * d[5])
        {
            Require(false, $"the HID descriptor has {d.Length} bytes for {(d.Length > 5 ? d[5] : 0)} class descriptors");
            return;
        }
        int version = BinaryPrimitives.ReadUInt16LittleEndian(d.AsSpan(2));
        Require(version is 0x0100 or 0x0101 or 0x0110 or 0x0111, $"bcdHID is 0x{version:X4}");
        Require(d[4] <= 35, $"bCountryCode is {d[4]} (6.2.1)");
        for (int at = Header; at < d.Length; at += Each)
        {
            int type = d[at], length = BinaryPrimitives.ReadUInt16LittleEndian(d.AsSpan(at + 1));
            Require(type is UsbDescriptorType.Report or UsbDescriptorType.Physical, $"a class descriptor of type 0x{type:X2}");
            if (type == UsbDescriptorType.Report) ReportLength = length;
        }
        Require(ReportLength > 0, "no report descriptor; one is due at least (6.2.1)");
    }

    private void Require(bool good, string sentence) => findings.Require(good, $"HID interface {hid.Number}: {sentence}");
}

namespace SharpProbe.Sim.Usb;

/// <summary>The device descriptor and the qualifier against USB 2.0, 9.6.1 and 9.6.2.</summary>
internal static class DeviceCheck
{
    private const int QualifierSize = 10;

    public static void Device(UsbDeviceDescriptor d, UsbSpeed speed, UsbFindings findings)
    {
        const string Name = "device descriptor";
        findings.Require(d.Bytes[0] == UsbDeviceDescriptor.Size, $"{Name}: bLength is {d.Bytes[0]}, not 18");
        findings.Require(d.Bytes[1] == UsbDescriptorType.Device, $"{Name}: bDescriptorType is {d.Bytes[1]}");
        findings.Require(d.BcdUsb is 0x0110 or 0x0200 or 0x0201 or 0x0210, $"{Name}: bcdUSB is 0x{d.BcdUsb:X4}; a device of these speeds has 0x0110, 0x0200, 0x0201 or 0x0210");
        findings.Require(speed == UsbSpeed.Full || d.BcdUsb >= 0x0200, $"{Name}: bcdUSB is 0x{d.BcdUsb:X4} at high speed");
        findings.Require(speed == UsbSpeed.High ? d.MaxPacket0 == 64 : d.MaxPacket0 is 8 or 16 or 32 or 64, $"{Name}: bMaxPacketSize0 is {d.MaxPacket0} at {speed.ToString().ToLowerInvariant()} speed");
        findings.Require(d.Vendor != 0, $"{Name}: idVendor is 0");
        findings.Require(d.Configurations > 0, $"{Name}: bNumConfigurations is 0");
        findings.Require(d.Class != 0 || d.SubClass == 0, $"{Name}: bDeviceSubClass is {d.SubClass} though bDeviceClass is 0");
        findings.Require(IsBcd(d.Version), $"{Name}: bcdDevice is 0x{d.Version:X4}, which is no BCD");
        int[] texts = [.. new[] { d.Manufacturer, d.Product, d.Serial }.Where(i => i != 0)];
        findings.Require(texts.Distinct().Count() == texts.Length, $"{Name}: two strings have the same index");
    }

    /// <summary>Where a configuration has an association, the device has to say so (IAD ECN, 9.6.X).</summary>
    public static void Composite(UsbDeviceDescriptor d, UsbConfiguration configuration, UsbFindings findings)
    {
        if (configuration.Associations.Count == 0) return;
        findings.Require((d.Class, d.SubClass, d.Protocol) == (0xEF, 2, 1), $"device descriptor: class {d.Class:X2}.{d.SubClass:X2}.{d.Protocol:X2} with interface associations; the IAD ECN has EF.02.01");
    }

    public static void Qualifier(byte[] q, UsbDeviceDescriptor d, UsbFindings findings)
    {
        const string Name = "device_qualifier";
        if (q.Length != QualifierSize || q[0] != QualifierSize || q[1] != UsbDescriptorType.Qualifier)
        {
            findings.Add($"{Name}: {q.Length} bytes, bLength {(q.Length > 0 ? q[0] : 0)}, bDescriptorType {(q.Length > 1 ? q[1] : 0)}; 10, 10 and 6 are due");
            return;
        }
        findings.Require(q[2] == d.Bytes[2] && q[3] == d.Bytes[3], $"{Name}: bcdUSB differs from the device descriptor's");
        findings.Require(q.AsSpan(4, 3).SequenceEqual(d.Bytes.Slice(4, 3)), $"{Name}: class, subclass or protocol differ from the device descriptor's");
        findings.Require(q[7] is 8 or 16 or 32 or 64, $"{Name}: bMaxPacketSize0 is {q[7]}");
        findings.Require(q[8] > 0, $"{Name}: bNumConfigurations is 0");
        findings.Require(q[9] == 0, $"{Name}: bReserved is {q[9]}");
    }

    private static bool IsBcd(int value) => Enumerable.Range(0, 4).All(i => (value >> i * 4 & 15) <= 9);
}

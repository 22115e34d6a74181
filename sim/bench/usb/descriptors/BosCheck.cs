using System.Buffers.Binary;

namespace SharpProbe.Sim.Usb;

/// <summary>The binary object store (USB 2.0 LPM ECN and USB 3.2, 9.6.2): lengths and numbers of its capabilities.</summary>
internal static class BosCheck
{
    private const int UsbExtension = 2, Platform = 5;

    public static void Run(byte[] bos, UsbDeviceDescriptor device, UsbFindings findings)
    {
        if (bos.Length < 5 || bos[0] != 5 || bos[1] != UsbDescriptorType.Bos)
        {
            findings.Add($"BOS: {bos.Length} bytes, bLength {(bos.Length > 0 ? bos[0] : 0)}, bDescriptorType {(bos.Length > 1 ? bos[1] : 0)}");
            return;
        }
        int total = BinaryPrimitives.ReadUInt16LittleEndian(bos.AsSpan(2)), count = 0, at = 5;
        bool extension = false;
        findings.Require(total == bos.Length, $"BOS: wTotalLength is {total}, {bos.Length} bytes came");
        while (at < bos.Length)
        {
            int length = bos[at];
            if (length < 3 || at + length > bos.Length)
            {
                findings.Add($"BOS: the capability at byte {at} says it is {length} bytes long; {bos.Length - at} are left");
                return;
            }
            findings.Require(bos[at + 1] == UsbDescriptorType.Capability, $"BOS: bDescriptorType at byte {at} is {bos[at + 1]}, not 16");
            int kind = bos[at + 2];
            extension |= kind == UsbExtension;
            findings.Require(kind != UsbExtension || length == 7, $"BOS: USB 2.0 extension of {length} bytes, 7 are due");
            findings.Require(kind != Platform || length >= 20, $"BOS: platform capability of {length} bytes, at least 20 are due");
            count++;
            at += length;
        }
        findings.Require(count == bos[4], $"BOS: bNumDeviceCaps is {bos[4]}, {count} are there");
        findings.Require(device.BcdUsb != 0x0201 || extension, "BOS: a device with bcdUSB 0x0201 has a USB 2.0 extension (LPM ECN)");
    }
}

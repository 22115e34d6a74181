using System.Buffers.Binary;
using System.Text;
using SharpProbe.Sim.Usb.Remote;

namespace SharpProbe.Sim.Usb.Ip;

/// <summary>How the device is described before it is attached: 312 bytes, and 4 for each interface in a list of devices (Linux, Documentation/usb/usbip_protocol.rst).</summary>
internal static class UsbIpExport
{
    public const int Size = 312;
    public const string BusId = "1-1";
    public const uint Bus = 1, Device = 1, Id = Bus << 16 | Device;

    private const string Path = "/sys/devices/platform/sharpprobe/usb1/1-1";
    private const int BusIdAt = 256, NumbersAt = 288;

    public static byte[] Describe(ExportedDevice device)
    {
        byte[] b = new byte[Size];
        Encoding.ASCII.GetBytes(Path, b);
        Encoding.ASCII.GetBytes(BusId, b.AsSpan(BusIdAt));
        var at = b.AsSpan(NumbersAt);
        BinaryPrimitives.WriteUInt32BigEndian(at, Bus);
        BinaryPrimitives.WriteUInt32BigEndian(at[4..], Device);
        BinaryPrimitives.WriteUInt32BigEndian(at[8..], device.Speed == UsbSpeed.High ? 3u : 2u);
        var d = device.Identity.Descriptor!;
        BinaryPrimitives.WriteUInt16BigEndian(at[12..], (ushort)d.Vendor);
        BinaryPrimitives.WriteUInt16BigEndian(at[14..], (ushort)d.ProductId);
        BinaryPrimitives.WriteUInt16BigEndian(at[16..], (ushort)d.Version);
        (at[18], at[19], at[20], at[21], at[22]) = ((byte)d.Class, (byte)d.SubClass, (byte)d.Protocol, (byte)device.Configuration, (byte)d.Configurations);
        at[23] = (byte)device.Identity.Configuration!.InterfaceCount;
        return b;
    }

    public static byte[] Interfaces(ExportedDevice device)
    {
        // As many as the description above says, whatever the device's descriptor holds.
        var first = device.Identity.Configuration!.Interfaces.Where(i => i.Alternate == 0).ToList();
        byte[] b = new byte[4 * device.Identity.Configuration.InterfaceCount];
        for (int i = 0; i < first.Count && 4 * i < b.Length; i++) (b[4 * i], b[4 * i + 1], b[4 * i + 2]) = ((byte)first[i].Class, (byte)first[i].SubClass, (byte)first[i].Protocol);
        return b;
    }
}

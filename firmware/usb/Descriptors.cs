using System;
using SharpProbe.Io;

namespace SharpProbe.Usb;

/// <summary>The device's descriptors, written anew for each request at the speed that it asks for. Interface numbers and endpoint addresses follow from the port's number.</summary>
public sealed class Descriptors(byte[] serial)
{
    /// <summary>Serial ports, each of two interfaces.</summary>
    public const int Ports = 3;

    private const byte ConfigurationValue = 1, Bulk = 2, Interrupt = 3, MaxPower = 250;      // 500 mA

    private enum Text : byte { Languages, Manufacturer, Product, Serial, Configuration, FirstPort }

    /// <summary>Notifications (interrupt IN), bulk IN and bulk OUT endpoint of a port, as the original has them.</summary>
    public static byte Notify(int port) => (byte)(0x82 + 2 * port);
    public static byte In(int port) => (byte)(0x83 + 2 * port);
    public static byte Out(int port) => (byte)(0x03 + 2 * port);

    /// <summary>wMaxPacketSize of the bulk endpoints.</summary>
    public static int BulkPacket(bool high) => high ? 512 : 64;

    public const int NotifyPacket = 16;

    /// <summary>Writes a descriptor; false where there is none of this kind and index.</summary>
    /// <param name="high">The present speed.</param>
    /// <param name="highCapable">Both speeds are possible.</param>
    public bool TryWrite(DescriptorKind kind, byte index, bool high, bool highCapable, ref ByteWriter to)
    {
        switch (kind)
        {
            case DescriptorKind.Device:
                WriteDevice(ref to);
                return true;
            case DescriptorKind.Configuration when index == 0:
                WriteConfiguration(kind, high, ref to);
                return true;
            case DescriptorKind.OtherSpeedConfiguration when index == 0 && highCapable:
                WriteConfiguration(kind, !high, ref to);
                return true;
            case DescriptorKind.DeviceQualifier when highCapable:
                WriteQualifier(ref to);
                return true;
            case DescriptorKind.BinaryObjectStore:
                WriteObjectStore(ref to);
                return true;
            case DescriptorKind.String:
                return TryWriteText(index, high, ref to);
            default:
                return false;
        }
    }

    private static void WriteDevice(ref ByteWriter to)
    {
        to.Write(18);
        to.Write((byte)DescriptorKind.Device);
        WriteVersionAndClass(ref to);
        to.Write(UsbController.ControlPacket);
        Write16(ref to, UsbIdentity.Vendor);
        Write16(ref to, UsbIdentity.Product);
        Write16(ref to, UsbIdentity.Release);
        to.Write((byte)Text.Manufacturer);
        to.Write((byte)Text.Product);
        to.Write((byte)Text.Serial);
        to.Write(1);
    }

    /// <summary>What the device would be at the other speed: the same (USB 2.0, 9.6.2).</summary>
    private static void WriteQualifier(ref ByteWriter to)
    {
        to.Write(10);
        to.Write((byte)DescriptorKind.DeviceQualifier);
        WriteVersionAndClass(ref to);
        to.Write(UsbController.ControlPacket);
        to.Write(1);
        to.Write(0);
    }

    /// <summary>bcdUSB 2.01: there is a BOS; class EF/02/01: interface association descriptors say what belongs together.</summary>
    private static void WriteVersionAndClass(ref ByteWriter to)
    {
        Write16(ref to, 0x0201);
        to.Write(0xEF);
        to.Write(2);
        to.Write(1);
    }

    private static void WriteObjectStore(ref ByteWriter to)
    {
        to.Write(5);
        to.Write((byte)DescriptorKind.BinaryObjectStore);
        Write16(ref to, 5 + 7);
        to.Write(1);
        to.Write(7);                                         // USB 2.0 extension, without link power management
        to.Write((byte)DescriptorKind.DeviceCapability);
        to.Write(2);
        Write16(ref to, 0);
        Write16(ref to, 0);
    }

    private static void WriteConfiguration(DescriptorKind kind, bool high, ref ByteWriter to)
    {
        const int total = 9 + Ports * 66;
        to.Write(9);
        to.Write((byte)kind);
        Write16(ref to, total);
        to.Write(2 * Ports);
        to.Write(ConfigurationValue);
        to.Write((byte)Text.Configuration);
        to.Write(0x80);
        to.Write(MaxPower);
        for (int port = 0; port < Ports; port++) WritePort(port, high, ref to);
    }

    /// <summary>CDC abstract control model (CDC 1.2 and PSTN 1.2, 5.3): 66 bytes.</summary>
    private static void WritePort(int port, bool high, ref ByteWriter to)
    {
        byte control = (byte)(2 * port), data = (byte)(2 * port + 1), text = (byte)((int)Text.FirstPort + port);
        Write(ref to, [8, (byte)DescriptorKind.InterfaceAssociation, control, 2, 2, 2, 0, text]);
        Write(ref to, [9, (byte)DescriptorKind.Interface, control, 0, 1, 2, 2, 0, text]);
        Write(ref to, [5, (byte)DescriptorKind.ClassInterface, 0, 0x10, 0x01]);               // header, CDC 1.10
        Write(ref to, [5, (byte)DescriptorKind.ClassInterface, 1, 0, data]);                  // call management: none
        Write(ref to, [4, (byte)DescriptorKind.ClassInterface, 2, 6]);                        // line coding, control line state, break
        Write(ref to, [5, (byte)DescriptorKind.ClassInterface, 6, control, data]);            // union
        WriteEndpoint(Notify(port), Interrupt, NotifyPacket, (byte)(high ? 9 : 32), ref to);  // every 32 ms
        Write(ref to, [9, (byte)DescriptorKind.Interface, data, 0, 2, 10, 0, 0, 0]);
        WriteEndpoint(Out(port), Bulk, BulkPacket(high), 0, ref to);
        WriteEndpoint(In(port), Bulk, BulkPacket(high), 0, ref to);
    }

    private static void WriteEndpoint(byte address, byte attributes, int packet, byte interval, ref ByteWriter to)
    {
        to.Write(7);
        to.Write((byte)DescriptorKind.Endpoint);
        to.Write(address);
        to.Write(attributes);
        Write16(ref to, (ushort)packet);
        to.Write(interval);
    }

    private bool TryWriteText(byte index, bool high, ref ByteWriter to)
    {
        if (index == (byte)Text.Languages)
        {
            Write(ref to, [4, (byte)DescriptorKind.String, 0x09, 0x04]);
            return true;
        }
        if (index >= (byte)Text.FirstPort + Ports) return false;
        ReadOnlySpan<byte> text = (Text)index switch
        {
            Text.Manufacturer => UsbIdentity.Manufacturer,
            Text.Product => UsbIdentity.ProductName(high),
            Text.Serial => serial,
            Text.Configuration => UsbIdentity.Configuration(high),
            _ => UsbIdentity.PortName(index - (int)Text.FirstPort),
        };
        to.Write((byte)(2 + 2 * text.Length));
        to.Write((byte)DescriptorKind.String);
        foreach (byte b in text) Write16(ref to, b);
        return true;
    }

    private static void Write(ref ByteWriter to, scoped ReadOnlySpan<byte> bytes) => to.Write(bytes);

    private static void Write16(ref ByteWriter to, ushort value)
    {
        to.Write((byte)value);
        to.Write((byte)(value >> 8));
    }
}

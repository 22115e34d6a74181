using System;
using SharpProbe.Io;
using SharpProbe.Usb.Microsoft;

namespace SharpProbe.Usb;

/// <summary>A device's descriptors, written anew for each request at the speed that it asks for: the device's own here, those of the functions by themselves.</summary>
public sealed class Descriptors(UsbIdentity identity, UsbFunction[] functions, byte[] serial)
{
    private const byte ConfigurationValue = 1, MaxPower = 250;      // 500 mA

    private enum Text : byte { Languages, Manufacturer, Product, Serial, Configuration }

    /// <summary>Index of the functions' first string.</summary>
    internal const byte FirstText = (byte)Text.Configuration + 1;

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
            case DescriptorKind.BinaryObjectStore when HasObjectStore:
                WriteObjectStore(ref to);
                return true;
            case DescriptorKind.String:
                return TryWriteText(index, high, ref to);
            default:
                return false;
        }
    }

    /// <summary>The answer to the request of <see cref="DescriptorSet"/>; false where no function needs it.</summary>
    public bool TryWriteMicrosoft(ref ByteWriter to) => DescriptorSet.TryWrite(functions, ref to);

    private void WriteDevice(ref ByteWriter to)
    {
        to.Write(18);
        to.Write((byte)DescriptorKind.Device);
        WriteVersionAndClass(ref to);
        to.Write(UsbController.ControlPacket);
        to.Write16(identity.Vendor);
        to.Write16(identity.Product);
        to.Write16(identity.Release);
        to.Write((byte)Text.Manufacturer);
        to.Write((byte)Text.Product);
        to.Write((byte)Text.Serial);
        to.Write(1);
    }

    /// <summary>What the device would be at the other speed: the same (USB 2.0, 9.6.2).</summary>
    private void WriteQualifier(ref ByteWriter to)
    {
        to.Write(10);
        to.Write((byte)DescriptorKind.DeviceQualifier);
        WriteVersionAndClass(ref to);
        to.Write(UsbController.ControlPacket);
        to.Write(1);
        to.Write(0);
    }

    /// <summary>
    /// bcdUSB 2.10: there is a BOS. It holds no USB 2.0 extension, whose one purpose is to announce link power management: 2.01, or an extension without that bit, would be wrong
    /// (USB 2.0 ECN "Link Power Management", 3; lsusb says so). Class EF/02/01: interface association descriptors say what belongs together.
    /// </summary>
    private void WriteVersionAndClass(ref ByteWriter to)
    {
        to.Write16(HasObjectStore ? 0x0210 : 0x0200);
        to.Write(0xEF);
        to.Write(2);
        to.Write(1);
    }

    private bool HasObjectStore => DescriptorSet.Length(functions) != 0;

    private void WriteObjectStore(ref ByteWriter to)
    {
        to.Write(5);
        to.Write((byte)DescriptorKind.BinaryObjectStore);
        to.Write16(5 + DescriptorSet.CapabilityLength);
        to.Write(1);
        DescriptorSet.WriteCapability(DescriptorSet.Length(functions), ref to);
    }

    private void WriteConfiguration(DescriptorKind kind, bool high, ref ByteWriter to)
    {
        int interfaces = 0;
        foreach (UsbFunction function in functions) interfaces += function.Interfaces;
        to.Write([9, (byte)kind, 0, 0, (byte)interfaces, ConfigurationValue, (byte)Text.Configuration, 0x80, MaxPower]);
        foreach (UsbFunction function in functions) function.WriteDescriptors(high, ref to);
        to.Patch16(2, to.Written.Length);
    }

    private bool TryWriteText(byte index, bool high, ref ByteWriter to)
    {
        if (index == (byte)Text.Languages)
        {
            to.Write([4, (byte)DescriptorKind.String, 0x09, 0x04]);
            return true;
        }
        if (!TryText(index, high, out ReadOnlySpan<byte> text)) return false;
        to.Write((byte)(2 + 2 * text.Length));
        to.Write((byte)DescriptorKind.String);
        foreach (byte b in text) to.Write16(b);
        return true;
    }

    private bool TryText(byte index, bool high, out ReadOnlySpan<byte> text)
    {
        text = (Text)index switch
        {
            Text.Manufacturer => identity.Manufacturer,
            Text.Product => identity.ProductName(high),
            Text.Serial => serial,
            Text.Configuration => identity.Configuration(high),
            _ => default,
        };
        if (index < FirstText) return true;
        foreach (UsbFunction function in functions)
        {
            int own = index - function.FirstString;
            if (own < 0 || own >= function.Strings) continue;
            text = function.Text(own);
            return true;
        }
        return false;
    }
}

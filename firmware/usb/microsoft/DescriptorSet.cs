using System;
using SharpProbe.Io;

namespace SharpProbe.Usb.Microsoft;

/// <summary>
/// "Microsoft OS 2.0 Descriptors Specification": Windows 8.1 and later bind WinUSB to the functions that ask for it, without a driver to install. A platform capability in the BOS names a vendor request
/// which answers with the set: a configuration, in it a function subset each, with the compatible id and the GUID by which programs find the interface.
/// </summary>
static class DescriptorSet
{
    /// <summary>bRequest and wIndex of the vendor request (bMS_VendorCode, MS_OS_20_DESCRIPTOR_INDEX).</summary>
    public const byte VendorCode = 1, DescriptorIndex = 7;

    public const int CapabilityLength = 28;

    private const uint Windows81 = 0x0603_0000;
    private const int Header = 10, SubsetHeader = 8, CompatibleId = 20, PropertyHeader = 10, Guid = 38;
    private const int SetHeaderType = 0, ConfigurationType = 1, FunctionType = 2, CompatibleIdType = 3, PropertyType = 4, MultiString = 7;

    /// <summary>Its name with a NUL, its value with two, in UTF-16.</summary>
    private const int PropertyName = 2 * 21, PropertyValue = 2 * (Guid + 2), Property = PropertyHeader + PropertyName + PropertyValue;
    private const int Function = SubsetHeader + CompatibleId + Property;

    /// <summary>Bytes of the set; 0: no function wants WinUSB.</summary>
    public static int Length(UsbFunction[] functions)
    {
        int count = 0;
        foreach (UsbFunction function in functions)
            if (!function.WinUsbInterface.IsEmpty) count++;
        return count == 0 ? 0 : Header + SubsetHeader + count * Function;
    }

    public static void WriteCapability(int length, ref ByteWriter to)
    {
        to.Write([CapabilityLength, (byte)DescriptorKind.DeviceCapability, 5, 0]);
        // {D8DD60DF-4589-4CC7-9CD2-659D9E648A9F}
        to.Write([0xDF, 0x60, 0xDD, 0xD8, 0x89, 0x45, 0xC7, 0x4C, 0x9C, 0xD2, 0x65, 0x9D, 0x9E, 0x64, 0x8A, 0x9F]);
        to.Write32(Windows81);
        to.Write16(length);
        to.Write(VendorCode);
        to.Write(0);
    }

    public static bool TryWrite(UsbFunction[] functions, ref ByteWriter to)
    {
        int length = Length(functions);
        if (length == 0) return false;
        to.Write16(Header);
        to.Write16(SetHeaderType);
        to.Write32(Windows81);
        to.Write16(length);
        to.Write16(SubsetHeader);
        to.Write16(ConfigurationType);
        to.Write16(0);                                         // Windows takes bConfigurationValue as an index from 0, whatever the text says
        to.Write16(length - Header);
        foreach (UsbFunction function in functions)
            if (!function.WinUsbInterface.IsEmpty) WriteFunction(function, ref to);
        return true;
    }

    private static void WriteFunction(UsbFunction function, ref ByteWriter to)
    {
        to.Write16(SubsetHeader);
        to.Write16(FunctionType);
        to.Write16(function.FirstInterface);
        to.Write16(Function);
        to.Write16(CompatibleId);
        to.Write16(CompatibleIdType);
        to.Write("WINUSB\0\0\0\0\0\0\0\0\0\0"u8);
        to.Write16(Property);
        to.Write16(PropertyType);
        to.Write16(MultiString);
        to.Write16(PropertyName);
        WriteWide("DeviceInterfaceGUIDs\0"u8, ref to);
        to.Write16(PropertyValue);
        WriteWide(function.WinUsbInterface, ref to);
        WriteWide("\0\0"u8, ref to);
    }

    private static void WriteWide(ReadOnlySpan<byte> text, ref ByteWriter to)
    {
        foreach (byte b in text) to.Write16(b);
    }
}

using System;

namespace SharpProbe.Usb;

/// <summary>Who the device says it is. Scripts and udev rules of the original's users go by these.</summary>
public static class UsbIdentity
{
    public const ushort Vendor = 0x1D50, Product = 0x6018, Release = 0x0200;

    public static ReadOnlySpan<byte> Manufacturer => "Black Sphere Technologies"u8;

    public static ReadOnlySpan<byte> ProductName(bool high) => high ? "Black Magic Probe CMSIS-DAP HS"u8 : "Black Magic Probe CMSIS-DAP FS"u8;

    public static ReadOnlySpan<byte> Configuration(bool high) => high ? "Black Magic Probe HS Config"u8 : "Black Magic Probe FS Config"u8;

    /// <summary>Interface strings of the serial ports, in their order.</summary>
    public static ReadOnlySpan<byte> PortName(int port) => port switch
    {
        0 => "Micropython"u8,
        1 => "Black Magic GDB Server"u8,
        _ => "Black Magic UART Port"u8,
    };
}

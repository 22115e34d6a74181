using System;

namespace SharpProbe.Usb;

/// <summary>The probe. Scripts and udev rules of the original's users go by these; CMSIS-DAP hosts look for "CMSIS-DAP" in the product's name.</summary>
public sealed class ProbeIdentity : UsbIdentity
{
    public override ushort Vendor => 0x1D50;
    public override ushort Product => 0x6018;
    public override ushort Release => 0x0200;
    public override ReadOnlySpan<byte> Manufacturer => "Black Sphere Technologies"u8;
    public override ReadOnlySpan<byte> ProductName(bool high) => high ? "Black Magic Probe CMSIS-DAP HS"u8 : "Black Magic Probe CMSIS-DAP FS"u8;
    public override ReadOnlySpan<byte> Configuration(bool high) => high ? "Black Magic Probe HS Config"u8 : "Black Magic Probe FS Config"u8;
}

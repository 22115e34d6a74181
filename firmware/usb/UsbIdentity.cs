using System;

namespace SharpProbe.Usb;

/// <summary>Who a device says it is.</summary>
public abstract class UsbIdentity
{
    public abstract ushort Vendor { get; }
    public abstract ushort Product { get; }

    /// <summary>bcdDevice.</summary>
    public abstract ushort Release { get; }

    public abstract ReadOnlySpan<byte> Manufacturer { get; }
    public abstract ReadOnlySpan<byte> ProductName(bool high);
    public abstract ReadOnlySpan<byte> Configuration(bool high);
}

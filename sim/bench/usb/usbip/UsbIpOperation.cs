namespace SharpProbe.Sim.Usb.Ip;

/// <summary>Codes of what may be asked before a device is attached, and of the answers (Linux, Documentation/usb/usbip_protocol.rst; tools/usb/usbip/src/usbip_network.h).</summary>
internal static class UsbIpOperation
{
    public const ushort Version = 0x0111, DevListRequest = 0x8005, DevListReply = 0x0005, ImportRequest = 0x8003, ImportReply = 0x0003;
    /// <summary>Bytes of u16 version, u16 code, u32 status.</summary>
    public const int HeaderSize = 8;
    public const int BusIdSize = 32;

    /// <summary>ST_OK, ST_DEV_BUSY, ST_NODEV.</summary>
    public const uint Ok = 0, Busy = 2, NoDevice = 4;
}

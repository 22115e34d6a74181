namespace SharpProbe.Usb;

/// <summary>
/// The endpoints of each function, in the order of their descriptors. The serial ports have the original's, the DAP HID too. A host takes a CMSIS-DAP v2 interface only with the OUT endpoint first.
/// </summary>
public static class FunctionEndpoints
{
    /// <summary>Bytes of a notification packet; SERIAL_STATE has 10.</summary>
    public const int NotifyPacket = 16;

    public const byte HidIn = 0x81, HidOut = 0x01, DapOut = 0x08, DapIn = 0x88, SwoIn = 0x83;

    /// <summary>Notifications (interrupt IN), bulk IN and bulk OUT endpoint of a serial port.</summary>
    public static byte Notify(int port) => (byte)(0x82 + 2 * port);
    public static byte BulkIn(int port) => (byte)(0x83 + 2 * port);
    public static byte BulkOut(int port) => (byte)(0x03 + 2 * port);

    public static UsbEndpoint[] Of(FunctionKind kind) => kind switch
    {
        FunctionKind.Console => Cdc(0),
        FunctionKind.Gdb => Cdc(1),
        FunctionKind.Uart => Cdc(2),
        FunctionKind.DapHid => DapHid(),
        FunctionKind.DapBulk => DapBulk(false),
        FunctionKind.DapBulkTrace => DapBulk(true),
        _ => [],
    };

    /// <summary>The host asks for notifications every 32 ms.</summary>
    public static UsbEndpoint[] Cdc(int port) =>
        [new(Notify(port), true, NotifyPacket, NotifyPacket, 9, 32), UsbEndpoint.Bulk(BulkOut(port)), UsbEndpoint.Bulk(BulkIn(port))];

    /// <summary>A report each 125 µs or 1 ms.</summary>
    public static UsbEndpoint[] DapHid() => [new(HidOut, true, 512, 64, 1, 1), new(HidIn, true, 512, 64, 1, 1)];

    /// <param name="trace">With the stream of SWO, in place of the console's bulk IN endpoint.</param>
    public static UsbEndpoint[] DapBulk(bool trace) => trace
        ? [UsbEndpoint.Bulk(DapOut), UsbEndpoint.Bulk(DapIn), UsbEndpoint.Bulk(SwoIn)]
        : [UsbEndpoint.Bulk(DapOut), UsbEndpoint.Bulk(DapIn)];
}

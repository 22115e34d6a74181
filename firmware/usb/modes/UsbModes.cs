namespace SharpProbe.Usb;

/// <summary>The modes; the build checks that each fits every board (build/usb). The core's eight IN endpoints are all taken in "full": the stream of SWO needs the console's.</summary>
public static class UsbModes
{
    public static UsbMode[] Rows() =>
    [
        new("full", [FunctionKind.Console, FunctionKind.Gdb, FunctionKind.Uart, FunctionKind.DapHid, FunctionKind.DapBulk, FunctionKind.Dfu]),
        new("trace", [FunctionKind.Gdb, FunctionKind.Uart, FunctionKind.DapHid, FunctionKind.DapBulkTrace, FunctionKind.Dfu]),
    ];
}

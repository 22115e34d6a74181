namespace SharpProbe.Usb;

/// <summary>The functions that a mode can have.</summary>
public enum FunctionKind : byte
{
    /// <summary>Serial port: the probe's own console.</summary>
    Console,
    /// <summary>Serial port: gdb.</summary>
    Gdb,
    /// <summary>Serial port: the target's UART.</summary>
    Uart,
    /// <summary>CMSIS-DAP v1.</summary>
    DapHid,
    /// <summary>CMSIS-DAP v2.</summary>
    DapBulk,
    /// <summary>CMSIS-DAP v2 with the endpoint that streams SWO.</summary>
    DapBulkTrace,
    /// <summary>The way into the boot loader.</summary>
    Dfu,
}

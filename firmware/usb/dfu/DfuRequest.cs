namespace SharpProbe.Usb.Dfu;

/// <summary>bRequest (DFU 1.1, table 3.2).</summary>
public static class DfuRequest
{
    public const byte Detach = 0, Download = 1, Upload = 2, GetStatus = 3, ClearStatus = 4, GetState = 5, Abort = 6;
}

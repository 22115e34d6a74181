namespace SharpProbe.Sim.Usb.Ip;

/// <summary>Linux's error numbers, negative, as the URB's status has them.</summary>
internal static class UsbIpErrno
{
    /// <summary>-EINVAL, -ENOMEM, -ECONNRESET.</summary>
    public const int Invalid = -22, NoMemory = -12, Unlinked = -104;

    public static int Of(UsbTransferStatus status) => status switch
    {
        UsbTransferStatus.Ok => 0,
        UsbTransferStatus.Stall => -32,         // EPIPE
        UsbTransferStatus.Babble => -75,        // EOVERFLOW
        UsbTransferStatus.TimedOut => -110,     // ETIMEDOUT
        UsbTransferStatus.NoEndpoint => -2,     // ENOENT
        UsbTransferStatus.Cancelled => Unlinked,
        UsbTransferStatus.Gone => -108,         // ESHUTDOWN
        _ => -71,                               // EPROTO
    };
}

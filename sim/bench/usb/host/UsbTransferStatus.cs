namespace SharpProbe.Sim.Usb;

/// <summary>How a transfer ended; beside each what Linux calls it.</summary>
public enum UsbTransferStatus
{
    /// <summary>-EINPROGRESS.</summary>
    Pending,
    Ok,
    /// <summary>-EPIPE.</summary>
    Stall,
    /// <summary>-EPROTO: three tries without an answer.</summary>
    NoAnswer,
    /// <summary>-EOVERFLOW: more than was asked for.</summary>
    Babble,
    /// <summary>-ETIMEDOUT.</summary>
    TimedOut,
    /// <summary>-ENOENT: taken back by its driver.</summary>
    Cancelled,
    /// <summary>-ENOENT at submission: the configuration has no such endpoint.</summary>
    NoEndpoint,
    /// <summary>-ENODEV: no longer plugged in, or reset.</summary>
    Gone,
}

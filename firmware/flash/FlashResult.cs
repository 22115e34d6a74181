namespace SharpProbe.Flashing;

/// <summary>How an erase or a write of the internal flash ended.</summary>
public enum FlashResult : byte
{
    Ok,
    /// <summary>The sector is write protected.</summary>
    WriteProtected,
    /// <summary>Sequence, alignment or parallelism error: the controller refused.</summary>
    Refused,
    /// <summary>The address or length does not fit this flash.</summary>
    OutOfRange,
    /// <summary>The flash reads back something else.</summary>
    VerifyFailed,
}

namespace SharpProbe.Booting;

/// <summary>What became of a piece of a new image.</summary>
public enum WriteResult : byte
{
    Ok,
    /// <summary>Outside the application's part of the flash.</summary>
    Outside,
    /// <summary>The first piece must be the beginning of an image, and each the continuation of the one before.</summary>
    OutOfOrder,
    /// <summary>Not whole flash words.</summary>
    Uneven,
    /// <summary>The image is refused: <see cref="ImageWriter.Verdict"/> says why.</summary>
    BadImage,
    /// <summary>More bytes than the image's header says.</summary>
    Trailing,
    EraseFailed,
    ProgramFailed,
    WriteProtected,
    /// <summary>The flash reads back something else.</summary>
    VerifyFailed,
}

namespace SharpProbe.Booting;

/// <summary>What the boot loader thinks of an image.</summary>
public enum ImageVerdict : byte
{
    Good,
    /// <summary>Nothing there that calls itself an application of this project.</summary>
    NoImage,
    OtherBoard,
    /// <summary>The version is 0, or erased flash.</summary>
    BadVersion,
    /// <summary>The length is none that an image can have.</summary>
    BadLength,
    /// <summary>Longer than the application's part of the flash.</summary>
    TooLong,
    /// <summary>Stack or reset handler lie where they cannot.</summary>
    BadVectors,
    /// <summary>A flash word cannot be read: ECC.</summary>
    Unreadable,
    BadCrc,
}

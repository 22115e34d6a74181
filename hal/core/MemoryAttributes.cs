namespace SharpProbe.Hal;

/// <summary>Attribute and access bits of MPU_RASR (DDI 0403E, B3.5.9), execute-never where data only.</summary>
public enum MemoryAttributes : uint
{
    /// <summary>No access at all: null page, stack guard.</summary>
    NoAccess = 1u << 28,
    /// <summary>Normal memory, not cached, read and write, no execution: DMA buffers.</summary>
    NotCached = 1u << 28 | 3u << 24 | 1u << 19,
}

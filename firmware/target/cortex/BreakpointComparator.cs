namespace SharpProbe.Target.Cortex;

/// <summary>What one instruction comparator is used for.</summary>
readonly struct BreakpointComparator(PointKind kind, uint address)
{
    public bool Used { get; } = true;
    public PointKind Kind { get; } = kind;
    public uint Address { get; } = address;

    public bool Is(PointKind kind, uint address) => Used && Kind == kind && Address == address;
}

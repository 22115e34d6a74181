namespace SharpProbe.Target.Cortex;

/// <summary>What one data comparator is used for: the watchpoint as gdb gave it, and the piece of it that this comparator covers.</summary>
readonly struct WatchComparator(PointKind kind, uint point, uint length, uint address, uint size)
{
    public bool Used { get; } = true;
    public PointKind Kind { get; } = kind;
    public uint Point { get; } = point;
    public uint Length { get; } = length;
    public uint Address { get; } = address;
    public uint Size { get; } = size;

    public bool Is(PointKind kind, uint point, uint length) => Used && Kind == kind && Point == point && Length == length;
}

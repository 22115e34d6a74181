namespace SharpProbe.Target;

public enum PointResult : byte
{
    Done,
    /// <summary>Every comparator is in use.</summary>
    NoneFree,
    /// <summary>This target has no such thing (gdb then does without).</summary>
    Unsupported,
    /// <summary>The wire or the target failed, or there is no such point to remove.</summary>
    Failed,
}

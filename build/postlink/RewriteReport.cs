namespace SharpProbe.Build.PostLink;

/// <summary>What the rewriter did, for `firmware --verbose` and the tests.</summary>
sealed class RewriteReport
{
    public uint BytesBefore { get; set; }

    public uint BytesAfter { get; set; }

    public SortedDictionary<string, int> Intrinsics { get; } = new(StringComparer.Ordinal);

    public int CallsNear { get; set; }

    public int JumpsNear { get; set; }

    /// <summary>Calls left as movw, movt, add, blx: the register lives on after the call, or --no-bl.</summary>
    public int CallsLeft { get; set; }

    public int BarriersRemoved { get; set; }

    /// <summary>Functions that no longer set r11.</summary>
    public int FramePointersRemoved { get; set; }

    /// <summary>Stores and looks at RyuJIT's guard word above a stackalloc.</summary>
    public int GuardsRemoved { get; set; }

    /// <summary>Loads whose value nobody wants.</summary>
    public int NullChecksRemoved { get; set; }

    /// <summary>What merged tails saved.</summary>
    public int TailBytes { get; set; }

    /// <summary>Stores of references that no longer need their address in r0.</summary>
    public int StoresFolded { get; set; }

    /// <summary>Methods that ilc compiled because the core library exports them, and that nothing calls.</summary>
    public int FunctionsDropped { get; set; }

    public IReadOnlyList<Function> Functions { get; set; } = [];

    public IEnumerable<string> Lines()
    {
        yield return $"code: {BytesBefore} bytes from the compiler, {BytesAfter} after rewriting ({100.0 * BytesAfter / Math.Max(1, BytesBefore):F1} %)";
        yield return $"calls: {CallsNear} became bl, {JumpsNear} became b.w, {CallsLeft} left as they were";
        yield return $"functions of the core library that nothing calls, removed: {FunctionsDropped}";
        yield return $"barriers of the code generator removed: {BarriersRemoved}";
        yield return $"frame pointers removed: {FramePointersRemoved}; stores of references folded: {StoresFolded}";
        yield return $"guard words removed: {GuardsRemoved}; loads that nobody wants: {NullChecksRemoved}; bytes of equal tails: {TailBytes}";
        yield return "instructions in place of calls: " + string.Join(", ", Intrinsics.Select(pair => $"{pair.Key.Replace("__intrinsic_", "")} {pair.Value}"));
    }
}

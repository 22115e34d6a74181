namespace SharpProbe.Build.PostLink;

/// <summary>A function of the code section as items in their order.</summary>
sealed record Function(string Name, uint OldOffset, uint OldSize, List<CodeItem> Items)
{
    /// <summary>Nothing of it is left: it has no symbol, no line and no name.</summary>
    public bool IsDropped { get; set; }

    public uint NewOffset { get; set; }

    public uint NewSize { get; set; }
}

namespace SharpProbe.Build.PostLink;

/// <summary>A function of the code section as items in their order.</summary>
sealed record Function(string Name, uint OldOffset, uint OldSize, List<CodeItem> Items)
{
    /// <summary>Nothing of it is left: it has no symbol, no line and no name.</summary>
    public bool IsDropped { get; set; }

    /// <summary>Its address is a value somewhere: ilc's own code takes bit 1 of one for the mark of a generic method's pointer (FatFunctionPointerConstants).</summary>
    public bool IsPointedAt { get; set; }

    /// <summary>It has a NOP: somebody counted its cycles, and its branches stay as the compiler wrote them.</summary>
    public bool IsTimed => Items.Exists(item => item is { Kind: CodeKind.Plain, HalfWords: [0xBF00] });

    public bool HasLoop { get; } = Items.Exists(item => item.Kind == CodeKind.Branch && item.Target <= item.OldOffset);

    /// <summary>Words that stand behind it.</summary>
    public LiteralPool? Pool { get; set; }

    public uint NewOffset { get; set; }

    public uint NewSize { get; set; }
}

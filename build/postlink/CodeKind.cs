namespace SharpProbe.Build.PostLink;

/// <summary>What an item of code is to the layout.</summary>
enum CodeKind
{
    /// <summary>Bytes that may move but not change.</summary>
    Plain,

    /// <summary>B or B&lt;cond&gt; inside the function; the encoding is chosen by distance.</summary>
    Branch,

    /// <summary>CBZ or CBNZ.</summary>
    CompareBranch,

    /// <summary>The address of something in a register: movw, movt, add pc; written as movw, movt, or ldr from a literal pool.</summary>
    Address,

    /// <summary>A 32-bit number in a register: movw, movt.</summary>
    Constant,

    /// <summary>BL.</summary>
    Call,

    /// <summary>B.W to another function.</summary>
    Jump,

    /// <summary>Nothing left.</summary>
    Removed,
}

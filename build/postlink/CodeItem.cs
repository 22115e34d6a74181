using SharpProbe.Build.Elf;

namespace SharpProbe.Build.PostLink;

/// <summary>One instruction, or those that load an address.</summary>
sealed class CodeItem
{
    public const int Always = 14;

    public CodeKind Kind { get; set; }

    /// <summary>Offset and length in the compiler's section.</summary>
    public required uint OldOffset { get; init; }

    public uint OldSize { get; set; }

    public uint NewOffset { get; set; }

    public uint NewSize { get; set; }

    /// <summary>The half-words to write (Plain, Address with an external symbol, CompareBranch as a pattern).</summary>
    public ushort[] HalfWords { get; set; } = [];

    /// <summary>Branch, CompareBranch, and Address, Call, Jump within the section: the old offset of the target. Bit 0: Thumb, for addresses of functions. Constant: its value.</summary>
    public uint Target { get; set; }

    /// <summary>Address, Call, Jump: the symbol outside the section, or null.</summary>
    public ElfSymbol? Symbol { get; set; }

    /// <summary>Condition field of a branch; 14 is always.</summary>
    public int Condition { get; set; } = Always;

    /// <summary>Branch on equal or not equal: the comparison of a register with zero before it, where nothing else wants its flags.</summary>
    public CodeItem? ZeroTest { get; set; }

    /// <summary>Address and Constant: the word is loaded from there.</summary>
    public LiteralPool? Pool { get; set; }

    /// <summary>Register of an Address or Constant, or of the Plain BX or BLX.</summary>
    public int Register { get; set; }

    /// <summary>Some branch leads here.</summary>
    public bool IsLabel { get; set; }
}

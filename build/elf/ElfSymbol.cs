namespace SharpProbe.Build.Elf;

/// <summary>A symbol. A function's value has bit 0 set: Thumb (ELF for the Arm Architecture, 5.5.3).</summary>
sealed class ElfSymbol
{
    public const int Function = 2, SectionType = 3;

    public const ushort Absolute = 0xFFF1, Common = 0xFFF2;

    public required string Name { get; init; }

    public uint Value { get; set; }

    public uint Size { get; set; }

    /// <summary>Binding in the high four bits, type in the low four.</summary>
    public byte Info { get; init; }

    public byte Other { get; init; }

    /// <summary>Null: undefined, or special.</summary>
    public ElfSection? Section { get; set; }

    /// <summary>SHN_ABS or SHN_COMMON, else 0.</summary>
    public ushort Special { get; init; }

    public int Type => Info & 15;

    public bool IsLocal => Info >> 4 == 0;

    public bool IsUndefined => Section == null && Special == 0;
}

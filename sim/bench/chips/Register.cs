namespace SharpProbe.Sim.Chips;

/// <summary>
/// One modelled register. Bits outside <see cref="WriteMask"/> keep their value on a write and must be written as they are or as zero;
/// hooks give the side effects that the manual describes.
/// </summary>
public sealed class Register
{
    public required string Name { get; init; }
    public required uint Offset { get; init; }
    public uint Reset { get; init; }
    /// <summary>Bits that a read returns; the others read as zero.</summary>
    public uint ReadMask { get; init; } = uint.MaxValue;
    /// <summary>Bits that software can change by plain writing. 0 makes the register read only (writes are ignored) unless <see cref="OnWrite"/> is given.</summary>
    public uint WriteMask { get; init; } = uint.MaxValue;
    /// <summary>Allowed access widths in bytes, or-ed: 4, 4|2, 4|2|1.</summary>
    public int Widths { get; init; } = 4;
    /// <summary>Replaces the stored value on a read.</summary>
    public Func<uint>? OnRead { get; init; }
    /// <summary>Called with (old, written) after masking decided <see cref="Value"/>; may set <see cref="Value"/> itself (rc_w1, set and clear registers).</summary>
    public Action<uint, uint>? OnWrite { get; init; }
    public uint Value { get; set; }

    public bool this[int bit]
    {
        get => (Value >> bit & 1) != 0;
        set => Value = value ? Value | 1u << bit : Value & ~(1u << bit);
    }

    public uint Field(int low, int bits) => Value >> low & (uint)((1UL << bits) - 1);
}

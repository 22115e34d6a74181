namespace SharpProbe.Sim.Chips;

/// <summary>
/// One modelled register, described as data. Bits outside <see cref="WriteMask"/> keep their value on a write;
/// hooks give the side effects that the manual describes.
/// </summary>
public sealed class Register
{
    public required string Name { get; init; }
    /// <summary>Byte offset in the block.</summary>
    public required uint Offset { get; init; }
    public uint Reset { get; init; }
    /// <summary>Bits that a read returns; the others read as zero. 0: write only.</summary>
    public uint ReadMask { get; init; } = uint.MaxValue;
    /// <summary>Bits that software can change by plain writing. 0, without <see cref="ClearByOne"/> and <see cref="OnWrite"/>: read only, and a write, which silicon would ignore, stops the bench.</summary>
    public uint WriteMask { get; init; } = uint.MaxValue;
    /// <summary>Bits that a written one clears and a written zero keeps (rc_w1). Must lie outside <see cref="WriteMask"/>.</summary>
    public uint ClearByOne { get; init; }
    /// <summary>Bits that a read clears after it returned them (rc_r).</summary>
    public uint ClearByRead { get; init; }
    /// <summary>Allowed access widths in bytes, or-ed: 4, 4|2, 4|2|1.</summary>
    public int Widths { get; init; } = 4;
    /// <summary>Bits whose function is not modelled, by name: setting one stops the bench.</summary>
    public BitName[] Unmodelled { get; init; } = [];
    /// <summary>Bits that may change only while <see cref="LockedBy"/> returns null.</summary>
    public uint LockMask { get; init; }
    /// <summary>Says in words why <see cref="LockMask"/> may not change now ("UE = 1"), or null.</summary>
    public Func<string?>? LockedBy { get; init; }
    /// <summary>Replaces the stored value on a read.</summary>
    public Func<uint>? OnRead { get; init; }
    /// <summary>Called with (old, written) after masking decided <see cref="Value"/>; may set <see cref="Value"/> itself (set and clear registers).</summary>
    public Action<uint, uint>? OnWrite { get; init; }
    public uint Value { get; set; }

    public bool this[int bit]
    {
        get => (Value >> bit & 1) != 0;
        set => Value = value ? Value | 1u << bit : Value & ~(1u << bit);
    }

    public uint Field(int low, int bits) => Value >> low & (uint)((1UL << bits) - 1);

    /// <summary>Masks a write into <see cref="Value"/>, checks the rules that are data, and runs <see cref="OnWrite"/>.</summary>
    internal void Store(uint written, string block)
    {
        if (WriteMask == 0 && ClearByOne == 0 && OnWrite is null) throw new BenchStop($"{block}.{Name}: 0x{written:X8} written, but it is read only");
        uint old = Value;
        uint next = (old & ~WriteMask | written & WriteMask) & ~(written & ClearByOne);
        foreach (var bit in Unmodelled)
            if ((written & ~old & bit.Mask) != 0)
                throw new BenchStop($"{block}.{Name}: {bit.Name} set (0x{written:X8} written), which is not modelled");
        if (((old ^ next) & LockMask) != 0 && LockedBy?.Invoke() is { } reason)
            throw new BenchStop($"{block}.{Name}: bits 0x{(old ^ next) & LockMask:X8} changed while {reason}, which the manual forbids");
        Value = next;
        OnWrite?.Invoke(old, written);
    }
}

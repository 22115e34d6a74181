namespace SharpProbe.Sim.Chips.Sam;

/// <summary>A register of a <see cref="SamBlock"/>.</summary>
public sealed class SamRegister
{
    public required string Name { get; init; }
    public required uint Offset { get; init; }
    /// <summary>Bytes.</summary>
    public required int Size { get; init; }
    public uint Reset { get; init; }
    /// <summary>Bits that a write changes.</summary>
    public uint WriteMask { get; init; }
    /// <summary>Replaces the stored value on a read.</summary>
    public Func<uint>? OnRead { get; init; }
    /// <summary>Called with what was written; bytes that were not are zero.</summary>
    public Action<uint>? OnWrite { get; init; }
    public uint Value { get; set; }
}

namespace System;

public readonly struct UInt16 : IEquatable<ushort>, IComparable<ushort>
{
    public const ushort MinValue = 0;
    public const ushort MaxValue = 65535;

    private readonly ushort _value;

    public bool Equals(ushort other) => _value == other;
    public int GetHashCode() => _value;
    public int CompareTo(ushort other) => _value < other ? -1 : _value > other ? 1 : 0;
}

namespace System;

public readonly struct SByte : IEquatable<sbyte>, IComparable<sbyte>
{
    public const sbyte MinValue = -128;
    public const sbyte MaxValue = 127;

    private readonly sbyte _value;

    public bool Equals(sbyte other) => _value == other;
    public int GetHashCode() => _value;
    public int CompareTo(sbyte other) => _value < other ? -1 : _value > other ? 1 : 0;
}

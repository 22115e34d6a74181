namespace System;

public readonly struct Int32 : IEquatable<int>, IComparable<int>
{
    public const int MinValue = unchecked((int)0x80000000);
    public const int MaxValue = 0x7FFFFFFF;

    private readonly int _value;

    public bool Equals(int other) => _value == other;
    public int GetHashCode() => _value;
    public int CompareTo(int other) => _value < other ? -1 : _value > other ? 1 : 0;
}

namespace System;

public readonly struct Int64 : IEquatable<long>, IComparable<long>
{
    public const long MinValue = unchecked((long)0x8000000000000000);
    public const long MaxValue = 0x7FFFFFFFFFFFFFFF;

    private readonly long _value;

    public bool Equals(long other) => _value == other;
    public int GetHashCode() => (int)_value ^ (int)(_value >> 32);
    public int CompareTo(long other) => _value < other ? -1 : _value > other ? 1 : 0;
}

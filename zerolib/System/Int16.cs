namespace System;

public readonly struct Int16 : IEquatable<short>, IComparable<short>
{
    public const short MinValue = -32768;
    public const short MaxValue = 32767;

    private readonly short _value;

    public bool Equals(short other) => _value == other;
    public int GetHashCode() => _value;
    public int CompareTo(short other) => _value < other ? -1 : _value > other ? 1 : 0;
}

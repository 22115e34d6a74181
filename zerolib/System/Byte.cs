namespace System;

public readonly struct Byte : IEquatable<byte>, IComparable<byte>
{
    public const byte MinValue = 0;
    public const byte MaxValue = 255;

    private readonly byte _value;

    public bool Equals(byte other) => _value == other;
    public int GetHashCode() => _value;
    public int CompareTo(byte other) => _value < other ? -1 : _value > other ? 1 : 0;
}

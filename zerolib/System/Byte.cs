namespace System;

public readonly struct Byte : IEquatable<byte>, IComparable<byte>
{
    public const byte MinValue = 0;
    public const byte MaxValue = 255;

    private readonly byte _value;

    public bool Equals(byte other) => _value == other;
    public override bool Equals(object? other) => other is byte value && _value == value;
    public override int GetHashCode() => _value;
    public int CompareTo(byte other) => _value < other ? -1 : _value > other ? 1 : 0;
}

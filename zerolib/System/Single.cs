namespace System;

public readonly struct Single : IEquatable<float>, IComparable<float>
{
    public const float MaxValue = 3.40282346638528859e+38f;
    public const float MinValue = -3.40282346638528859e+38f;
    public const float Epsilon = 1.4e-45f;
    public const float PositiveInfinity = 1.0f / 0.0f;
    public const float NegativeInfinity = -1.0f / 0.0f;
    public const float NaN = 0.0f / 0.0f;

    private readonly float _value;

    public static bool IsNaN(float value) => value != value;
    public static bool IsInfinity(float value) => (BitConverter.SingleToInt32Bits(value) & 0x7FFFFFFF) == 0x7F800000;
    public static bool IsFinite(float value) => (BitConverter.SingleToInt32Bits(value) & 0x7FFFFFFF) < 0x7F800000;

    public bool Equals(float other) => _value == other || IsNaN(_value) && IsNaN(other);
    public int GetHashCode() => BitConverter.SingleToInt32Bits(_value);
    public int CompareTo(float other) => _value < other ? -1 : _value > other ? 1 : _value == other ? 0 : IsNaN(_value) ? IsNaN(other) ? 0 : -1 : 1;
}

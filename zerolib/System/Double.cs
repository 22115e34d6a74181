namespace System;

public readonly struct Double : IEquatable<double>, IComparable<double>
{
    public const double MaxValue = 1.7976931348623157E+308;
    public const double MinValue = -1.7976931348623157E+308;
    public const double Epsilon = 4.9406564584124654E-324;
    public const double PositiveInfinity = 1.0 / 0.0;
    public const double NegativeInfinity = -1.0 / 0.0;
    public const double NaN = 0.0 / 0.0;

    private readonly double _value;

    public static bool IsNaN(double value) => value != value;
    public static bool IsInfinity(double value) => (BitConverter.DoubleToInt64Bits(value) & 0x7FFFFFFFFFFFFFFF) == 0x7FF0000000000000;
    public static bool IsFinite(double value) => (BitConverter.DoubleToInt64Bits(value) & 0x7FFFFFFFFFFFFFFF) < 0x7FF0000000000000;

    public bool Equals(double other) => _value == other || IsNaN(_value) && IsNaN(other);
    public int GetHashCode() => BitConverter.DoubleToInt64Bits(_value).GetHashCode();
    public int CompareTo(double other) => _value < other ? -1 : _value > other ? 1 : _value == other ? 0 : IsNaN(_value) ? IsNaN(other) ? 0 : -1 : 1;
}

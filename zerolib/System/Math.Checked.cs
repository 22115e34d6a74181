using Internal.Runtime.CompilerHelpers;

namespace System;

/// <summary>What C#'s checked contexts call for 64-bit products and conversions from floating point. Overflow fails fast.</summary>
public static partial class Math
{
    internal static ulong MultiplyChecked(ulong left, ulong right)
    {
        if (left != 0 && right > ulong.MaxValue / left) ThrowHelpers.ThrowOverflowException();
        return left * right;
    }

    internal static long MultiplyChecked(long left, long right)
    {
        ulong magnitude = MultiplyChecked(Magnitude(left), Magnitude(right));
        bool negative = (left ^ right) < 0;
        if (magnitude > (negative ? 1UL << 63 : long.MaxValue)) ThrowHelpers.ThrowOverflowException();
        return negative ? -(long)magnitude : (long)magnitude;
    }

    internal static int ConvertToInt32Checked(double value)
    {
        if (!(value > int.MinValue - 1.0 && value < int.MaxValue + 1.0)) ThrowHelpers.ThrowOverflowException();
        return (int)value;
    }

    internal static uint ConvertToUInt32Checked(double value)
    {
        if (!(value > -1.0 && value < uint.MaxValue + 1.0)) ThrowHelpers.ThrowOverflowException();
        return (uint)value;
    }

    internal static long ConvertToInt64Checked(double value)
    {
        if (!(value >= -9223372036854775808.0 && value < 9223372036854775808.0)) ThrowHelpers.ThrowOverflowException();
        return (long)value;
    }

    internal static ulong ConvertToUInt64Checked(double value)
    {
        if (!(value > -1.0 && value < 18446744073709551616.0)) ThrowHelpers.ThrowOverflowException();
        return (ulong)value;
    }
}

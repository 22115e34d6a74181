using System;
using System.Runtime;

namespace Internal.Runtime;

/// <summary>C#'s % on floating point, exact: subtracts the divisor's multiples bit by bit, as long division does. Reached by symbol.</summary>
internal static class FloatRemainder
{
    [RuntimeExport("fmodf")]
    internal static float Single(float dividend, float divisor)
    {
        uint a = BitConverter.SingleToUInt32Bits(dividend), b = BitConverter.SingleToUInt32Bits(divisor);
        ulong result = Remainder(a & 0x7FFFFFFF, b & 0x7FFFFFFF, 23, 0xFF);
        return result == NotANumber ? float.NaN : BitConverter.UInt32BitsToSingle((uint)result | a & 0x8000_0000);
    }

    [RuntimeExport("fmod")]
    internal static double Double(double dividend, double divisor)
    {
        ulong a = BitConverter.DoubleToUInt64Bits(dividend), b = BitConverter.DoubleToUInt64Bits(divisor);
        ulong result = Remainder(a & ~(1UL << 63), b & ~(1UL << 63), 52, 0x7FF);
        return result == NotANumber ? double.NaN : BitConverter.UInt64BitsToDouble(result | a & 1UL << 63);
    }

    private const ulong NotANumber = ulong.MaxValue;

    /// <summary>|a| mod |b| on the bits of a format with so many fraction bits and this largest exponent.</summary>
    private static ulong Remainder(ulong a, ulong b, int fractionBits, int maxExponent)
    {
        ulong infinity = (ulong)(uint)maxExponent << fractionBits, implicitOne = 1UL << fractionBits;
        if (a >= infinity || b > infinity || b == 0) return NotANumber;
        if (a < b) return a;
        int exponentA = (int)(a >> fractionBits), exponentB = (int)(b >> fractionBits);
        ulong rest = Significand(a, exponentA, implicitOne), divisor = Significand(b, exponentB, implicitOne);
        int exponent = Math.Max(exponentA, 1), last = Math.Max(exponentB, 1);
        for (; exponent > last; exponent--)
        {
            if (rest >= divisor) rest -= divisor;
            rest <<= 1;
        }
        if (rest >= divisor) rest -= divisor;
        if (rest == 0) return 0;
        while (rest < implicitOne && exponent > 1)
        {
            rest <<= 1;
            exponent--;
        }
        return rest < implicitOne ? rest : rest - implicitOne + ((ulong)(uint)exponent << fractionBits);
    }

    private static ulong Significand(ulong bits, int exponent, ulong implicitOne) =>
        exponent == 0 ? bits : bits & implicitOne - 1 | implicitOne;
}

using System;
using System.Runtime;
using SharpProbe.Intrinsics;

namespace Internal.Runtime;

/// <summary>
/// Conversions between 64-bit integers and floating point: helpers of the 32-bit Arm code generator, reached by symbol. They work on the bits,
/// so they need no double-precision FPU. To floating point: round to nearest even (IEEE 754). To integers: truncate; out of range saturates, NaN is 0.
/// </summary>
internal static class FloatMath
{
    [RuntimeExport("RhpLng2Dbl")]
    internal static double Int64ToDouble(long value) =>
        BitConverter.UInt64BitsToDouble(value < 0 ? DoubleBits(0 - (ulong)value) | 1UL << 63 : DoubleBits((ulong)value));

    [RuntimeExport("RhpULng2Dbl")]
    internal static double UInt64ToDouble(ulong value) => BitConverter.UInt64BitsToDouble(DoubleBits(value));

    [RuntimeExport("RhpLng2Flt")]
    internal static float Int64ToSingle(long value) =>
        BitConverter.UInt32BitsToSingle(value < 0 ? SingleBits(0 - (ulong)value) | 1u << 31 : SingleBits((ulong)value));

    [RuntimeExport("RhpULng2Flt")]
    internal static float UInt64ToSingle(ulong value) => BitConverter.UInt32BitsToSingle(SingleBits(value));

    [RuntimeExport("RhpDbl2Lng")]
    internal static long DoubleToInt64(double value)
    {
        ulong bits = BitConverter.DoubleToUInt64Bits(value);
        bool negative = (long)bits < 0;
        ulong magnitude = Magnitude(bits);
        if (magnitude >= 1UL << 63) return IsNaN(bits) ? 0 : negative ? long.MinValue : long.MaxValue;
        return negative ? -(long)magnitude : (long)magnitude;
    }

    [RuntimeExport("RhpDbl2ULng")]
    internal static ulong DoubleToUInt64(double value)
    {
        ulong bits = BitConverter.DoubleToUInt64Bits(value);
        return IsNaN(bits) || (long)bits < 0 ? 0 : Magnitude(bits);
    }

    private static bool IsNaN(ulong bits) => bits << 1 > 0xFFE0_0000_0000_0000;

    /// <summary>|value| truncated; ulong.MaxValue from 2^64 on.</summary>
    private static ulong Magnitude(ulong bits)
    {
        int exponent = (int)(bits >> 52 & 0x7FF) - 1023;
        if (exponent < 0) return 0;
        if (exponent > 63) return ulong.MaxValue;
        ulong mantissa = bits & (1UL << 52) - 1 | 1UL << 52;
        return exponent >= 52 ? mantissa << (exponent - 52) : mantissa >> (52 - exponent);
    }

    private static int LeadingZeros(ulong value) =>
        (uint)(value >> 32) != 0 ? (int)Cpu.Clz((uint)(value >> 32)) : 32 + (int)Cpu.Clz((uint)value);

    private static ulong DoubleBits(ulong value)
    {
        if (value == 0) return 0;
        int zeros = LeadingZeros(value);
        ulong normal = value << zeros;                                   // leading one in bit 63: 52 bits follow it, 11 are rounded away
        ulong bits = ((ulong)(1023 + 63 - zeros - 1) << 52) + (normal >> 11);
        ulong rest = normal & 0x7FF;
        if (rest > 0x400 || rest == 0x400 && (bits & 1) != 0) bits++;    // a carry into the exponent is right
        return bits;
    }

    private static uint SingleBits(ulong value)
    {
        if (value == 0) return 0;
        int zeros = LeadingZeros(value);
        ulong normal = value << zeros;
        uint bits = ((uint)(127 + 63 - zeros - 1) << 23) + (uint)(normal >> 40);
        ulong rest = normal & 0xFF_FFFF_FFFF;
        if (rest > 0x80_0000_0000 || rest == 0x80_0000_0000 && (bits & 1) != 0) bits++;
        return bits;
    }
}

using System.Runtime.CompilerServices;

namespace System;

public static partial class Math
{
    public static int Min(int a, int b) => a < b ? a : b;
    public static uint Min(uint a, uint b) => a < b ? a : b;
    public static long Min(long a, long b) => a < b ? a : b;
    public static ulong Min(ulong a, ulong b) => a < b ? a : b;
    public static int Max(int a, int b) => a > b ? a : b;
    public static uint Max(uint a, uint b) => a > b ? a : b;
    public static long Max(long a, long b) => a > b ? a : b;
    public static ulong Max(ulong a, ulong b) => a > b ? a : b;

    /// <summary>|value|; MinValue, which has no positive twin, fails fast as .NET's overflow would.</summary>
    public static int Abs(int value)
    {
        if (value == int.MinValue) ThrowHelper.ArgumentOutOfRange();
        return value < 0 ? -value : value;
    }

    public static float Abs(float value) => BitConverter.Int32BitsToSingle(BitConverter.SingleToInt32Bits(value) & 0x7FFFFFFF);

    public static double Abs(double value) => BitConverter.Int64BitsToDouble(BitConverter.DoubleToInt64Bits(value) & 0x7FFFFFFFFFFFFFFF);

    public static int Clamp(int value, int min, int max) => value < min ? min : value > max ? max : value;
    public static uint Clamp(uint value, uint min, uint max) => value < min ? min : value > max ? max : value;

    public static int Sign(int value) => value < 0 ? -1 : value > 0 ? 1 : 0;

    public static (uint Quotient, uint Remainder) DivRem(uint left, uint right)
    {
        uint quotient = left / right;
        return (quotient, left - quotient * right);
    }

    public static (int Quotient, int Remainder) DivRem(int left, int right)
    {
        int quotient = left / right;
        return (quotient, left - quotient * right);
    }

    /// <summary>64-bit product.</summary>
    public static ulong BigMul(uint a, uint b) => (ulong)a * b;
}

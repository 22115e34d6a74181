using System.Numerics;

namespace SharpProbe.Sim.Fpu;

/// <summary>
/// The short way: operands and result well inside the normal range, rounding to nearest. There the host's IEEE arithmetic gives the same bits,
/// no flag but inexact can arise, and an error-free transformation tells inexact. Null means: take the long way.
/// </summary>
internal static class HostFloat
{
    public static uint? Add(uint a, uint b, ref uint fpscr) => Bits(Sum(Single(a), Single(b), ref fpscr, out bool ok), ok);
    public static ulong? Add(ulong a, ulong b, ref uint fpscr) => Bits(Sum(Double(a), Double(b), ref fpscr, out bool ok), ok);
    public static uint? Multiply(uint a, uint b, ref uint fpscr) => Bits(Product(Single(a), Single(b), ref fpscr, out bool ok), ok);
    public static ulong? Multiply(ulong a, ulong b, ref uint fpscr) => Bits(Product(Double(a), Double(b), ref fpscr, out bool ok), ok);
    public static uint? Divide(uint a, uint b, ref uint fpscr) => Bits(Quotient(Single(a), Single(b), ref fpscr, out bool ok), ok);
    public static ulong? Divide(ulong a, ulong b, ref uint fpscr) => Bits(Quotient(Double(a), Double(b), ref fpscr, out bool ok), ok);

    private static float Single(uint bits) => BitConverter.UInt32BitsToSingle(bits);
    private static double Double(ulong bits) => BitConverter.UInt64BitsToDouble(bits);
    private static uint? Bits(float value, bool ok) => ok ? BitConverter.SingleToUInt32Bits(value) : null;
    private static ulong? Bits(double value, bool ok) => ok ? BitConverter.DoubleToUInt64Bits(value) : null;

    private static T Sum<T>(T a, T b, ref uint fpscr, out bool ok) where T : struct, IBinaryFloatingPointIeee754<T>
    {
        T sum = a + b;
        ok = InRange(a) && InRange(b) && InRange(sum) && (fpscr & FloatUnit.RoundingMask) == 0;
        if (!ok) return sum;
        T bPart = sum - a;
        T error = (a - (sum - bPart)) + (b - bPart);   // Knuth's two-sum: exact
        if (error != T.Zero) fpscr |= FloatUnit.Inexact;
        return sum;
    }

    private static T Product<T>(T a, T b, ref uint fpscr, out bool ok) where T : struct, IBinaryFloatingPointIeee754<T>
    {
        T product = a * b;
        ok = InRange(a) && InRange(b) && InRange(product) && (fpscr & FloatUnit.RoundingMask) == 0;
        if (ok && T.FusedMultiplyAdd(a, b, -product) != T.Zero) fpscr |= FloatUnit.Inexact;
        return product;
    }

    private static T Quotient<T>(T a, T b, ref uint fpscr, out bool ok) where T : struct, IBinaryFloatingPointIeee754<T>
    {
        T quotient = a / b;
        ok = InRange(a) && InRange(b) && InRange(quotient) && (fpscr & FloatUnit.RoundingMask) == 0;
        if (ok && T.FusedMultiplyAdd(quotient, b, -a) != T.Zero) fpscr |= FloatUnit.Inexact;
        return quotient;
    }

    /// <summary>Between 2^-60 and 2^120 in magnitude: no intermediate of the checks above leaves the normal range, even of a single.</summary>
    private static bool InRange<T>(T value) where T : struct, IBinaryFloatingPointIeee754<T>
    {
        T magnitude = T.Abs(value);
        return magnitude >= Limits<T>.Least && magnitude <= Limits<T>.Most;
    }

    private static class Limits<T> where T : struct, IBinaryFloatingPointIeee754<T>
    {
        public static readonly T Least = T.ScaleB(T.One, -60);
        public static readonly T Most = T.ScaleB(T.One, 120);
    }
}

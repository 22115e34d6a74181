using System.Runtime;
using System.Runtime.CompilerServices;
using Internal.Runtime.CompilerHelpers;
using SharpProbe.Intrinsics;

namespace System;

/// <summary>
/// What C#'s / and % call. 32-bit division becomes SDIV or UDIV (and MLS) at the call site; a zero divisor raises UsageFault because start-up
/// sets CCR.DIV_0_TRP. int.MinValue / -1 is int.MinValue, where .NET would throw. 64-bit division is built on UDIV.
/// </summary>
public static partial class Math
{
    [RuntimeImport("*", "__intrinsic_sdiv"), MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern int DivInt32(int dividend, int divisor);

    [RuntimeImport("*", "__intrinsic_udiv"), MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern uint DivUInt32(uint dividend, uint divisor);

    [RuntimeImport("*", "__intrinsic_smod"), MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern int ModInt32(int dividend, int divisor);

    [RuntimeImport("*", "__intrinsic_umod"), MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern uint ModUInt32(uint dividend, uint divisor);

    internal static ulong DivUInt64(ulong dividend, ulong divisor) => Divide(dividend, divisor, out _);

    internal static ulong ModUInt64(ulong dividend, ulong divisor)
    {
        Divide(dividend, divisor, out ulong remainder);
        return remainder;
    }

    internal static long DivInt64(long dividend, long divisor)
    {
        ulong quotient = Divide(Magnitude(dividend), Magnitude(divisor), out _);
        return (dividend ^ divisor) < 0 ? -(long)quotient : (long)quotient;
    }

    internal static long ModInt64(long dividend, long divisor)
    {
        Divide(Magnitude(dividend), Magnitude(divisor), out ulong remainder);
        return dividend < 0 ? -(long)remainder : (long)remainder;
    }

    private static ulong Magnitude(long value) => value < 0 ? 0 - (ulong)value : (ulong)value;

    private static ulong Divide(ulong dividend, ulong divisor, out ulong remainder)
    {
        if (divisor == 0) ThrowHelpers.ThrowDivideByZeroException();
        if (dividend < divisor)
        {
            remainder = dividend;
            return 0;
        }
        ulong quotient = (uint)(divisor >> 32) == 0 ? DivideByWord(dividend, (uint)divisor) : DivideByLong(dividend, divisor);
        remainder = dividend - quotient * divisor;
        return quotient;
    }

    private static ulong DivideByWord(ulong dividend, uint divisor)
    {
        uint high = (uint)(dividend >> 32);
        if (high == 0) return (uint)dividend / divisor;
        uint quotientHigh = high / divisor;
        return (ulong)quotientHigh << 32 | DivideNarrow(high - quotientHigh * divisor, (uint)dividend, divisor);
    }

    /// <summary>A divisor above 32 bits: its 32 leading bits estimate a quotient that is at most one too large (Knuth, The Art of Computer Programming, 4.3.1).</summary>
    private static ulong DivideByLong(ulong dividend, ulong divisor)
    {
        int shift = (int)Cpu.Clz((uint)(divisor >> 32));
        uint leading = (uint)(divisor << shift >> 32);
        ulong half = dividend >> 1;
        uint estimate = DivideNarrow((uint)(half >> 32), (uint)half, leading);
        ulong quotient = (ulong)estimate << shift >> 31;
        if (quotient != 0) quotient--;
        if (dividend - quotient * divisor >= divisor) quotient++;
        return quotient;
    }

    /// <summary>(high, low) / divisor where high is below divisor, in two 16-bit digits (Knuth's algorithm D).</summary>
    private static uint DivideNarrow(uint high, uint low, uint divisor)
    {
        int shift = (int)Cpu.Clz(divisor);
        divisor <<= shift;
        if (shift != 0) high = high << shift | low >> (32 - shift);
        low <<= shift;
        uint first = Digit(high, low >> 16, divisor);
        uint rest = (high << 16 | low >> 16) - first * divisor;
        uint second = Digit(rest, low & 0xFFFF, divisor);
        return first << 16 | second;
    }

    /// <summary>One 16-bit quotient digit of (high, next) / divisor; the divisor's top bit is set.</summary>
    private static uint Digit(uint high, uint next, uint divisor)
    {
        uint top = divisor >> 16;
        uint digit = high / top;
        uint rest = high - digit * top;
        while (digit > 0xFFFF || digit * (divisor & 0xFFFF) > (rest << 16 | next))
        {
            digit--;
            rest += top;
            if (rest > 0xFFFF) break;
        }
        return digit;
    }
}

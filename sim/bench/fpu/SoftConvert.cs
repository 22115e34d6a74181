namespace SharpProbe.Sim.Fpu;

/// <summary>Conversions and rounding to integral values (FPToFixed, FixedToFP, FPRoundInt and the FPxToy functions).</summary>
internal static class SoftConvert
{
    /// <summary>The integer part of |value| * 2^<paramref name="scale"/> after rounding; saturates at 2^64 - 1.</summary>
    private static ulong RoundMagnitude(FloatValue value, int scale, RoundingMode mode, out bool inexact)
    {
        inexact = false;
        int places = 63 - (value.Exponent + scale);   // how many bits of the significand are fraction
        if (places < 0) return ulong.MaxValue;
        if (places > 66) places = 66;
        ulong kept = places < 64 ? value.Significand >> places : 0;
        UInt128 below = value.Significand - ((UInt128)kept << places);
        inexact = below != 0;
        int againstHalf = places == 0 ? -1 : below.CompareTo(UInt128.One << (places - 1));
        return SoftRound.RoundsUp(mode, value.Negative, kept, againstHalf, inexact) ? kept + 1 : kept;
    }

    public static uint ToFixed(ulong a, int size, int fractionBits, bool signed, RoundingMode mode, FloatFormat format, ref uint fpscr)
    {
        var x = FloatValue.Unpack(a, format, ref fpscr);
        long highest = signed ? (1L << (size - 1)) - 1 : (1L << size) - 1;
        long lowest = signed ? -(1L << (size - 1)) : 0;
        if (x.IsZero) return 0;
        if (!x.IsFinite)
        {
            fpscr |= FloatUnit.InvalidOperation;
            return x.IsNaN ? 0 : (uint)(x.Negative ? lowest : highest);
        }
        ulong magnitude = Math.Min(RoundMagnitude(x, fractionBits, mode, out bool inexact), 1ul << 62);
        long value = x.Negative ? -(long)magnitude : (long)magnitude;
        if (value > highest || value < lowest)
        {
            fpscr |= FloatUnit.InvalidOperation;
            return (uint)(value < 0 ? lowest : highest);
        }
        if (inexact) fpscr |= FloatUnit.Inexact;
        return (uint)value;
    }

    public static ulong FromFixed(uint raw, int size, int fractionBits, bool signed, RoundingMode mode, FloatFormat format, ref uint fpscr)
    {
        long value = (size, signed) switch
        {
            (16, true) => (short)raw,
            (16, false) => (ushort)raw,
            (_, true) => (int)raw,
            _ => raw,
        };
        return value == 0 ? 0 : SoftRound.Pack(value < 0, 127 - fractionBits, (UInt128)(ulong)Math.Abs(value), mode, format, ref fpscr);
    }

    public static ulong Between(ulong a, FloatFormat from, FloatFormat to, ref uint fpscr)
    {
        var x = FloatValue.Unpack(a, from, ref fpscr);
        bool alternative = to.ExponentBits == 5 && (fpscr & FloatUnit.AlternativeHalf) != 0;
        if (x.IsZero) return to.Zero(x.Negative);
        if (x.IsFinite) return SoftRound.Pack(x.Negative, x.Exponent, (UInt128)x.Significand << 64, to, ref fpscr);
        if (alternative)
        {
            // The alternative half format has neither NaNs nor infinities (A2.5.1).
            fpscr |= FloatUnit.InvalidOperation;
            return to.Zero(x.Negative) | (x.IsInfinity ? to.SignBit - 1 : 0);
        }
        if (x.IsInfinity) return to.Infinity(x.Negative);
        if (x.Kind == FloatKind.SignallingNaN) fpscr |= FloatUnit.InvalidOperation;
        if ((fpscr & FloatUnit.DefaultNaN) != 0) return to.DefaultNaN;
        ulong fraction = x.Raw & from.FractionMask;
        int widening = to.FractionBits - from.FractionBits;
        return to.Infinity(x.Negative) | to.QuietBit | (widening > 0 ? fraction << widening : fraction >> -widening);
    }

    public static ulong RoundToIntegral(ulong a, RoundingMode mode, bool exact, FloatFormat format, ref uint fpscr)
    {
        var x = FloatValue.Unpack(a, format, ref fpscr);
        if (x.IsNaN) return SoftNaN.Quieten(x, format, ref fpscr);
        if (!x.IsFinite || x.Exponent >= format.FractionBits) return x.Raw;
        ulong magnitude = RoundMagnitude(x, 0, mode, out bool inexact);
        if (inexact && exact) fpscr |= FloatUnit.Inexact;
        return magnitude == 0 ? format.Zero(x.Negative) : SoftRound.Pack(x.Negative, 127, magnitude, format, ref fpscr);
    }
}

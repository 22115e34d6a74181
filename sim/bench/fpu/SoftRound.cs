namespace SharpProbe.Sim.Fpu;

/// <summary>Rounding and packing of exact results (FPRound of the ARMv7-M ARM's pseudocode).</summary>
internal static class SoftRound
{
    /// <summary>Shifts right; ones that fall out are kept as the lowest bit, so that rounding still sees them.</summary>
    public static UInt128 ShiftRightSticky(UInt128 value, int count)
    {
        if (count == 0) return value;
        if (count > 127) return value == 0 ? 0u : 1u;
        UInt128 kept = value >> count;
        return kept << count == value ? kept : kept | 1;
    }

    /// <summary>Whether magnitude <paramref name="kept"/> grows by one, given what lies below it: its comparison with a half, and whether it is not zero.</summary>
    public static bool RoundsUp(RoundingMode mode, bool negative, ulong kept, int againstHalf, bool inexact) => mode switch
    {
        RoundingMode.NearestEven => againstHalf > 0 || againstHalf == 0 && (kept & 1) != 0,
        RoundingMode.NearestAway => againstHalf >= 0,
        RoundingMode.TowardsPlus => inexact && !negative,
        RoundingMode.TowardsMinus => inexact && negative,
        _ => false,
    };

    /// <summary>Packs ±<paramref name="significand"/> * 2^(<paramref name="exponent"/> - 127), rounded as FPSCR says. The significand is not zero.</summary>
    public static ulong Pack(bool negative, int exponent, UInt128 significand, FloatFormat format, ref uint fpscr) =>
        Pack(negative, exponent, significand, FloatUnit.RoundingOf(fpscr), format, ref fpscr);

    public static ulong Pack(bool negative, int exponent, UInt128 significand, RoundingMode mode, FloatFormat format, ref uint fpscr)
    {
        int lead = (int)UInt128.LeadingZeroCount(significand);
        exponent -= lead;
        ulong bits = (ulong)ShiftRightSticky(significand << lead, 64);
        bool half = format.ExponentBits == 5;
        bool tiny = exponent < format.MinExponent;
        if (tiny && !half && (fpscr & FloatUnit.FlushToZero) != 0)
        {
            fpscr |= FloatUnit.Underflow;   // and not inexact: A2.5.3, "Flush-to-zero"
            return format.Zero(negative);
        }

        int shift = 63 - format.FractionBits + (tiny ? format.MinExponent - exponent : 0);
        if (shift > 66) (bits, shift) = (1, 66);
        ulong kept = shift < 64 ? bits >> shift : 0;
        UInt128 below = bits - ((UInt128)kept << shift);
        bool inexact = below != 0;
        if (tiny && inexact) fpscr |= FloatUnit.Underflow;
        if (RoundsUp(mode, negative, kept, below.CompareTo(UInt128.One << (shift - 1)), inexact)) kept++;

        // The leading one of a normal number, or a carry out of the fraction, adds one to the exponent field.
        ulong field = tiny ? 0 : (ulong)(exponent - format.MinExponent);
        ulong magnitude = (field << format.FractionBits) + kept;
        int resultField = (int)Math.Min(magnitude >> format.FractionBits, (ulong)format.MaxField + 1);
        if (half && (fpscr & FloatUnit.AlternativeHalf) != 0)
        {
            if (resultField > format.MaxField)
            {
                fpscr |= FloatUnit.InvalidOperation;
                return format.SignBit * (negative ? 1u : 0) | (format.SignBit - 1);
            }
        }
        else if (resultField >= format.MaxField)
        {
            fpscr |= FloatUnit.Overflow | FloatUnit.Inexact;
            bool toInfinity = mode is RoundingMode.NearestEven
                || mode == RoundingMode.TowardsPlus && !negative || mode == RoundingMode.TowardsMinus && negative;
            return toInfinity ? format.Infinity(negative) : format.Largest(negative);
        }
        if (inexact) fpscr |= FloatUnit.Inexact;
        return format.Zero(negative) | magnitude;
    }
}

using System.Numerics;

namespace SharpProbe.Sim.Fpu;

/// <summary>An unpacked operand. A finite one is ±<see cref="Significand"/> * 2^(<see cref="Exponent"/> - 63) with bit 63 of the significand set.</summary>
internal readonly record struct FloatValue(FloatKind Kind, bool Negative, int Exponent, ulong Significand, ulong Raw)
{
    public bool IsNaN => Kind >= FloatKind.QuietNaN;
    public bool IsZero => Kind == FloatKind.Zero;
    public bool IsInfinity => Kind == FloatKind.Infinity;
    public bool IsFinite => Kind == FloatKind.Finite;

    /// <summary>FPUnpack: FPSCR.FZ makes zero of a denormal single or double and raises input denormal; halves keep theirs, and have no infinities or NaNs with AHP.</summary>
    public static FloatValue Unpack(ulong raw, FloatFormat format, ref uint fpscr)
    {
        bool negative = (raw & format.SignBit) != 0;
        ulong fraction = raw & format.FractionMask;
        int field = (int)(raw >> format.FractionBits) & format.MaxField;
        bool half = format.ExponentBits == 5;
        if (field == format.MaxField && !(half && (fpscr & FloatUnit.AlternativeHalf) != 0))
        {
            FloatKind kind = fraction == 0 ? FloatKind.Infinity
                : (raw & format.QuietBit) != 0 ? FloatKind.QuietNaN : FloatKind.SignallingNaN;
            return new(kind, negative, 0, 0, raw);
        }
        if (field != 0)
            return new(FloatKind.Finite, negative, field - format.Bias, 1ul << 63 | fraction << (63 - format.FractionBits), raw);
        if (fraction != 0 && !half && (fpscr & FloatUnit.FlushToZero) != 0)
        {
            fpscr |= FloatUnit.InputDenormal;
            fraction = 0;
        }
        if (fraction == 0) return new(FloatKind.Zero, negative, 0, 0, format.Zero(negative));
        int lead = BitOperations.LeadingZeroCount(fraction);
        return new(FloatKind.Finite, negative, format.MinExponent + 63 - lead - format.FractionBits, fraction << lead, raw);
    }

    public FloatValue Negate() => this with { Negative = !Negative };
}

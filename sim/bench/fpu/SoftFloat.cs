namespace SharpProbe.Sim.Fpu;

/// <summary>The operations on unpacked values, for any format. Each is exact until <see cref="SoftRound"/> rounds it once.</summary>
internal static class SoftFloat
{
    public static ulong Add(ulong a, ulong b, FloatFormat format, ref uint fpscr) =>
        Sum(FloatValue.Unpack(a, format, ref fpscr), FloatValue.Unpack(b, format, ref fpscr), false, format, ref fpscr);

    public static ulong Subtract(ulong a, ulong b, FloatFormat format, ref uint fpscr) =>
        Sum(FloatValue.Unpack(a, format, ref fpscr), FloatValue.Unpack(b, format, ref fpscr), true, format, ref fpscr);

    private static ulong Sum(FloatValue x, FloatValue y, bool subtract, FloatFormat format, ref uint fpscr)
    {
        if (x.IsNaN || y.IsNaN) return SoftNaN.Choose(format, ref fpscr, x, y);   // before the sign changes: a NaN keeps its own
        if (subtract) y = y.Negate();
        if (x.IsInfinity || y.IsInfinity)
        {
            if (x.IsInfinity && y.IsInfinity && x.Negative != y.Negative) return SoftNaN.Invalid(format, ref fpscr);
            return format.Infinity(x.IsInfinity ? x.Negative : y.Negative);
        }
        return SumFinite(x.Negative, x.Exponent, (UInt128)x.Significand << 64, y.Negative, y.Exponent, (UInt128)y.Significand << 64, format, ref fpscr);
    }

    /// <summary>Adds two values ±s * 2^(e-127), either of which may be zero.</summary>
    private static ulong SumFinite(bool xn, int xe, UInt128 xs, bool yn, int ye, UInt128 ys, FloatFormat format, ref uint fpscr)
    {
        if (xs == 0 && ys == 0)
            return format.Zero(xn == yn ? xn : FloatUnit.RoundingOf(fpscr) == RoundingMode.TowardsMinus);
        if (xs == 0) return SoftRound.Pack(yn, ye, ys, format, ref fpscr);
        if (ys == 0) return SoftRound.Pack(xn, xe, xs, format, ref fpscr);
        int exponent = Math.Max(xe, ye) + 1;
        xs = SoftRound.ShiftRightSticky(xs, exponent - xe);
        ys = SoftRound.ShiftRightSticky(ys, exponent - ye);
        if (xn == yn) return SoftRound.Pack(xn, exponent, xs + ys, format, ref fpscr);
        if (xs == ys) return format.Zero(FloatUnit.RoundingOf(fpscr) == RoundingMode.TowardsMinus);
        return xs > ys
            ? SoftRound.Pack(xn, exponent, xs - ys, format, ref fpscr)
            : SoftRound.Pack(yn, exponent, ys - xs, format, ref fpscr);
    }

    public static ulong Multiply(ulong a, ulong b, FloatFormat format, ref uint fpscr)
    {
        var x = FloatValue.Unpack(a, format, ref fpscr);
        var y = FloatValue.Unpack(b, format, ref fpscr);
        if (x.IsNaN || y.IsNaN) return SoftNaN.Choose(format, ref fpscr, x, y);
        bool negative = x.Negative != y.Negative;
        if (x.IsInfinity && y.IsZero || x.IsZero && y.IsInfinity) return SoftNaN.Invalid(format, ref fpscr);
        if (x.IsInfinity || y.IsInfinity) return format.Infinity(negative);
        if (x.IsZero || y.IsZero) return format.Zero(negative);
        return SoftRound.Pack(negative, x.Exponent + y.Exponent + 1, (UInt128)x.Significand * y.Significand, format, ref fpscr);
    }

    public static ulong Divide(ulong a, ulong b, FloatFormat format, ref uint fpscr)
    {
        var x = FloatValue.Unpack(a, format, ref fpscr);
        var y = FloatValue.Unpack(b, format, ref fpscr);
        if (x.IsNaN || y.IsNaN) return SoftNaN.Choose(format, ref fpscr, x, y);
        bool negative = x.Negative != y.Negative;
        if (x.IsInfinity && y.IsInfinity || x.IsZero && y.IsZero) return SoftNaN.Invalid(format, ref fpscr);
        if (x.IsInfinity || y.IsZero)
        {
            if (!x.IsInfinity) fpscr |= FloatUnit.DivideByZero;
            return format.Infinity(negative);
        }
        if (x.IsZero || y.IsInfinity) return format.Zero(negative);
        var (quotient, rest) = UInt128.DivRem((UInt128)x.Significand << 63, y.Significand);
        // quotient * 2^-63 is in (1/2, 2); two more places make room for the sticky bit.
        return SoftRound.Pack(negative, x.Exponent - y.Exponent + 62, quotient << 2 | (rest == 0 ? 0u : 1u), format, ref fpscr);
    }

    public static ulong SquareRoot(ulong a, FloatFormat format, ref uint fpscr)
    {
        var x = FloatValue.Unpack(a, format, ref fpscr);
        if (x.IsNaN) return SoftNaN.Quieten(x, format, ref fpscr);
        if (x.IsZero) return format.Zero(x.Negative);
        if (x.Negative) return SoftNaN.Invalid(format, ref fpscr);
        if (x.IsInfinity) return format.Infinity(false);
        bool odd = (x.Exponent & 1) != 0;
        UInt128 rest = (UInt128)x.Significand << (odd ? 64 : 63);   // a number in [1, 4), with 126 places
        UInt128 root = 0;
        for (UInt128 bit = UInt128.One << 126; bit != 0; bit >>= 2)
        {
            UInt128 trial = root + bit;
            root >>= 1;
            if (rest < trial) continue;
            rest -= trial;
            root += bit;
        }
        // root is in [1, 2) with 63 places.
        return SoftRound.Pack(false, (x.Exponent - (odd ? 1 : 0)) / 2 + 62, root << 2 | (rest == 0 ? 0u : 1u), format, ref fpscr);
    }

    /// <summary>Fused: addend + a * b, rounded once (FPMulAdd).</summary>
    public static ulong MultiplyAdd(ulong addend, ulong a, ulong b, FloatFormat format, ref uint fpscr)
    {
        var z = FloatValue.Unpack(addend, format, ref fpscr);
        var x = FloatValue.Unpack(a, format, ref fpscr);
        var y = FloatValue.Unpack(b, format, ref fpscr);
        bool invalidProduct = x.IsInfinity && y.IsZero || x.IsZero && y.IsInfinity;
        if (z.Kind == FloatKind.QuietNaN && invalidProduct) return SoftNaN.Invalid(format, ref fpscr);
        if (z.IsNaN || x.IsNaN || y.IsNaN) return SoftNaN.Choose(format, ref fpscr, z, x, y);
        bool negative = x.Negative != y.Negative;
        bool infiniteProduct = x.IsInfinity || y.IsInfinity;
        if (invalidProduct || infiniteProduct && z.IsInfinity && z.Negative != negative) return SoftNaN.Invalid(format, ref fpscr);
        if (z.IsInfinity) return format.Infinity(z.Negative);
        if (infiniteProduct) return format.Infinity(negative);
        return SumFinite(
            z.Negative, z.Exponent, (UInt128)z.Significand << 64,
            negative, x.Exponent + y.Exponent + 1, (UInt128)x.Significand * y.Significand, format, ref fpscr);
    }

    public static void Compare(ulong a, ulong b, bool signalling, FloatFormat format, ref uint fpscr)
    {
        var x = FloatValue.Unpack(a, format, ref fpscr);
        var y = FloatValue.Unpack(b, format, ref fpscr);
        uint nzcv;
        if (x.IsNaN || y.IsNaN)
        {
            nzcv = 0b0011;
            if (signalling || x.Kind == FloatKind.SignallingNaN || y.Kind == FloatKind.SignallingNaN) fpscr |= FloatUnit.InvalidOperation;
        }
        else
        {
            int order = Order(x, format).CompareTo(Order(y, format));
            nzcv = order == 0 ? 0b0110u : order < 0 ? 0b1000u : 0b0010u;
        }
        fpscr = fpscr & 0x0FFF_FFFF | nzcv << 28;
    }

    /// <summary>FPMaxNum and FPMinNum: a quiet NaN gives way to a number.</summary>
    public static ulong Extremum(ulong a, ulong b, bool minimum, FloatFormat format, ref uint fpscr)
    {
        var x = FloatValue.Unpack(a, format, ref fpscr);
        var y = FloatValue.Unpack(b, format, ref fpscr);
        if (x.Kind == FloatKind.QuietNaN && !y.IsNaN) return y.Raw;
        if (y.Kind == FloatKind.QuietNaN && !x.IsNaN) return x.Raw;
        if (x.IsNaN || y.IsNaN) return SoftNaN.Choose(format, ref fpscr, x, y);
        if (x.IsZero && y.IsZero) return format.Zero(minimum ? x.Negative || y.Negative : x.Negative && y.Negative);
        return Order(x, format) < Order(y, format) == minimum ? x.Raw : y.Raw;
    }

    /// <summary>A signed integer that orders like the value; both zeros are 0.</summary>
    private static long Order(FloatValue value, FloatFormat format)
    {
        long magnitude = (long)(value.Raw & ~format.SignBit);
        return value.Negative ? -magnitude : magnitude;
    }
}

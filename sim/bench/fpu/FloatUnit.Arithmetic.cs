namespace SharpProbe.Sim.Fpu;

public static partial class FloatUnit
{
    /// <summary>VADD.</summary>
    public static uint Add(uint a, uint b, ref uint fpscr) =>
        HostFloat.Add(a, b, ref fpscr) ?? (uint)SoftFloat.Add(a, b, FloatFormat.Single, ref fpscr);

    /// <summary>VADD.</summary>
    public static ulong Add(ulong a, ulong b, ref uint fpscr) =>
        HostFloat.Add(a, b, ref fpscr) ?? SoftFloat.Add(a, b, FloatFormat.Double, ref fpscr);

    /// <summary>VSUB.</summary>
    public static uint Subtract(uint a, uint b, ref uint fpscr) =>
        HostFloat.Add(a, Negate(b), ref fpscr) ?? (uint)SoftFloat.Subtract(a, b, FloatFormat.Single, ref fpscr);

    /// <summary>VSUB.</summary>
    public static ulong Subtract(ulong a, ulong b, ref uint fpscr) =>
        HostFloat.Add(a, Negate(b), ref fpscr) ?? SoftFloat.Subtract(a, b, FloatFormat.Double, ref fpscr);

    /// <summary>VMUL; VNMUL is its <see cref="Negate(uint)"/>.</summary>
    public static uint Multiply(uint a, uint b, ref uint fpscr) =>
        HostFloat.Multiply(a, b, ref fpscr) ?? (uint)SoftFloat.Multiply(a, b, FloatFormat.Single, ref fpscr);

    /// <summary>VMUL; VNMUL is its <see cref="Negate(ulong)"/>.</summary>
    public static ulong Multiply(ulong a, ulong b, ref uint fpscr) =>
        HostFloat.Multiply(a, b, ref fpscr) ?? SoftFloat.Multiply(a, b, FloatFormat.Double, ref fpscr);

    /// <summary>VDIV: a / b.</summary>
    public static uint Divide(uint a, uint b, ref uint fpscr) =>
        HostFloat.Divide(a, b, ref fpscr) ?? (uint)SoftFloat.Divide(a, b, FloatFormat.Single, ref fpscr);

    /// <summary>VDIV: a / b.</summary>
    public static ulong Divide(ulong a, ulong b, ref uint fpscr) =>
        HostFloat.Divide(a, b, ref fpscr) ?? SoftFloat.Divide(a, b, FloatFormat.Double, ref fpscr);

    /// <summary>VSQRT.</summary>
    public static uint SquareRoot(uint a, ref uint fpscr) => (uint)SoftFloat.SquareRoot(a, FloatFormat.Single, ref fpscr);

    /// <summary>VSQRT.</summary>
    public static ulong SquareRoot(ulong a, ref uint fpscr) => SoftFloat.SquareRoot(a, FloatFormat.Double, ref fpscr);

    /// <summary>
    /// ±d + (±n)*m with one rounding. VFMA: no negation; VFMS: n negated; VFNMS: d negated; VFNMA: both.
    /// </summary>
    public static uint Fused(uint d, uint n, uint m, bool negateD, bool negateN, ref uint fpscr) =>
        (uint)SoftFloat.MultiplyAdd(negateD ? Negate(d) : d, negateN ? Negate(n) : n, m, FloatFormat.Single, ref fpscr);

    /// <summary>The double form of <see cref="Fused(uint, uint, uint, bool, bool, ref uint)"/>.</summary>
    public static ulong Fused(ulong d, ulong n, ulong m, bool negateD, bool negateN, ref uint fpscr) =>
        SoftFloat.MultiplyAdd(negateD ? Negate(d) : d, negateN ? Negate(n) : n, m, FloatFormat.Double, ref fpscr);

    /// <summary>
    /// ±d + ±(n*m) with two roundings. VMLA: no negation; VMLS: product negated; VNMLS: d negated; VNMLA: both.
    /// </summary>
    public static uint MultiplyThenAdd(uint d, uint n, uint m, bool negateD, bool negateProduct, ref uint fpscr)
    {
        uint product = Multiply(n, m, ref fpscr);
        return Add(negateD ? Negate(d) : d, negateProduct ? Negate(product) : product, ref fpscr);
    }

    /// <summary>The double form of <see cref="MultiplyThenAdd(uint, uint, uint, bool, bool, ref uint)"/>.</summary>
    public static ulong MultiplyThenAdd(ulong d, ulong n, ulong m, bool negateD, bool negateProduct, ref uint fpscr)
    {
        ulong product = Multiply(n, m, ref fpscr);
        return Add(negateD ? Negate(d) : d, negateProduct ? Negate(product) : product, ref fpscr);
    }

    /// <summary>VCMP, and VCMPE when <paramref name="signalling"/>: sets N, Z, C, V of FPSCR.</summary>
    public static void Compare(uint a, uint b, bool signalling, ref uint fpscr) =>
        SoftFloat.Compare(a, b, signalling, FloatFormat.Single, ref fpscr);

    /// <summary>VCMP, and VCMPE when <paramref name="signalling"/>: sets N, Z, C, V of FPSCR.</summary>
    public static void Compare(ulong a, ulong b, bool signalling, ref uint fpscr) =>
        SoftFloat.Compare(a, b, signalling, FloatFormat.Double, ref fpscr);

    /// <summary>VMAXNM.</summary>
    public static uint MaxNumber(uint a, uint b, ref uint fpscr) => (uint)SoftFloat.Extremum(a, b, false, FloatFormat.Single, ref fpscr);

    /// <summary>VMAXNM.</summary>
    public static ulong MaxNumber(ulong a, ulong b, ref uint fpscr) => SoftFloat.Extremum(a, b, false, FloatFormat.Double, ref fpscr);

    /// <summary>VMINNM.</summary>
    public static uint MinNumber(uint a, uint b, ref uint fpscr) => (uint)SoftFloat.Extremum(a, b, true, FloatFormat.Single, ref fpscr);

    /// <summary>VMINNM.</summary>
    public static ulong MinNumber(ulong a, ulong b, ref uint fpscr) => SoftFloat.Extremum(a, b, true, FloatFormat.Double, ref fpscr);
}

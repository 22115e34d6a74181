namespace SharpProbe.Sim.Fpu;

public static partial class FloatUnit
{
    /// <summary>VCVT (towards zero), VCVTR (<see cref="RoundingOf"/>), VCVTA/N/P/M: single to a 32-bit integer, saturating.</summary>
    public static uint SingleToInteger(uint a, bool signed, RoundingMode mode, ref uint fpscr) =>
        SoftConvert.ToFixed(a, 32, 0, signed, mode, FloatFormat.Single, ref fpscr);

    /// <summary>The double form of <see cref="SingleToInteger"/>.</summary>
    public static uint DoubleToInteger(ulong a, bool signed, RoundingMode mode, ref uint fpscr) =>
        SoftConvert.ToFixed(a, 32, 0, signed, mode, FloatFormat.Double, ref fpscr);

    /// <summary>VCVT.F32.S32/U32, rounded as FPSCR says.</summary>
    public static uint SingleFromInteger(uint value, bool signed, ref uint fpscr) =>
        (uint)SoftConvert.FromFixed(value, 32, 0, signed, RoundingOf(fpscr), FloatFormat.Single, ref fpscr);

    /// <summary>VCVT.F64.S32/U32.</summary>
    public static ulong DoubleFromInteger(uint value, bool signed, ref uint fpscr) =>
        SoftConvert.FromFixed(value, 32, 0, signed, RoundingOf(fpscr), FloatFormat.Double, ref fpscr);

    /// <summary>VCVT to fixed point of <paramref name="size"/> 16 or 32 bits, towards zero, saturating; a 16-bit result comes sign or zero extended to 32 (a D register takes it extended to 64).</summary>
    public static uint SingleToFixed(uint a, int size, int fractionBits, bool signed, ref uint fpscr) =>
        SoftConvert.ToFixed(a, size, fractionBits, signed, RoundingMode.TowardsZero, FloatFormat.Single, ref fpscr);

    /// <summary>The double form of <see cref="SingleToFixed"/>.</summary>
    public static uint DoubleToFixed(ulong a, int size, int fractionBits, bool signed, ref uint fpscr) =>
        SoftConvert.ToFixed(a, size, fractionBits, signed, RoundingMode.TowardsZero, FloatFormat.Double, ref fpscr);

    /// <summary>VCVT from fixed point: the low <paramref name="size"/> bits of <paramref name="value"/>, always rounded to nearest.</summary>
    public static uint SingleFromFixed(uint value, int size, int fractionBits, bool signed, ref uint fpscr) =>
        (uint)SoftConvert.FromFixed(value, size, fractionBits, signed, RoundingMode.NearestEven, FloatFormat.Single, ref fpscr);

    /// <summary>The double form of <see cref="SingleFromFixed"/>.</summary>
    public static ulong DoubleFromFixed(uint value, int size, int fractionBits, bool signed, ref uint fpscr) =>
        SoftConvert.FromFixed(value, size, fractionBits, signed, RoundingMode.NearestEven, FloatFormat.Double, ref fpscr);

    /// <summary>VCVT.F64.F32.</summary>
    public static ulong SingleToDouble(uint a, ref uint fpscr) => SoftConvert.Between(a, FloatFormat.Single, FloatFormat.Double, ref fpscr);

    /// <summary>VCVT.F32.F64.</summary>
    public static uint DoubleToSingle(ulong a, ref uint fpscr) => (uint)SoftConvert.Between(a, FloatFormat.Double, FloatFormat.Single, ref fpscr);

    /// <summary>VCVTB/VCVTT.F32.F16.</summary>
    public static uint HalfToSingle(ushort a, ref uint fpscr) => (uint)SoftConvert.Between(a, FloatFormat.Half, FloatFormat.Single, ref fpscr);

    /// <summary>VCVTB/VCVTT.F16.F32.</summary>
    public static ushort SingleToHalf(uint a, ref uint fpscr) => (ushort)SoftConvert.Between(a, FloatFormat.Single, FloatFormat.Half, ref fpscr);

    /// <summary>VCVTB/VCVTT.F64.F16.</summary>
    public static ulong HalfToDouble(ushort a, ref uint fpscr) => SoftConvert.Between(a, FloatFormat.Half, FloatFormat.Double, ref fpscr);

    /// <summary>VCVTB/VCVTT.F16.F64.</summary>
    public static ushort DoubleToHalf(ulong a, ref uint fpscr) => (ushort)SoftConvert.Between(a, FloatFormat.Double, FloatFormat.Half, ref fpscr);

    /// <summary>VRINTA/N/P/M/Z with that mode, VRINTR with <see cref="RoundingOf"/>, VRINTX likewise and <paramref name="exact"/> (raises inexact).</summary>
    public static uint RoundToIntegral(uint a, RoundingMode mode, bool exact, ref uint fpscr) =>
        (uint)SoftConvert.RoundToIntegral(a, mode, exact, FloatFormat.Single, ref fpscr);

    /// <summary>The double form of <see cref="RoundToIntegral(uint, RoundingMode, bool, ref uint)"/>.</summary>
    public static ulong RoundToIntegral(ulong a, RoundingMode mode, bool exact, ref uint fpscr) =>
        SoftConvert.RoundToIntegral(a, mode, exact, FloatFormat.Double, ref fpscr);
}

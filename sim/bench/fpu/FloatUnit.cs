namespace SharpProbe.Sim.Fpu;

/// <summary>
/// The arithmetic of FPv5 (ARMv7-M ARM, DDI0403E, A2.5 and the FP functions of appendix D) on raw bits: uint is a single, ulong a double, ushort a half.
/// Every operation takes FPSCR by reference, obeys its rounding mode, FZ, DN and AHP, and sets the cumulative exception flags.
/// </summary>
public static partial class FloatUnit
{
    public const uint InvalidOperation = 1 << 0;
    public const uint DivideByZero = 1 << 1;
    public const uint Overflow = 1 << 2;
    public const uint Underflow = 1 << 3;
    public const uint Inexact = 1 << 4;
    public const uint InputDenormal = 1 << 7;
    public const uint RoundingMask = 3 << 22;
    public const uint FlushToZero = 1 << 24;
    public const uint DefaultNaN = 1 << 25;
    public const uint AlternativeHalf = 1 << 26;

    /// <summary>FPSCR bits that exist: NZCV, AHP, DN, FZ, RMode and the cumulative flags.</summary>
    public const uint StatusMask = 0xF7C0_009F;

    /// <summary>The rounding mode that FPSCR selects.</summary>
    public static RoundingMode RoundingOf(uint fpscr) => (RoundingMode)(fpscr >> 22 & 3);

    public static uint Negate(uint a) => a ^ 0x8000_0000;
    public static ulong Negate(ulong a) => a ^ 0x8000_0000_0000_0000;
    public static uint Absolute(uint a) => a & 0x7FFF_FFFF;
    public static ulong Absolute(ulong a) => a & 0x7FFF_FFFF_FFFF_FFFF;
}

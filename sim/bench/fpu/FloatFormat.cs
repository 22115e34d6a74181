namespace SharpProbe.Sim.Fpu;

/// <summary>An IEEE 754 binary interchange format as two field widths; raw values are right-aligned in 64 bits.</summary>
internal readonly record struct FloatFormat(int ExponentBits, int FractionBits)
{
    public static readonly FloatFormat Half = new(5, 10);
    public static readonly FloatFormat Single = new(8, 23);
    public static readonly FloatFormat Double = new(11, 52);

    public int MaxField => (1 << ExponentBits) - 1;
    public int Bias => MaxField >> 1;
    /// <summary>Exponent of the smallest normal number.</summary>
    public int MinExponent => 1 - Bias;
    public ulong FractionMask => (1ul << FractionBits) - 1;
    public ulong SignBit => 1ul << (ExponentBits + FractionBits);
    public ulong QuietBit => 1ul << (FractionBits - 1);
    public ulong DefaultNaN => Infinity(false) | QuietBit;

    public ulong Zero(bool negative) => negative ? SignBit : 0;
    public ulong Infinity(bool negative) => Zero(negative) | (ulong)MaxField << FractionBits;
    public ulong Largest(bool negative) => Infinity(negative) - 1;
}

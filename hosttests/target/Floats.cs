using System;
using static SharpProbe.SelfTest.Report;

namespace SharpProbe.SelfTest;

static class Floats
{
    internal static void Run()
    {
        Check(Opaque(1.5f) * Opaque(2f) == 3f, "float multiplication"u8);
        Check(Opaque(1f) / Opaque(3f) == 0.333333343f, "float division"u8);
        Check((int)Opaque(-2.7f) == -2, "float to int truncates"u8);
        Check((uint)Opaque(3e9f) == 3_000_000_000, "float to uint"u8);
        Check(float.IsNaN(Opaque(0f) / Opaque(0f)), "0/0 is NaN"u8);
        Check(float.IsInfinity(Opaque(1f) / Opaque(0f)), "1/0 is infinite"u8);
        Check((float)Opaque(16_777_217) == 16_777_216f, "int to float rounds to even"u8);
        Check((float)Opaque(1_125_899_906_842_624UL) == 1_125_899_906_842_624f, "ulong to float"u8);
        Check(Opaque(1.5) + Opaque(2.25) == 3.75, "double addition"u8);
        Check(Opaque(1.0) / Opaque(3.0) == 0.33333333333333331, "double division"u8);
        Check((long)Opaque(1e12) == 1_000_000_000_000L, "double to long"u8);
        Check((long)Opaque(-1e12) == -1_000_000_000_000L, "negative double to long"u8);
        Check((ulong)Opaque(1.8e19) == 18_000_000_000_000_000_000UL, "double to ulong"u8);
        Check((double)Opaque(1L << 40) == 1_099_511_627_776.0, "long to double"u8);
        Check((double)Opaque(9_007_199_254_740_993L) == 9_007_199_254_740_992.0, "long to double rounds to even"u8);
        Check((double)Opaque(ulong.MaxValue) == 18_446_744_073_709_551_616.0, "ulong to double carries into the exponent"u8);
        Check((float)Opaque(1.00000001) == 1f, "double to float"u8);
        Check(Opaque(-7.5f) % Opaque(2f) == -1.5f && Opaque(1e30f) % Opaque(7f) == 1f, "float remainder"u8);
        Check(Opaque(5.25) % Opaque(0.5) == 0.25 && double.IsNaN(Opaque(1.0) % Opaque(0.0)), "double remainder"u8);
        Check(BitConverter.SingleToUInt32Bits(Opaque(-0f)) == 0x8000_0000, "the bits of minus zero"u8);
    }
}

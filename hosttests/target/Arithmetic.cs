using static SharpProbe.SelfTest.Report;

namespace SharpProbe.SelfTest;

static class Arithmetic
{
    internal static void Run()
    {
        Check(Opaque(-7) / Opaque(2) == -3, "int division truncates"u8);
        Check(Opaque(-7) % Opaque(2) == -1, "int remainder has the dividend's sign"u8);
        Check(Opaque(0xFFFFFFFFu) / Opaque(3u) == 0x55555555, "uint division"u8);
        Check(Opaque(0xFFFFFFFFu) % Opaque(10u) == 5, "uint remainder"u8);
        Check(Opaque(int.MinValue) / Opaque(-1) == int.MinValue, "int.MinValue / -1 wraps"u8);
        Check(Opaque(1_000_000_000_000L) / Opaque(7L) == 142857142857L, "long division"u8);
        Check(Opaque(-1_000_000_000_001L) % Opaque(7L) == -2, "long remainder has the dividend's sign"u8);
        Check(Opaque(0xFFFFFFFFFFFFFFFFUL) / Opaque(0x1_0000_0001UL) == 0xFFFFFFFF, "ulong division by more than 32 bits"u8);
        Check(Opaque(0x8000_0000_0000_0000UL) / Opaque(0xFFFFFFFFUL) == 0x8000_0000, "ulong division by 32 bits"u8);
        Check(Opaque(0x8000_0000_0000_0000UL) % Opaque(0xFFFFFFFFUL) == 0x8000_0000, "ulong remainder"u8);
        Check(Opaque(123_456_789_012_345L) * Opaque(1000L) == 123_456_789_012_345_000L, "long multiplication"u8);
        Check(Opaque(1L) << Opaque(40) == 1_099_511_627_776L, "long shift left beyond 32"u8);
        Check(Opaque(3L) << Opaque(31) == 0x1_8000_0000L, "long shift left across the words"u8);
        Check(Opaque(-5L) >> Opaque(33) == -1, "long shift right keeps the sign"u8);
        Check(Opaque(1UL << 63) >> Opaque(63) == 1, "ulong shift right"u8);
        Check(Opaque(5L) << Opaque(64) == 5, "shift counts are taken modulo 64"u8);
        Check(Opaque(0x1_0000_0000L) - Opaque(1L) == 0xFFFFFFFF, "long borrow"u8);
        Check(checked(Opaque(1L << 40) * Opaque(-(1L << 22))) == -(1L << 62), "a checked product that fits"u8);
        Check(checked((uint)Opaque(4e9)) == 4_000_000_000, "a checked conversion that fits"u8);
        Check(Divisions() == 20_000, "20000 random 64-bit divisions restore their dividend"u8);
    }

    static int Divisions()
    {
        ulong seed = 88172645463325252;
        int good = 0;
        for (int i = 0; i < 20_000; i++)
        {
            ulong dividend = Next(ref seed), divisor = Next(ref seed) >> (i & 63);
            if (divisor == 0) divisor = 1;
            ulong quotient = dividend / divisor, remainder = dividend % divisor;
            if (remainder < divisor && quotient * divisor + remainder == dividend) good++;
        }
        return good;
    }

    /// <summary>xorshift64 (Marsaglia 2003).</summary>
    static ulong Next(ref ulong state)
    {
        state ^= state << 13;
        state ^= state >> 7;
        return state ^= state << 17;
    }
}

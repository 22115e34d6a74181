using SharpProbe.Sim.Fpu;

namespace SharpProbe.Tests.Fpu;

/// <summary>The long way (a rounding mode bit or the range keeps the short one out) against the host's own IEEE arithmetic, values only.</summary>
public class HostHardwareTests
{
    private const int Count = 200_000;
    private static readonly Random Random = new(2024);

    private static readonly uint[] Singles =
        [0, 0x80000000, 1, 0x007FFFFF, 0x00800000, 0x00800001, 0x3F800000, 0xBF800000, 0x7F7FFFFF, 0x7F800000, 0xFF800000, 0x4B800000, 0x34000000];

    private static uint Single() => Random.Next(4) == 0 ? Singles[Random.Next(Singles.Length)] : (uint)Random.NextInt64();

    private static ulong Double() => Random.Next(4) switch
    {
        0 => BitConverter.DoubleToUInt64Bits(BitConverter.UInt32BitsToSingle(Single())),
        1 => (ulong)Random.Next(4) << 52 | (ulong)Random.NextInt64() & 0x800F_FFFF_FFFF_FFFF,
        _ => (ulong)Random.NextInt64() ^ (ulong)Random.Next() << 40,
    };

    private static void Same(float expected, uint actual) =>
        Assert.True(float.IsNaN(expected) ? float.IsNaN(BitConverter.UInt32BitsToSingle(actual)) : BitConverter.SingleToUInt32Bits(expected) == actual,
            $"host {BitConverter.SingleToUInt32Bits(expected):X8}, unit {actual:X8}");

    private static void Same(double expected, ulong actual) =>
        Assert.True(double.IsNaN(expected) ? double.IsNaN(BitConverter.UInt64BitsToDouble(actual)) : BitConverter.DoubleToUInt64Bits(expected) == actual,
            $"host {BitConverter.DoubleToUInt64Bits(expected):X16}, unit {actual:X16}");

    [Fact]
    public void Singles_agree_with_the_host()
    {
        for (int i = 0; i < Count; i++)
        {
            uint status = 0, x = Single(), y = Single(), z = Single();
            float a = BitConverter.UInt32BitsToSingle(x), b = BitConverter.UInt32BitsToSingle(y), c = BitConverter.UInt32BitsToSingle(z);
            Same(a + b, FloatUnit.Add(x, y, ref status));
            Same(a - b, FloatUnit.Subtract(x, y, ref status));
            Same(a * b, FloatUnit.Multiply(x, y, ref status));
            Same(a / b, FloatUnit.Divide(x, y, ref status));
            Same(MathF.Sqrt(a), FloatUnit.SquareRoot(x, ref status));
            Same(MathF.FusedMultiplyAdd(a, b, c), FloatUnit.Fused(z, x, y, false, false, ref status));
            Same((double)a, FloatUnit.SingleToDouble(x, ref status));
            Same((float)(int)x, FloatUnit.SingleFromInteger(x, true, ref status));
            Same(MathF.Round(a), FloatUnit.RoundToIntegral(x, RoundingMode.NearestEven, false, ref status));
        }
    }

    [Fact]
    public void Doubles_agree_with_the_host()
    {
        for (int i = 0; i < Count; i++)
        {
            uint status = 0;
            ulong x = Double(), y = Double(), z = Double();
            double a = BitConverter.UInt64BitsToDouble(x), b = BitConverter.UInt64BitsToDouble(y), c = BitConverter.UInt64BitsToDouble(z);
            Same(a + b, FloatUnit.Add(x, y, ref status));
            Same(a - b, FloatUnit.Subtract(x, y, ref status));
            Same(a * b, FloatUnit.Multiply(x, y, ref status));
            Same(a / b, FloatUnit.Divide(x, y, ref status));
            Same(Math.Sqrt(a), FloatUnit.SquareRoot(x, ref status));
            Same(Math.FusedMultiplyAdd(a, b, c), FloatUnit.Fused(z, x, y, false, false, ref status));
            Same((float)a, FloatUnit.DoubleToSingle(x, ref status));
            Same(Math.Round(a), FloatUnit.RoundToIntegral(x, RoundingMode.NearestEven, false, ref status));
        }
    }

    [Fact]
    public void Halves_agree_with_the_host()
    {
        for (uint h = 0; h < 0x10000; h++)
        {
            uint status = 0;
            Same((float)BitConverter.UInt16BitsToHalf((ushort)h), FloatUnit.HalfToSingle((ushort)h, ref status));
            Same((double)BitConverter.UInt16BitsToHalf((ushort)h), FloatUnit.HalfToDouble((ushort)h, ref status));
        }
        for (int i = 0; i < Count; i++)
        {
            uint status = 0, x = Single();
            Half expected = (Half)BitConverter.UInt32BitsToSingle(x);
            ushort actual = FloatUnit.SingleToHalf(x, ref status);
            Assert.True(Half.IsNaN(expected) || BitConverter.HalfToUInt16Bits(expected) == actual, $"{x:X8}: unit {actual:X4}");
        }
    }

    [Fact]
    public void The_short_way_gives_the_same_bits_and_flags_as_the_long_way()
    {
        for (int i = 0; i < Count; i++)
        {
            uint x = (uint)Random.Next(0x30000000, 0x48000000), y = (uint)Random.Next(0x30000000, 0x48000000) | (uint)Random.Next(2) << 31;
            if (Random.Next(2) == 0) (x, y) = (x & 0xFFFFF000, y & 0xFFFFF000);
            uint fast = 0, slow = 0;
            Assert.Equal(SoftFloat.Add(x, y, FloatFormat.Single, ref slow), FloatUnit.Add(x, y, ref fast));
            Assert.Equal(slow, fast);
            fast = slow = 0;
            Assert.Equal(SoftFloat.Multiply(x, y, FloatFormat.Single, ref slow), FloatUnit.Multiply(x, y, ref fast));
            Assert.Equal(slow, fast);
            fast = slow = 0;
            Assert.Equal(SoftFloat.Divide(x, y, FloatFormat.Single, ref slow), FloatUnit.Divide(x, y, ref fast));
            Assert.Equal(slow, fast);
        }
    }
}

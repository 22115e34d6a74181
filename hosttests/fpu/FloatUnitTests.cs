using SharpProbe.Sim.Fpu;

namespace SharpProbe.Tests.Fpu;

public class FloatUnitTests
{
    private const uint Ioc = FloatUnit.InvalidOperation, Dzc = FloatUnit.DivideByZero, Ofc = FloatUnit.Overflow, Ufc = FloatUnit.Underflow,
        Ixc = FloatUnit.Inexact, Idc = FloatUnit.InputDenormal, Fz = FloatUnit.FlushToZero, Dn = FloatUnit.DefaultNaN, Ahp = FloatUnit.AlternativeHalf,
        TowardsPlus = 1 << 22, TowardsMinus = 2 << 22, TowardsZero = 3 << 22;

    [Theory]
    [InlineData(0x3F800000u, 0x33800000u, 0u, 0x3F800000u, Ixc)]             // 1 + 2^-24: a tie, to even
    [InlineData(0x3F800001u, 0x33800000u, 0u, 0x3F800002u, Ixc)]             // a tie, to even, upwards
    [InlineData(0x3F800000u, 0x00000001u, TowardsPlus, 0x3F800001u, Ixc)]    // the least denormal still rounds up
    [InlineData(0x7F7FFFFFu, 0x7F7FFFFFu, 0u, 0x7F800000u, Ofc | Ixc)]
    [InlineData(0x7F7FFFFFu, 0x7F7FFFFFu, TowardsZero, 0x7F7FFFFFu, Ofc | Ixc)]
    [InlineData(0xFF7FFFFFu, 0xFF7FFFFFu, TowardsPlus, 0xFF7FFFFFu, Ofc | Ixc)]
    [InlineData(0x3F800000u, 0xBF800000u, 0u, 0x00000000u, 0u)]
    [InlineData(0x3F800000u, 0xBF800000u, TowardsMinus, 0x80000000u, 0u)]    // x - x is -0 only when rounding down
    [InlineData(0x7F800000u, 0xFF800000u, 0u, 0x7FC00000u, Ioc)]
    [InlineData(0x7FC12345u, 0x7F812345u, 0u, 0x7FC12345u, Ioc)]             // the signalling one wins and turns quiet
    [InlineData(0xFFC00001u, 0x3F800000u, 0u, 0xFFC00001u, 0u)]
    [InlineData(0xFFC00001u, 0x3F800000u, Dn, 0x7FC00000u, 0u)]
    [InlineData(0x00000001u, 0x00000001u, 0u, 0x00000002u, 0u)]              // exact denormals raise nothing
    [InlineData(0x00000001u, 0x3F800000u, Fz, 0x3F800000u, Idc)]
    [InlineData(0x00800001u, 0x80800000u, Fz, 0x00000000u, Ufc)]             // flushed result: underflow without inexact
    public void Single_addition(uint a, uint b, uint mode, uint result, uint flags)
    {
        uint fpscr = mode;
        Assert.Equal((result, mode | flags), (FloatUnit.Add(a, b, ref fpscr), fpscr));
    }

    [Theory]
    [InlineData(0x00800000u, 0x3F000000u, 0u, 0x00400000u, 0u)]              // a denormal, exact: no underflow
    [InlineData(0x00800001u, 0x3F000000u, 0u, 0x00400000u, Ufc | Ixc)]
    [InlineData(0x00FFFFFFu, 0x3F000000u, 0u, 0x00800000u, Ufc | Ixc)]       // tininess is seen before rounding
    [InlineData(0x00000000u, 0x7F800000u, 0u, 0x7FC00000u, Ioc)]
    [InlineData(0x80000001u, 0x00000001u, 0u, 0x80000000u, Ufc | Ixc)]
    [InlineData(0x80000001u, 0x00000001u, TowardsMinus, 0x80000001u, Ufc | Ixc)]
    public void Single_multiplication(uint a, uint b, uint mode, uint result, uint flags)
    {
        uint fpscr = mode;
        Assert.Equal((result, mode | flags), (FloatUnit.Multiply(a, b, ref fpscr), fpscr));
    }

    [Theory]
    [InlineData(0x3F800000u, 0x80000000u, 0xFF800000u, Dzc)]
    [InlineData(0x7F800000u, 0x00000000u, 0x7F800000u, 0u)]                  // infinity by zero is no division by zero
    [InlineData(0x00000000u, 0x00000000u, 0x7FC00000u, Ioc)]
    [InlineData(0x3F800000u, 0x40400000u, 0x3EAAAAABu, Ixc)]
    public void Single_division(uint a, uint b, uint result, uint flags)
    {
        uint fpscr = 0;
        Assert.Equal((result, flags), (FloatUnit.Divide(a, b, ref fpscr), fpscr));
    }

    [Theory]
    [InlineData(0x80000000u, 0x80000000u, 0u)]
    [InlineData(0xBF800000u, 0x7FC00000u, Ioc)]
    [InlineData(0x40000000u, 0x3FB504F3u, Ixc)]
    [InlineData(0x40800000u, 0x40000000u, 0u)]
    public void Single_square_root(uint a, uint result, uint flags)
    {
        uint fpscr = 0;
        Assert.Equal((result, flags), (FloatUnit.SquareRoot(a, ref fpscr), fpscr));
    }

    [Fact]
    public void Fused_product_of_infinity_and_zero_is_invalid_even_with_a_quiet_NaN_addend()
    {
        uint fpscr = 0;
        Assert.Equal((0x7FC00000u, Ioc), (FloatUnit.Fused(0x7FC00123u, 0x7F800000u, 0u, false, false, ref fpscr), fpscr));
    }

    [Fact]
    public void Fused_keeps_the_low_half_of_the_product()
    {
        uint fpscr = 0;   // (1 + 2^-12)^2 - (1 + 2^-11) = 2^-24
        Assert.Equal((0x33800000u, 0u), (FloatUnit.Fused(0x3F801000u, 0x3F800800u, 0x3F800800u, true, false, ref fpscr), fpscr));
    }

    [Theory]
    [InlineData(0x7FC00000u, false, 0x30000000u)]
    [InlineData(0x7FC00000u, true, 0x30000000u | Ioc)]
    [InlineData(0x7F800001u, false, 0x30000000u | Ioc)]
    [InlineData(0x80000000u, false, 0x60000000u)]
    [InlineData(0x80000001u, false, 0x80000000u)]
    [InlineData(0x00000001u, false, 0x20000000u)]
    public void Comparison_with_zero(uint a, bool signalling, uint expected)
    {
        uint fpscr = 0xF0000000;
        FloatUnit.Compare(a, 0, signalling, ref fpscr);
        Assert.Equal(expected, fpscr);
    }

    [Theory]
    [InlineData(0x4F000000u, true, RoundingMode.TowardsZero, 0x7FFFFFFFu, Ioc)]    // 2^31 saturates
    [InlineData(0xCF000000u, true, RoundingMode.TowardsZero, 0x80000000u, 0u)]
    [InlineData(0xBF000000u, false, RoundingMode.TowardsZero, 0u, Ixc)]            // -0.5 is 0 after rounding: inexact, not invalid
    [InlineData(0xBF800000u, false, RoundingMode.TowardsZero, 0u, Ioc)]
    [InlineData(0x40200000u, true, RoundingMode.NearestEven, 2u, Ixc)]
    [InlineData(0x40200000u, true, RoundingMode.NearestAway, 3u, Ixc)]
    [InlineData(0xC0200000u, true, RoundingMode.TowardsMinus, 0xFFFFFFFDu, Ixc)]
    [InlineData(0x7FC00000u, true, RoundingMode.NearestEven, 0u, Ioc)]
    public void Single_to_integer(uint a, bool signed, RoundingMode mode, uint result, uint flags)
    {
        uint fpscr = 0;
        Assert.Equal((result, flags), (FloatUnit.SingleToInteger(a, signed, mode, ref fpscr), fpscr));
    }

    [Theory]
    [InlineData(0x477FF000u, 0u, 0x7C00, Ofc | Ixc)]      // 65520 rounds up to infinity
    [InlineData(0x477FEFFFu, 0u, 0x7BFF, Ixc)]
    [InlineData(0x477FF000u, Ahp, 0x7C00, Ixc)]           // where there are no infinities it is a number
    [InlineData(0x48000000u, Ahp, 0x7FFF, Ioc)]
    [InlineData(0x7FC00000u, Ahp, 0x0000, Ioc)]
    [InlineData(0xFF800000u, Ahp, 0xFFFF, Ioc)]
    [InlineData(0x33000000u, 0u, 0x0000, Ufc | Ixc)]      // half of the least denormal: a tie, to even
    [InlineData(0x33000000u, Fz, 0x0000, Ufc | Ixc)]
    public void Single_to_half(uint a, uint mode, int result, uint flags)
    {
        uint fpscr = mode;
        Assert.Equal((result, mode | flags), (FloatUnit.SingleToHalf(a, ref fpscr), fpscr));
    }

    [Theory]
    [InlineData(0x7FC00000u, 0x3F800000u, 0x3F800000u, 0u)]
    [InlineData(0x7F800001u, 0x3F800000u, 0x7FC00001u, Ioc)]
    [InlineData(0x80000000u, 0x00000000u, 0x00000000u, 0u)]
    [InlineData(0xC0000000u, 0xBF800000u, 0xBF800000u, 0u)]
    public void Greater_number(uint a, uint b, uint result, uint flags)
    {
        uint fpscr = 0;
        Assert.Equal((result, flags), (FloatUnit.MaxNumber(a, b, ref fpscr), fpscr));
    }

    [Theory]
    [InlineData(0xBF000000u, RoundingMode.NearestEven, false, 0x80000000u, 0u)]
    [InlineData(0xBF000000u, RoundingMode.NearestEven, true, 0x80000000u, Ixc)]
    [InlineData(0x3F000000u, RoundingMode.NearestAway, false, 0x3F800000u, 0u)]
    [InlineData(0x4B000001u, RoundingMode.TowardsZero, true, 0x4B000001u, 0u)]
    public void Rounding_to_an_integral_value(uint a, RoundingMode mode, bool exact, uint result, uint flags)
    {
        uint fpscr = 0;
        Assert.Equal((result, flags), (FloatUnit.RoundToIntegral(a, mode, exact, ref fpscr), fpscr));
    }
}

namespace SharpProbe.Tests.Firmware;

public class ByteWriterTests
{
    [Theory]
    [InlineData(0u, "0")]
    [InlineData(10u, "10")]
    [InlineData(uint.MaxValue, "4294967295")]
    public void Decimal_numbers_have_no_leading_zeros(uint value, string expected) =>
        Assert.Equal(expected, Text.Of((ref SharpProbe.Io.ByteWriter t) => t.WriteDecimal(value)));

    [Fact]
    public void Addresses_have_eight_digits() =>
        Assert.Equal("0x08000ABC", Text.Of((ref SharpProbe.Io.ByteWriter t) => t.WriteAddress(0x08000ABC)));

    [Fact]
    public void What_does_not_fit_is_cut_off() =>
        Assert.Equal("abc", Text.Of((ref SharpProbe.Io.ByteWriter t) => t.Write("abcdef"u8), room: 3));
}

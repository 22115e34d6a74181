using SharpProbe.Build.PostLink;

namespace SharpProbe.Tests.Build;

/// <summary>Encodings of moved instructions, against the examples of an assembler.</summary>
public class RewriterTests
{
    // arm-none-eabi-as: the same branches assembled at address 0 and read with objdump.
    [Theory]
    [InlineData(-4, 14, false, new ushort[] { 0xE7FE })]
    [InlineData(0, 14, false, new ushort[] { 0xE000 })]
    [InlineData(0x7FE, 14, false, new ushort[] { 0xE3FF })]
    [InlineData(-4, 0, false, new ushort[] { 0xD0FE })]
    [InlineData(-4, 14, true, new ushort[] { 0xF7FF, 0xBFFE })]
    [InlineData(0x1000, 14, true, new ushort[] { 0xF001, 0xB800 })]
    [InlineData(-4, 1, true, new ushort[] { 0xF47F, 0xAFFE })]
    [InlineData(0x1000, 1, true, new ushort[] { 0xF041, 0x8000 })]
    public void A_branch_is_encoded(int distance, int condition, bool wide, ushort[] expected) => Assert.Equal(expected, Thumb.Branch(distance, condition, wide));

    [Theory]
    [InlineData(-4, new ushort[] { 0xF7FF, 0xFFFE })]
    [InlineData(0x100000, new ushort[] { 0xF100, 0xF800 })]
    [InlineData(0x800000, new ushort[] { 0xF000, 0xD800 })]
    public void A_call_is_encoded(int distance, ushort[] expected) => Assert.Equal(expected, Thumb.Call(distance));

    [Fact]
    public void An_address_is_two_instructions() => Assert.Equal([0xF645, 0x2378, 0xF2C1, 0x2334], Thumb.Address(3, 0x12345A78));

    [Theory]
    [InlineData(0)]
    [InlineData(63)]
    [InlineData(-64)]
    [InlineData(64)]
    [InlineData(-65)]
    [InlineData(1_000_000)]
    public void A_signed_number_survives_LEB128(int value)
    {
        List<byte> bytes = [];
        Leb128.WriteSigned(bytes, value);
        int at = 0;
        Assert.Equal(value, Leb128.ReadSigned(bytes.ToArray(), ref at));
        Assert.Equal(bytes.Count, at);
    }
}

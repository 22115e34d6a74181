using System.Buffers.Binary;
using SharpProbe.App;
using SharpProbe.Build.PostLink;
using SharpProbe.Io;

namespace SharpProbe.Tests.Firmware;

public class SymbolTableTests
{
    private static readonly byte[] Two = Table((0x08000100, "A.First"), (0x08000200, "B.Second"));

    internal static byte[] Table(params (uint Address, string Name)[] symbols) =>
        SymbolSection.Table(symbols[0].Address, [.. symbols.Select(symbol => (symbol.Address - symbols[0].Address, symbol.Name))]);

    private static string Find(byte[] table, uint address) => Text.Of((ref ByteWriter text) => new SymbolTable(table).Find(address).Write(ref text));

    [Theory]
    [InlineData("Type.Method")]
    [InlineData("Type..ctor")]
    [InlineData("(core library)")]
    [InlineData("")]
    public void A_name_comes_back_as_the_build_put_it(string name) => Assert.Equal(name, Find(Table((0x100, "Type.First"), (0x200, name)), 0x200));

    [Theory]
    [InlineData(0x08000100u, "A.First")]
    [InlineData(0x080001FFu, "A.First")]
    [InlineData(0x08000200u, "B.Second")]
    [InlineData(0x09000000u, "B.Second")]
    [InlineData(0x080000FFu, "")]
    public void An_address_belongs_to_the_last_function_at_or_before_it(uint address, string name) => Assert.Equal(name, Find(Two, address));

    [Fact]
    public void An_absent_table_knows_nothing() => Assert.Equal("", Find([], 0x08000100));

    [Fact]
    public void A_count_that_the_table_cannot_hold_is_not_believed()
    {
        byte[] table = [.. Two];
        table[4] = 200;
        Assert.Equal("", Find(table, 0x08000100));
    }

    [Fact]
    public void A_name_outside_the_table_is_not_read()
    {
        byte[] table = [.. Two];
        BinaryPrimitives.WriteUInt32LittleEndian(table.AsSpan(8), 0x7FF0);
        Assert.Equal("", Find(table, 0x08000100));
    }

    [Fact]
    public void Whatever_the_table_holds_nothing_outside_it_is_read()
    {
        var random = new Random(1);
        for (int i = 0; i < 10_000; i++)
        {
            byte[] table = [.. Two];
            for (int changes = random.Next(1, 5); changes > 0; changes--) table[random.Next(table.Length)] = (byte)random.Next(256);
            Find(table[..random.Next(table.Length + 1)], 0x08000000 + (uint)random.Next(0x400));
        }
    }
}

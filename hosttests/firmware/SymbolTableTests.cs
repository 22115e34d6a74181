using SharpProbe.App;
using SharpProbe.Build.PostLink;
using SharpProbe.Io;

namespace SharpProbe.Tests.Firmware;

public class SymbolTableTests
{
    private static readonly byte[] Two = Table((0x08000100, "A.First"), (0x08000200, "B.Second"));

    internal static byte[] Table(params (uint Address, string Name)[] symbols) =>
        SymbolSection.Table(symbols[0].Address, [.. symbols.Select(symbol => (symbol.Address - symbols[0].Address, symbol.Name))]);

    private static string Find(byte[] table, uint address) => Text.Of((ref ByteWriter text) => text.Write(new SymbolTable(table).Find(address, new byte[SymbolTable.Room]).Text));

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
    public void A_name_that_the_table_does_not_end_is_not_believed() => Assert.Equal("", Find(Two[..^1], 0x08000200));

    [Fact]
    public void A_type_holds_for_the_names_behind_it_until_the_next()
    {
        byte[] table = Table((0x100, "A.First"), (0x200, "A.Second"), (0x300, "Longer..ctor"), (0x400, "alone"), (0x500, "A.Third"));
        Assert.Equal(["A.First", "A.Second", "Longer..ctor", "alone", "A.Third"], new uint[] { 0x100, 0x200, 0x300, 0x400, 0x500 }.Select(address => Find(table, address)));
    }

    [Fact]
    public void A_name_of_any_length_is_read_up_to_64_letters() =>
        Assert.Equal("Type." + new string('m', 59), Find(Table((0x100, new string('t', 60) + ".First"), (0x200, "Type." + new string('m', 200))), 0x200));

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

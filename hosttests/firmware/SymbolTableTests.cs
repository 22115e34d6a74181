using System.Buffers.Binary;
using System.Text;
using SharpProbe.App;

namespace SharpProbe.Tests.Firmware;

public class SymbolTableTests
{
    private static readonly byte[] Two = Table((0x08000100, "A.First"), (0x08000200, "B.Second"));

    internal static byte[] Table(params (uint Address, string Name)[] symbols)
    {
        var table = new byte[4 + symbols.Length * 8];
        BinaryPrimitives.WriteInt32LittleEndian(table, symbols.Length);
        var names = new List<byte>();
        for (int i = 0; i < symbols.Length; i++)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(table.AsSpan(4 + i * 8), symbols[i].Address);
            BinaryPrimitives.WriteInt32LittleEndian(table.AsSpan(8 + i * 8), table.Length + names.Count);
            names.AddRange(Encoding.ASCII.GetBytes(symbols[i].Name + "\0"));
        }
        return [.. table, .. names];
    }

    private static string Find(byte[] table, uint address) => Encoding.ASCII.GetString(new SymbolTable(table).Find(address));

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
        table[0] = 200;
        Assert.Equal("", Find(table, 0x08000100));
    }

    [Fact]
    public void A_name_outside_the_table_is_not_read()
    {
        byte[] table = [.. Two];
        BinaryPrimitives.WriteUInt32LittleEndian(table.AsSpan(8), 0xFFFF_FFF0);
        Assert.Equal("", Find(table, 0x08000100));
    }
}

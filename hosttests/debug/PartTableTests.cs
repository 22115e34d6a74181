using System.Text;
using SharpProbe.Target;

namespace SharpProbe.Tests.Debugging;

public class PartTableTests
{
    private static ReadOnlySpan<byte> Rows => "x410 - G 64 first part\nxABCD 12 - 1024 second\n"u8;

    [Fact]
    public void Columns_are_decimal_hexadecimal_nothing_or_a_letter()
    {
        PartRow row = PartTable.Row(Rows, 0);
        Assert.Equal((0x410u, 0u, (uint)'G', 64u), (row[0], row[1], row[2], row[3]));
        Assert.Equal("first part", Encoding.ASCII.GetString(row.From(4)));
    }

    [Fact]
    public void A_row_is_found_again_by_its_number()
    {
        var table = new PartTable(Rows);
        while (table.TryTake(out PartRow row) && row[0] != 0xABCD) { }
        Assert.Equal(1, table.Index);
        Assert.Equal("second", Encoding.ASCII.GetString(PartTable.Row(Rows, 1).From(4)));
        Assert.False(table.TryTake(out _));
    }
}

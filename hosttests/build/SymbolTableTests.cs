using SharpProbe.App;
using SharpProbe.Build.Elf;
using SharpProbe.Io;
using SharpProbe.Tests.Firmware;

namespace SharpProbe.Tests.Build;

/// <summary>Section .symbols of a built image: what a crash report reads.</summary>
public class SymbolTableTests(BuiltImage image) : IClassFixture<BuiltImage>
{
    [Fact]
    public void Entries_are_sorted_by_address()
    {
        List<(uint Address, string Name)> entries = Entries();
        Assert.Equal(entries.Select(entry => entry.Address).Order(), entries.Select(entry => entry.Address));
    }

    [Fact]
    public void An_exported_method_has_its_CSharp_name_at_its_address()
    {
        uint address = ElfObject.Read(image.Elf).Symbols.First(symbol => symbol.Name == "site_clz").Value & ~1u;
        Assert.Equal("IntrinsicSites.Clz", Entries().Last(entry => entry.Address <= address).Name);
    }

    [Fact]
    public void The_table_ends_with_an_empty_name_after_the_last_function() => Assert.Equal("", Entries()[^1].Name);

    [Fact]
    public void A_function_of_the_core_library_that_nothing_calls_is_not_in_the_image() =>
        Assert.DoesNotContain(ElfObject.Read(image.Elf).Symbols, symbol => symbol.Name == "RhpDbl2Lng");

    /// <summary>Every entry, by the reader that a crash report uses.</summary>
    private List<(uint Address, string Name)> Entries()
    {
        byte[] table = ElfObject.Read(image.Elf).Section(".symbols")!.Data;
        uint code = BitConverter.ToUInt32(table);
        IEnumerable<uint> addresses = Enumerable.Range(0, BitConverter.ToInt32(table, 4)).Select(i => code + (BitConverter.ToUInt32(table, 8 + i * 4) >> 15 << 1));
        return [.. addresses.Select(address => (address, Text.Of((ref ByteWriter text) => new SymbolTable(table).Find(address).Write(ref text))))];
    }
}

using SharpProbe.App;
using SharpProbe.Build.Elf;
using SharpProbe.Io;
using SharpProbe.Tests.Firmware;

namespace SharpProbe.Tests.Build;

/// <summary>Section .symbols of a built image: what a crash report reads.</summary>
public class SymbolTableTests(BuiltImage image) : IClassFixture<BuiltImage>
{
    [Fact]
    public void An_exported_method_has_its_CSharp_name_at_its_address() => Assert.Equal("IntrinsicSites.Clz", Name(Address("site_clz")));

    [Fact]
    public void Every_function_of_the_program_has_its_type_and_method()
    {
        IEnumerable<string> wrong = ElfObject.Read(image.Elf).Symbols.Where(symbol => symbol.Type == ElfSymbol.Function && symbol.Name.StartsWith("app_IntrinsicSites__", StringComparison.Ordinal))
            .Where(symbol => Name(symbol.Value & ~1u) is var name && !name.StartsWith("IntrinsicSites.", StringComparison.Ordinal)).Select(symbol => symbol.Name);
        Assert.Empty(wrong);
    }

    [Fact]
    public void Nothing_behind_the_last_function_has_a_name() => Assert.Equal("", Name(Address("__code_end")));

    [Fact]
    public void A_function_of_the_core_library_that_nothing_calls_is_not_in_the_image() =>
        Assert.DoesNotContain(ElfObject.Read(image.Elf).Symbols, symbol => symbol.Name == "RhpDbl2Lng");

    private uint Address(string symbol) => ElfObject.Read(image.Elf).Symbols.First(candidate => candidate.Name == symbol).Value & ~1u;

    /// <summary>By the reader that a crash report uses.</summary>
    private string Name(uint address)
    {
        byte[] table = ElfObject.Read(image.Elf).Section(".symbols")!.Data;
        return Text.Of((ref ByteWriter text) => text.Write(new SymbolTable(table).Find(address, new byte[SymbolTable.Room]).Text));
    }
}

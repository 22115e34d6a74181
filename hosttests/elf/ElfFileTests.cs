using SharpProbe.Sim.Elf;

namespace SharpProbe.Tests.Elf;

public class ElfFileTests
{
    private const string Source = """
        .global Reset_Handler
        .type Reset_Handler, %function
        Reset_Handler:
            movs r0, #1
            b .
        """;

    [Fact]
    public void A_segment_has_its_load_address_and_bytes()
    {
        var segment = Assert.Single(Assembled.Elf(Source, 0x0800_4000).Segments, s => s.Physical <= 0x0800_4000 && s.Physical + s.Data.Length > 0x0800_4000);
        Assert.Equal([0x01, 0x20, 0xFE, 0xE7], segment.Data.Span[(int)(0x0800_4000 - segment.Physical)..][..4].ToArray());
    }

    [Fact]
    public void A_thumb_function_has_no_bit_0_in_its_address() => Assert.Equal(0x0800_0000u, Assembled.Elf(Source).AddressOf("Reset_Handler"));

    [Fact]
    public void A_file_cut_short_anywhere_is_refused_or_read_but_never_runs_out_of_its_bytes()
    {
        byte[] whole = File.ReadAllBytes(Assembled.File(Source, options: "-g"));
        for (int length = 0; length < whole.Length; length += 7)
            try
            {
                _ = new SymbolMap(ElfFile.Parse(whole.AsMemory(0, length)));
            }
            catch (InvalidDataException) { }
    }

    [Fact]
    public void A_file_for_another_machine_is_refused_by_name()
    {
        byte[] whole = File.ReadAllBytes(Assembled.File(Source));
        whole[18] = 62;
        Assert.Contains("machine 62", Assert.Throws<InvalidDataException>(() => ElfFile.Parse(whole)).Message);
    }

    [Fact]
    public void Damaged_debug_information_leaves_the_symbol_names()
    {
        byte[] whole = File.ReadAllBytes(Assembled.File(Source, options: "-g"));
        byte[] lines = ElfFile.Parse(whole).Section(".debug_line").ToArray();
        int at = whole.AsSpan().IndexOf(lines);
        whole.AsSpan(at, 4).Fill(0x7F);
        var map = new SymbolMap(ElfFile.Parse(whole));
        Assert.Contains("not readable", map.Warning);
        Assert.Equal("Reset_Handler", map.Function(0x0800_0000)?.Name);
    }
}

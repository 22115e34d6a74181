using System.Text.RegularExpressions;
using SharpProbe.Sim.Targets;
using SharpProbe.Target;
using static SharpProbe.Tests.Debugging.BenchTarget;

namespace SharpProbe.Tests.Debugging;

public class FlashTests
{
    private const uint Page = 1024;

    private static BenchTarget Empty(TargetKind kind = TargetKind.Genuine) => new BenchTarget(kind, 0xE7FE).Attached();

    private static byte[] Noise(int length, int seed = 1)
    {
        var data = new byte[length];
        new Random(seed).NextBytes(data);
        return data;
    }

    private static void Load(BenchTarget bench, uint address, byte[] data, int chunk = 4000)
    {
        Succeeds(bench.Core.FlashErase(address, (uint)data.Length));
        for (int i = 0; i < data.Length; i += chunk) Succeeds(bench.Core.FlashWrite(address + (uint)i, data.AsSpan(i, Math.Min(chunk, data.Length - i))));
        Succeeds(bench.Core.FlashDone());
    }

    [Theory]
    [InlineData(TargetKind.Genuine, 52.5, 20)]
    [InlineData(TargetKind.Clone, 10, 2)]
    public void What_is_loaded_is_there_and_takes_little_more_than_the_flash_needs(TargetKind kind, double halfword, double erase)
    {
        var bench = Empty(kind);
        byte[] data = Noise(20_000);
        double start = bench.Milliseconds;
        Load(bench, Flash, data);
        double took = bench.Milliseconds - start, limit = 20 * erase + 10_000 * halfword / 1000;
        Assert.Equal(data, bench.Read(Flash, data.Length));
        Assert.InRange(took, limit, limit * 1.04);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(517)]
    public void Pieces_of_odd_length_are_put_together(int chunk)
    {
        var bench = Empty(TargetKind.Clone);
        byte[] data = Noise(1033);
        Load(bench, Flash + 3, data, chunk);
        Assert.Equal((byte[])[0xFF, .. data, 0xFF], bench.Read(Flash + 2, data.Length + 2));
    }

    [Fact]
    public void Erasing_and_writing_return_before_the_flash_is_ready()
    {
        var bench = Empty();
        double start = bench.Milliseconds;
        Succeeds(bench.Core.FlashErase(Flash, 10 * Page));
        Succeeds(bench.Core.FlashWrite(Flash, Noise(2000)));
        Assert.InRange(bench.Milliseconds - start, 0, 1);
        Succeeds(bench.Core.FlashDone());
        Assert.Equal(Noise(2000), bench.Read(Flash, 2000));
    }

    [Fact]
    public void One_slice_of_work_takes_about_a_millisecond()
    {
        var bench = Empty();
        Succeeds(bench.Core.FlashErase(Flash, 2 * Page));
        Succeeds(bench.Core.FlashWrite(Flash, Noise(2048)));
        double longest = 0;
        for (int i = 0; i < 2000; i++)
        {
            double start = bench.Milliseconds;
            bench.Core.Work();
            longest = Math.Max(longest, bench.Milliseconds - start);
            bench.Pass(100);
        }
        Assert.InRange(longest, 0.3, 1.1);
        Succeeds(bench.Core.FlashDone());
        Assert.Equal(Noise(2048), bench.Read(Flash, 2048));
    }

    [Fact]
    public void Flash_that_was_not_erased_is_told_with_its_address()
    {
        var bench = Empty();
        Load(bench, Flash, Noise(1024));
        byte[] blank = new byte[600];
        blank.AsSpan().Fill(0xFF);
        blank[501] = 0x12;
        Succeeds(bench.Core.FlashWrite(Flash, blank));
        Assert.Equal("flash not erased at 0x080001F4", Words(bench.Core.FlashDone()));
        Assert.Equal("no error", Words(bench.Core.FlashDone()));
        Load(bench, Flash, Noise(1024, 2));
        Assert.Equal(Noise(1024, 2), bench.Read(Flash, 1024));
    }

    [Fact]
    public void A_failure_in_the_background_is_told_by_the_next_call()
    {
        var bench = Empty();
        Load(bench, Flash, new byte[1024]);
        Succeeds(bench.Core.FlashWrite(Flash, Noise(1024)));
        for (int i = 0; i < 5; i++) bench.Core.Work();
        Assert.StartsWith("flash not erased at 0x080000", Words(bench.Core.FlashWrite(Flash + 1024, Noise(1024))));
    }

    [Theory]
    [InlineData(0x0800_FC00u, 0x800u, "0x08010000 is not in flash")]
    [InlineData(0x2000_0000u, 4u, "0x20000000 is not in flash")]
    [InlineData(0xFFFF_FFF0u, 0x20u, "0xFFFFFFF0 is not in flash")]
    public void What_is_not_flash_is_refused(uint address, uint length, string words)
    {
        var bench = Empty();
        Assert.Equal(words, Words(bench.Core.FlashErase(address, length)));
        Assert.Equal(words, Words(bench.Core.FlashWrite(address, new byte[length])));
    }

    [Fact]
    public void A_running_core_is_not_programmed()
    {
        var bench = Empty();
        Succeeds(bench.Core.Resume());
        Assert.Equal("target is running", Words(bench.Core.FlashErase(Flash, Page)));
    }

    [Fact]
    public void Running_comes_after_what_is_queued()
    {
        var bench = Empty();
        Succeeds(bench.Core.FlashErase(Flash + 4 * Page, Page));
        Succeeds(bench.Core.FlashWrite(Flash + 4 * Page, [0xFE, 0xE7, 0x11]));
        Succeeds(bench.Core.Resume());
        Assert.True(bench.Chip.Read(Flash + 4 * Page, 4, out uint word, out _));
        Assert.Equal(0xFF11_E7FEu, word);
    }

    [Fact]
    public void Mass_erase_leaves_nothing()
    {
        var bench = Empty();
        Load(bench, Flash + 0x8000, Noise(2000));
        Assert.Equal("", bench.Monitor("erase_mass"));
        Assert.All(bench.Read(Flash, 0x10000), b => Assert.Equal(0xFF, b));
    }

    [Fact]
    public void Erase_range_erases_the_pages_it_touches()
    {
        var bench = Empty();
        Load(bench, Flash, Noise(4096));
        Assert.Equal("", bench.Monitor("erase_range 0x080007FF 2"));
        byte[] expected = Noise(4096);
        expected.AsSpan(1024, 2048).Fill(0xFF);
        Assert.Equal(expected, bench.Read(Flash, 4096));
    }

    [Fact]
    public void The_unique_id_has_96_bits() => Assert.Matches(new Regex("^[0-9A-F]{24}\n$"), Empty().Monitor("uid"));

    [Fact]
    public void An_option_byte_is_written_and_the_others_stay()
    {
        var bench = Empty();
        Assert.Contains("0x1FFFF804: 0x00FF Data0\n", bench.Monitor("option show").Replace("0xFFFF Data0", "0x00FF Data0"));
        string written = bench.Monitor("option 0x1FFFF804 0x5A");
        Assert.Contains("0x1FFFF804: 0xA55A Data0\n", written);
        Assert.Contains("0x1FFFF800: 0x5AA5 RDP\n", written);
        Assert.Contains("0x1FFFF806: ", bench.Monitor("option 0x1FFFF806 0x12"));
        Assert.Contains("0x1FFFF804: 0xA55A Data0\n", bench.Monitor("option"));
    }

    [Fact]
    public void A_protected_page_is_told_and_the_protection_can_be_taken_away()
    {
        var bench = Empty();
        Assert.DoesNotContain("!", bench.Monitor("option 0x1FFFF808 0xFE"));       // WRP0: pages 0 to 3
        bench.Chip.PowerOff();
        bench.Chip.PowerOn();
        bench.Pass(10_000);
        bench.Attached();
        Succeeds(bench.Core.FlashErase(Flash + Page, Page));
        Assert.Equal("flash write-protected at 0x08000400", Words(bench.Core.FlashDone()));
        Succeeds(bench.Core.FlashErase(Flash + 4 * Page, Page));
        Succeeds(bench.Core.FlashWrite(Flash + Page, [1, 2, 3, 4]));
        Assert.Equal("flash write-protected at 0x08000400", Words(bench.Core.FlashDone()));
        Assert.DoesNotContain("!", bench.Monitor("option erase"));
    }

    [Fact]
    public void A_read_protected_part_says_so_and_is_opened_by_option_erase()
    {
        var bench = Empty();
        Assert.DoesNotContain("!", bench.Monitor("option 0x1FFFF800 0"));
        bench.Chip.PowerOff();
        bench.Chip.PowerOn();
        bench.Pass(10_000);
        bench.Attached();
        Assert.EndsWith(", read protected", System.Text.Encoding.ASCII.GetString(bench.Core.Driver));
        Assert.Equal("target is read protected", Words(bench.Core.FlashErase(Flash, Page)));
        Assert.DoesNotContain("!", bench.Monitor("option erase"));
        bench.Chip.PowerOff();
        bench.Chip.PowerOn();
        bench.Pass(10_000);
        bench.Attached();
        Load(bench, Flash, Noise(100));
        Assert.Equal(Noise(100), bench.Read(Flash, 100));
    }

    [Fact]
    public void The_map_has_flash_and_RAM_and_reaches_everything_else()
    {
        var xml = new SharpProbe.Io.WindowWriter(new byte[2000], 0);
        Empty().Core.WriteMemoryMap(ref xml);
        string text = System.Text.Encoding.ASCII.GetString(xml.Written);
        var regions = Regex.Matches(text, "type=\"(\\w+)\" start=\"(0x[0-9A-F]+)\" length=\"(0x[0-9A-F]+)\"").Select(m => (m.Groups[1].Value, Convert.ToUInt64(m.Groups[2].Value, 16), Convert.ToUInt64(m.Groups[3].Value, 16))).ToArray();
        Assert.Contains(("flash", 0x0800_0000ul, 0x10000ul), regions);
        Assert.Contains("<property name=\"blocksize\">0x00000400</property>", text);
        ulong at = 0;
        foreach (var (_, start, length) in regions)
        {
            Assert.Equal(at, start);
            at = start + length;
        }
        Assert.Equal(1ul << 32, at);
    }
}

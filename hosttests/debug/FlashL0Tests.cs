using SharpProbe.Target;
using static SharpProbe.Tests.Debugging.BenchTarget;

namespace SharpProbe.Tests.Debugging;

/// <summary>STM32L0 and L1: who is who, and the driver on the bench's L053 and L152.</summary>
public class FlashL0Tests
{
    private const uint M0Plus = 0x410C_C601, M3 = 0x412F_C230, Eeprom = 0x0808_0000, Options = 0x1FF8_0000;
    private const ushort St = 0x20;

    private static FakeCore Part(uint id, uint size, ushort designer = St)
    {
        bool isL0 = (id & 0xFFF) is 0x457 or 0x425 or 0x417 or 0x447;
        var core = new FakeCore(isL0 ? M0Plus : M3) { DesignerIs = designer };
        core[isL0 ? 0x4001_5800 : 0xE004_2000] = id;
        core[0x1FF8_007C] = core[0x1FF8_004C] = core[0x1FF8_00CC] = size;
        core[0x4002_201C] = core[0x4002_3C1C] = 0xAA;
        return core;
    }

    private static string Describe(FakeCore core)
    {
        Succeeds(core.Session.Scan(0));
        var regions = core.Core.Map.Regions.ToArray().Select(r => $"{r.Length}{(r.IsFlash ? $"/{r.Block}" : "")}");
        return $"{System.Text.Encoding.ASCII.GetString(core.Core.Driver)}: {string.Join(' ', regions)}";
    }

    [Theory]
    [InlineData(0x1008_6457u, 16u, "STM32L01x/L02x: 16384/128 512/128 2048")]
    [InlineData(0x1008_6457u, 8u, "STM32L01x/L02x: 8192/128 512/128 2048")]
    [InlineData(0x1008_6425u, 32u, "STM32L03x/L04x: 32768/128 1024/128 8192")]
    [InlineData(0x1008_6417u, 64u, "STM32L05x/L06x: 65536/128 2048/128 8192")]
    [InlineData(0x2008_6447u, 128u, "STM32L07x/L08x: 131072/128 6144/128 20480")]
    [InlineData(0x1008_6416u, 128u, "STM32L1 category 1: 131072/256 4096/256 16384")]
    [InlineData(0x1018_6429u, 0xAB40u, "STM32L1 category 2: 65536/256 4096/256 32768")]
    [InlineData(0x1018_6427u, 256u, "STM32L1 category 3: 262144/256 8192/256 32768")]
    [InlineData(0x1018_6436u, 0u, "STM32L1 category 3, 4: 393216/256 12288/256 49152")]
    [InlineData(0x1018_6436u, 1u, "STM32L1 category 3, 4: 262144/256 12288/256 49152")]
    [InlineData(0x1000_6437u, 384u, "STM32L1 category 5, 6: 196608/256 196608/256 16384/256 81920")]
    [InlineData(0x1000_6437u, 512u, "STM32L1 category 5, 6: 524288/256 16384/256 81920")]
    public void Parts_and_their_memories_are_known(uint id, uint size, string expected) => Assert.Equal(expected, Describe(Part(id, size)));

    [Theory]
    [InlineData(0x1008_6417u, 0x43)]
    [InlineData(0x1008_6499u, St)]
    [InlineData(0xFFFF_FFFFu, St)]
    public void What_does_not_agree_is_unknown(uint id, int designer) => Assert.StartsWith("unknown part", Describe(Part(id, 64, (ushort)designer)));

    [Theory]
    [InlineData("stm32l053", 128)]
    [InlineData("stm32l152", 256)]
    public void Loading_takes_little_more_than_the_flash_needs(string target, int page)
    {
        var bench = BenchTarget.Of(target).Attached();
        byte[] data = Noise(4096);
        double start = bench.Milliseconds;
        Load(bench, Flash + 0x1000, data);
        double took = bench.Milliseconds - start, limit = 4096 / page * 3 * 3.28;
        Assert.Equal(data, bench.Read(Flash + 0x1000, data.Length));
        Assert.InRange(took, limit, limit * 1.25);
    }

    [Fact]
    public void Ends_of_half_pages_that_are_not_loaded_stay_erased_and_can_be_loaded_later()
    {
        var bench = BenchTarget.Of("stm32l053").Attached();
        Succeeds(bench.Core.FlashErase(Flash, 256));
        Succeeds(bench.Core.FlashWrite(Flash + 3, Noise(30)));
        Succeeds(bench.Core.FlashDone());
        Assert.Equal((byte[])[0, 0, 0, .. Noise(30), 0, 0, 0, 0], bench.Read(Flash, 37));
        Succeeds(bench.Core.FlashWrite(Flash + 64, Noise(64)));
        Succeeds(bench.Core.FlashDone());
        Assert.Equal(Noise(64), bench.Read(Flash + 64, 64));
    }

    [Fact]
    public void What_is_not_erased_is_told()
    {
        var bench = BenchTarget.Of("stm32l053").Attached();
        Load(bench, Flash, Noise(64));
        Succeeds(bench.Core.FlashWrite(Flash, Noise(63)));
        Assert.Equal("flash not erased at 0x08000000", Words(bench.Core.FlashDone()));
    }

    [Theory]
    [InlineData("stm32l053")]
    [InlineData("stm32l152")]
    public void The_EEPROM_is_loaded_and_erased_too(string target)
    {
        var bench = BenchTarget.Of(target).Attached();
        Load(bench, Eeprom, Noise(100));
        Assert.Equal(Noise(100), bench.Read(Eeprom, 100));
        Succeeds(bench.Core.FlashErase(Eeprom, 100));
        Succeeds(bench.Core.FlashDone());
        Assert.All(bench.Read(Eeprom, 100), b => Assert.Equal(0, b));
    }

    [Fact]
    public void A_protected_sector_is_told_and_opened_again()
    {
        var bench = BenchTarget.Of("stm32l053").Attached();
        Assert.DoesNotContain("!", bench.Monitor($"option 0x{Options + 8:X} 2"));
        PowerCycle(bench);
        Succeeds(bench.Core.FlashErase(Flash + 0x1000, 4));
        Assert.StartsWith("flash write-protected at 0x08001", Words(bench.Core.FlashDone()));
        Assert.DoesNotContain("!", bench.Monitor("option erase"));
        PowerCycle(bench);
        Load(bench, Flash + 0x1000, Noise(32));
        Assert.Equal(Noise(32), bench.Read(Flash + 0x1000, 32));
    }

    [Fact]
    public void A_read_protected_part_says_so_and_is_opened()
    {
        var bench = BenchTarget.Of("stm32l152").Attached();
        Load(bench, Flash, Noise(32));
        Assert.DoesNotContain("!", bench.Monitor($"option 0x{Options:X} 0x55"));
        PowerCycle(bench);
        Assert.EndsWith(", read protected", System.Text.Encoding.ASCII.GetString(bench.Core.Driver));
        Assert.Equal("target is read protected", Words(bench.Core.FlashErase(Flash, 4)));
        Assert.DoesNotContain("!", bench.Monitor("option erase"));
        PowerCycle(bench);
        Assert.All(bench.Read(Flash, 32), b => Assert.Equal(0, b));
    }

    [Theory]
    [InlineData(0x1008_6457u, 16u, 1)]
    [InlineData(0x1008_6417u, 64u, 1)]
    [InlineData(0x2008_6447u, 128u, 2)]
    [InlineData(0x2008_6447u, 192u, 3)]
    [InlineData(0x1008_6416u, 128u, 2)]
    [InlineData(0x1018_6427u, 256u, 4)]
    [InlineData(0x1018_6436u, 1u, 4)]
    [InlineData(0x1018_6436u, 0u, 6)]
    [InlineData(0x1000_6437u, 384u, 8)]
    [InlineData(0x1000_6437u, 512u, 8)]
    public void All_words_of_the_write_protection_are_listed_and_opened(uint id, uint size, int count)
    {
        uint[] words = [.. new uint[] { 0x08, 0x0C, 0x10, 0x14, 0x18, 0x1C, 0x80, 0x84 }[..count]];
        FakeCore core = Part(id, size).Attached();
        uint[] expected = [Options, Options + 4, .. words.Select(w => Options + w)];
        Assert.Equal(expected, core.Monitor("option").Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => Convert.ToUInt32(l[..10], 16)));
        foreach (uint register in new[] { 0x4002_2004u, 0x4002_2018u, 0x4002_3C04u, 0x4002_3C18u }) core.Keeps[register] = 0;
        core.Writes.Clear();
        Assert.StartsWith("written", core.Monitor("option erase"));
        Assert.Equal([(Options, 0xFF55_00AAu), .. words.Select(w => (Options + w, 0xFFFF_0000u))], core.Writes.Where(w => w.Address >> 16 == Options >> 16));
    }

    // RM0376 3.4.4: with WPRMOD a zero closes a sector for reading, and only the way from read protection level 1 to 0 takes that back.
    [Theory]
    [InlineData(0x1008_6417u, 0x4002_201Cu)]
    [InlineData(0x1018_6429u, 0x4002_3C1Cu)]
    public void Option_erase_does_not_close_sectors_for_reading(uint id, uint optr)
    {
        FakeCore core = Part(id, 64).Attached();
        core[optr] = 0x1AA;
        core.Keeps[optr - 4] = core.Keeps[optr - 0x18] = 0;
        Assert.StartsWith("!flash write-protected", core.Monitor("option erase"));
        Assert.DoesNotContain(core.Writes, w => w.Address >> 16 == Options >> 16);
        core[optr] = 0x155;
        core.Monitor("option erase");
        Assert.Contains((Options, 0xFF55_00AAu), core.Writes);
    }

    // RM0376 28.2, RM0038 31.2: the third word is apart.
    [Theory]
    [InlineData("stm32l053")]
    [InlineData("stm32l152")]
    [InlineData("stm32l162")]
    public void The_unique_id_has_96_bits_in_two_pieces(string target) => Assert.Equal("393037363233510B001F002A\n", BenchTarget.Of(target).Attached().Monitor("uid"));

    [Theory]
    [InlineData(8u, Flash + 0x1000)]
    [InlineData(0xCu, Flash + 0x1_1000)]
    [InlineData(0x10u, Flash + 0x2_1000)]
    [InlineData(0x14u, Flash + 0x3_1000)]
    public void A_protected_sector_of_a_larger_part_is_told_and_opened_again(uint word, uint address)
    {
        var bench = BenchTarget.Of("stm32l162").Attached();
        Assert.DoesNotContain("!", bench.Monitor($"option 0x{Options + word:X} 2"));
        PowerCycle(bench);
        Succeeds(bench.Core.FlashErase(address, 4));
        Assert.StartsWith($"flash write-protected at 0x{address >> 12:X5}", Words(bench.Core.FlashDone()));
        Assert.DoesNotContain("!", bench.Monitor("option erase"));
        PowerCycle(bench);
        Load(bench, address, Noise(32));
        Assert.Equal(Noise(32), bench.Read(address, 32));
    }

    [Fact]
    public void What_cannot_be_taken_back_is_refused_until_it_is_named()
    {
        FakeCore core = Part(0x1008_6417, 64).Attached();
        Assert.StartsWith("!refused", core.Monitor($"option 0x{Options:X} 0xCC"));
        Assert.DoesNotContain(core.Writes, w => w.Address == Options);
    }

    private static void PowerCycle(BenchTarget bench)
    {
        bench.Target.PowerOff();
        bench.Target.PowerOn();
        bench.Pass(10_000);
        bench.Attached();
    }
}

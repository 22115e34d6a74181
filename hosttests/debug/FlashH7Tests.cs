using SharpProbe.Target;
using static SharpProbe.Tests.Debugging.BenchTarget;

namespace SharpProbe.Tests.Debugging;

/// <summary>STM32H7: who is who, and the driver on the bench's H743, H723 and H7A3.</summary>
public class FlashH7Tests
{
    private const uint M7 = 0x411F_C271, OptSr = 0x5200_2020, Wpsn1 = 0x5200_203C, Bank2 = 0x0810_0000;

    private static FakeCore Part(uint target, uint idc, uint kilobytes, uint cpuid = M7)
    {
        var core = new FakeCore(cpuid) { TargetIdIs = target, DesignerIs = 0x23B, PartIs = 0x4C8 };
        core[0x5C00_1000] = idc;
        core[0x1FF1_E880] = core[0x08FF_F80C] = 0xFFFF_0000 | kilobytes;
        core[0x5200_201C] = 0xAAD0;
        return core;
    }

    private static string Describe(FakeCore core)
    {
        Succeeds(core.Session.Scan(0));
        var regions = core.Core.Map.Regions.ToArray().Where(r => r.IsFlash).Select(r => $"{r.Start:X8} {r.Length / 1024}/{r.Block / 1024}");
        return $"{System.Text.Encoding.ASCII.GetString(core.Core.Driver)}: {string.Join(", ", regions)}";
    }

    [Theory]
    [InlineData(0x0450_0041u, 0x2003_6450u, 2048u, "STM32H74x/75x: 08000000 1024/128, 08100000 1024/128")]
    [InlineData(0x0450_0041u, 0x1003_6450u, 1024u, "STM32H74x/75x: 08000000 512/128, 08100000 512/128")]
    [InlineData(0x0450_0041u, 0x2003_6450u, 128u, "STM32H74x/75x: 08000000 128/128")]
    [InlineData(0x0483_0041u, 0x1001_6483u, 1024u, "STM32H72x/73x: 08000000 1024/128")]
    [InlineData(0x0480_0041u, 0x1001_6480u, 2048u, "STM32H7Ax/7Bx: 08000000 1024/8, 08100000 1024/8")]
    [InlineData(0x0480_0041u, 0x1001_6480u, 128u, "STM32H7Ax/7Bx: 08000000 128/8")]
    public void Parts_and_their_banks_are_known(uint target, uint idc, uint kilobytes, string expected) => Assert.Equal(expected, Describe(Part(target, idc, kilobytes)));

    [Theory]
    [InlineData(0u, 0x2003_6450u)]
    [InlineData(0x0451_0041u, 0x2003_6450u)]
    [InlineData(0x0450_0477u, 0x2003_6450u)]
    [InlineData(0x0450_0041u, 0x2003_6451u)]
    [InlineData(0x0450_0041u, 0xFFFF_FFFFu)]
    public void What_does_not_agree_is_unknown(uint target, uint idc) => Assert.StartsWith("unknown part", Describe(Part(target, idc, 2048)));

    [Theory]
    [InlineData("stm32h743", 0x0802_0000u, 1000, 32, 100)]
    [InlineData("stm32h743", 0x081E_0000u, 1000, 32, 100)]
    [InlineData("stm32h723", 0x0800_0000u, 1000, 32, 100)]
    [InlineData("stm32h7a3", 0x0810_2000u, 2, 16, 32)]
    public void Loading_takes_little_more_than_the_flash_needs(string target, uint address, double erase, int unit, double microseconds)
    {
        var bench = BenchTarget.Of(target).Attached();
        byte[] data = Noise(8000);
        double start = bench.Milliseconds;
        Load(bench, address, data);
        double took = bench.Milliseconds - start, limit = erase + 8000 / unit * microseconds / 1000;
        Assert.Equal(data, bench.Read(address, data.Length));
        Assert.InRange(took, limit, limit * 1.2 + 1);
    }

    [Fact]
    public void What_spans_both_banks_is_in_both()
    {
        var bench = BenchTarget.Of("stm32h7a3").Attached();
        byte[] data = Noise(1000);
        Load(bench, Bank2 - 500, data);
        Assert.Equal(data, bench.Read(Bank2 - 500, data.Length));
    }

    [Fact]
    public void Mass_erase_empties_both_banks()
    {
        var bench = BenchTarget.Of("stm32h7a3").Attached();
        Load(bench, Bank2 - 500, Noise(1000));
        Assert.Equal("", bench.Monitor("erase_mass"));
        Assert.All(bench.Read(Bank2 - 500, 1000), b => Assert.Equal(0xFF, b));
        Assert.Matches("^[0-9A-F]{24}\n$", bench.Monitor("uid"));
    }

    [Fact]
    public void Both_banks_are_erased_at_once_and_the_probe_rests_meanwhile()
    {
        var bench = BenchTarget.Of("stm32h743").Attached();
        double start = bench.Milliseconds;
        Assert.Equal("", bench.Monitor("erase_mass"));
        Assert.InRange(bench.Milliseconds - start, 8000, 8100);
        Assert.InRange(bench.Background.Rests, 7000, 8100);
    }

    [Fact]
    public void A_protected_sector_is_told_and_opened_again()
    {
        var bench = BenchTarget.Of("stm32h7a3").Attached();
        Assert.DoesNotContain("!", bench.Monitor($"option 0x{Wpsn1:X} 0xFFFFFFFD"));
        Succeeds(bench.Core.FlashErase(Flash + 0x8000, 4));
        Assert.Equal("flash write-protected at 0x08008000", Words(bench.Core.FlashDone()));
        Assert.DoesNotContain("!", bench.Monitor("option erase"));
        Load(bench, Flash + 0x8000, Noise(32));
        Assert.Equal(Noise(32), bench.Read(Flash + 0x8000, 32));
    }

    [Fact]
    public void A_read_protected_part_says_so_and_is_opened()
    {
        var bench = BenchTarget.Of("stm32h7a3").Attached();
        Load(bench, Flash, Noise(32));
        Assert.DoesNotContain("!", bench.Monitor($"option 0x{OptSr:X} 0x000655D0"));
        bench.Attached();
        Assert.EndsWith(", read protected", System.Text.Encoding.ASCII.GetString(bench.Core.Driver));
        Assert.Equal("target is read protected", Words(bench.Core.FlashErase(Flash, 4)));
        Assert.DoesNotContain("!", bench.Monitor("option erase"));
        bench.Attached();
        Assert.All(bench.Read(Flash, 32), b => Assert.Equal(0xFF, b));
    }

    [Theory]
    [InlineData(0x0006_CCD0u)]
    [InlineData(0x0026_AAD0u)]
    public void What_cannot_be_taken_back_is_refused_until_it_is_named(uint value)
    {
        FakeCore core = Part(0x0450_0041, 0x2003_6450, 2048).Attached();
        Assert.StartsWith("!refused", core.Monitor($"option 0x{OptSr:X} 0x{value:X}"));
        Assert.DoesNotContain(core.Writes, w => w.Address == OptSr);
    }

    [Fact]
    public void A_target_that_is_reset_while_it_is_programmed_is_told()
    {
        var bench = BenchTarget.Of("stm32h743").Attached();
        Succeeds(bench.Core.FlashErase(Flash + 0x2_0000, 4));
        bench.Core.Work();
        bench.Pass(1000);
        bench.Target.SystemReset();
        bench.Pass(1000);
        Assert.StartsWith("target was reset", Words(bench.Core.FlashDone()));
    }
}

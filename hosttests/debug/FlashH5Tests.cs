using static SharpProbe.Tests.Debugging.BenchTarget;

namespace SharpProbe.Tests.Debugging;

/// <summary>STM32H5: who is who, and the driver on the bench's H563.</summary>
public class FlashH5Tests
{
    private const uint M33 = 0x410F_D214, Bank2 = 0x0810_0000;

    private static string Describe(uint id, uint kilobytes, uint optsr = 0xED00, ushort designer = 0x20)
    {
        var core = new FakeCore(M33) { DesignerIs = designer };
        core[0xE004_4000] = id;
        core[0x08FF_F80C] = 0xFFFF_0000 | kilobytes;
        core[0x4002_2050] = optsr;
        Succeeds(core.Session.Scan(0));
        var regions = core.Core.Map.Regions.ToArray().Select(r => $"{r.Start:X8} {r.Length / 1024}{(r.IsFlash ? $"/{r.Block / 1024}" : "")}");
        return $"{System.Text.Encoding.ASCII.GetString(core.Core.Driver)}: {string.Join(", ", regions)}";
    }

    [Theory]
    [InlineData(0x1007_6484u, 2048u, "STM32H56x/57x: 08000000 1024/8, 08100000 1024/8, 20000000 640")]
    [InlineData(0x1007_6484u, 1024u, "STM32H56x/57x: 08000000 512/8, 08080000 512/8, 20000000 640")]
    [InlineData(0x1000_6478u, 512u, "STM32H52x/53x: 08000000 256/8, 08040000 256/8, 20000000 272")]
    [InlineData(0x1000_6474u, 128u, "STM32H503: 08000000 64/8, 08010000 64/8, 20000000 32")]
    public void Parts_and_their_banks_are_known(uint id, uint kilobytes, string expected) => Assert.Equal(expected, Describe(id, kilobytes));

    [Theory]
    [InlineData(0x1007_6484u, 0x43)]
    [InlineData(0xFFFF_FFFFu, 0x20)]
    public void What_does_not_agree_is_unknown(uint id, int designer) => Assert.StartsWith("unknown part", Describe(id, 2048, designer: (ushort)designer));

    [Fact]
    public void A_closed_part_says_so() => Assert.StartsWith("STM32H56x/57x, closed", Describe(0x1007_6484, 2048, optsr: 0x7200));

    [Fact]
    public void With_TrustZone_on_the_part_says_so_and_its_flash_is_refused()
    {
        var core = new FakeCore(M33) { DesignerIs = 0x20 };
        core[0xE004_4000] = 0x1007_6484;
        core[0x08FF_F80C] = 2048;
        core[0x4002_2050] = 0xED00;
        core[0x4002_2070] = 0xB400_0000;
        Succeeds(core.Session.Scan(0));
        Assert.Equal("STM32H56x/57x, TrustZone", System.Text.Encoding.ASCII.GetString(core.Core.Driver));
        core.Attached();
        Assert.StartsWith("no flash driver", Words(core.Core.FlashErase(Flash, 4)));
    }

    [Fact]
    public void Loading_over_both_banks_takes_little_more_than_the_flash_needs()
    {
        var bench = BenchTarget.Of("stm32h563").Attached();
        byte[] data = Noise(8000);
        double start = bench.Milliseconds;
        Load(bench, Bank2 - 4000, data);
        double took = bench.Milliseconds - start, limit = 2 * 2 + 500 * 0.03;
        Assert.Equal(data, bench.Read(Bank2 - 4000, data.Length));
        Assert.InRange(took, limit, limit * 1.2 + 1);
    }

    [Fact]
    public void Mass_erase_empties_both_banks()
    {
        var bench = BenchTarget.Of("stm32h563").Attached();
        Load(bench, Bank2 - 64, Noise(128));
        Assert.Equal("", bench.Monitor("erase_mass"));
        Assert.All(bench.Read(Bank2 - 64, 128), b => Assert.Equal(0xFF, b));
        Assert.Matches("^[0-9A-F]{24}\n$", bench.Monitor("uid"));
    }

    [Fact]
    public void Write_protection_is_set_told_and_taken_off_with_option()
    {
        const uint Wrp1 = 0x4002_20EC;
        var bench = BenchTarget.Of("stm32h563").Attached();
        Assert.Contains("0x2D30EDF8 OPTSR", bench.Monitor("option"));
        Assert.DoesNotContain("!", bench.Monitor($"option 0x{Wrp1:X} 0xFFFFFFFE"));
        Succeeds(bench.Core.FlashErase(Flash, 4));
        Assert.StartsWith("flash write-protected at", Words(bench.Core.FlashDone()));
        Assert.DoesNotContain("!", bench.Monitor("option erase"));
        Load(bench, Flash, Noise(64));
    }

    [Theory]
    [InlineData(0x4002_2054u, 0x2D30_72F8u), InlineData(0x4002_2054u, 0x2D30_5CF8u), InlineData(0x4002_2054u, 0x2D30_00F8u), InlineData(0x4002_2084u, 0x0800_00B4u)]
    public void What_closes_the_part_is_refused_until_the_user_says_so(uint register, uint value)
    {
        var bench = BenchTarget.Of("stm32h563").Attached();
        Assert.StartsWith("!refused", bench.Monitor($"option 0x{register:X} 0x{value:X}"));
    }

    [Fact]
    public void Provisioning_closes_the_flash_and_there_is_no_way_back()
    {
        var bench = BenchTarget.Of("stm32h563").Attached();
        Assert.DoesNotContain("!", bench.Monitor("option 0x40022054 0x2D3017F8"));
        Assert.StartsWith("!", bench.Monitor("option 0x40022054 0x2D30EDF8"));
        Assert.StartsWith("!", bench.Monitor("option erase"));
        Assert.StartsWith("target is read protected", Words(bench.Core.FlashErase(Flash, 4)));
    }

    [Fact]
    public void A_target_that_is_reset_while_it_is_programmed_is_told()
    {
        var bench = BenchTarget.Of("stm32h563").Attached();
        Succeeds(bench.Core.FlashErase(Flash, 4));
        bench.Core.Work();
        bench.Pass(5000);
        bench.Core.Work();
        bench.Target.SystemReset();
        bench.Pass(1000);
        Succeeds(bench.Core.FlashWrite(Flash, Noise(16)));
        Assert.StartsWith("target was reset", Words(bench.Core.FlashDone()));
    }
}

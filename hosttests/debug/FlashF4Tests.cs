using SharpProbe.Sim.Chips.F4;
using SharpProbe.Sim.Targets;
using SharpProbe.Target;
using static SharpProbe.Tests.Debugging.BenchTarget;

namespace SharpProbe.Tests.Debugging;

/// <summary>STM32F2, F4, F7 and GD32F4: who is who, sectors, and the driver on the bench's F410 and F407.</summary>
public class FlashF4Tests
{
    private const uint M3 = 0x412F_C231, M4 = 0x410F_C241, M7 = 0x410F_C271;
    private const ushort St = 0x20, GigaDevice = 0x3D1;
    private const uint Cr = 0x4002_3C10, Optcr = 0x4002_3C14, Sr = 0x4002_3C0C;

    private static FakeCore Part(uint cpuid, uint id, uint kilobytes, uint optcr = 0x0FFF_AAED, ushort designer = St, ushort part = 0)
    {
        var core = new FakeCore(cpuid) { DesignerIs = designer, PartIs = part };
        core[0xE004_2000] = id;
        core[0x1FFF_7A20] = core[0x1FF0_7A20] = core[0x1FF0_F440] = kilobytes << 16;
        core[Optcr] = optcr;
        core.Keeps[Sr] = 0;
        return core;
    }

    private static string Describe(FakeCore core)
    {
        Succeeds(core.Session.Scan(0));
        var regions = core.Core.Map.Regions.ToArray().Select(r => $"{r.Length / 1024}{(r.IsFlash ? $"/{r.Block / 1024}" : "")}");
        return $"{System.Text.Encoding.ASCII.GetString(core.Core.Driver)}: {string.Join(' ', regions)}";
    }

    [Theory]
    [InlineData(M3, 0x2003_6411u, 1024u, 0u, "STM32F2: 64/16 64/64 896/128 128")]
    [InlineData(M4, 0x2000_0411u, 1024u, 0u, "STM32F40x: 64/16 64/64 896/128 64 128")]
    [InlineData(M4, 0x1007_6413u, 512u, 0u, "STM32F40x: 64/16 64/64 384/128 64 128")]
    [InlineData(M4, 0x2001_6419u, 2048u, 0u, "STM32F42x/43x: 64/16 64/64 896/128 64/16 64/64 896/128 64 192")]
    [InlineData(M4, 0x2001_6419u, 1024u, 0u, "STM32F42x/43x: 64/16 64/64 896/128 64 192")]
    [InlineData(M4, 0x2001_6419u, 1024u, 0x4000_0000u, "STM32F42x/43x: 64/16 64/64 384/128 64/16 64/64 384/128 64 192")]
    [InlineData(M4, 0x1000_0458u, 128u, 0u, "STM32F410: 64/16 64/64 32")]
    [InlineData(M7, 0x1001_6449u, 1024u, 0u, "STM32F74x/75x: 128/32 128/128 768/256 320")]
    [InlineData(M7, 0x1001_6449u, 64u, 0u, "STM32F74x/75x: 64/32 320")]
    [InlineData(M7, 0x1001_6451u, 2048u, 0x2000_0000u, "STM32F76x/77x: 128/32 128/128 1792/256 512")]
    [InlineData(M7, 0x1001_6451u, 2048u, 0u, "STM32F76x/77x: 64/16 64/64 896/128 64/16 64/64 896/128 512")]
    [InlineData(M7, 0x1000_6452u, 512u, 0u, "STM32F72x/73x: 64/16 64/64 384/128 256")]
    public void Parts_and_their_sectors_are_known(uint cpuid, uint id, uint kilobytes, uint optcr, string expected) =>
        Assert.Equal(expected, Describe(Part(cpuid, id, kilobytes, optcr | 0xAAEC)));

    [Fact]
    public void A_GD32F4_is_told_by_its_ROM_table() =>
        Assert.StartsWith("GD32F4xx: 64/16 64/64 896/128 64/16 64/64 896/128 1024/256", Describe(Part(M4, 0x1000_0419, 3072, 0x0FFF_AAED, GigaDevice, 0x2B3)));

    [Theory]
    [InlineData(0x0800_0000u, 0)]
    [InlineData(0x0801_0000u, 4)]
    [InlineData(0x080E_0000u, 11)]
    [InlineData(0x0810_0000u, 16)]
    [InlineData(0x0811_0000u, 20)]
    [InlineData(0x081E_0000u, 27)]
    public void A_sector_of_the_second_bank_has_bit_4_set(uint address, int number)
    {
        FakeCore core = Part(M4, 0x2001_6419, 2048).Attached();
        Succeeds(core.Core.FlashErase(address, 4));
        Succeeds(core.Core.FlashDone());
        Assert.Contains((Cr, 0x1_0202u | (uint)number << 3), core.Writes);
    }

    [Fact]
    public void A_mass_erase_takes_both_banks()
    {
        FakeCore core = Part(M4, 0x2001_6419, 2048).Attached();
        Assert.Equal("", core.Monitor("erase_mass"));
        Assert.Contains((Cr, 0x1_8204u), core.Writes);
    }

    [Fact]
    public void The_option_that_closes_the_part_for_ever_is_refused_until_it_is_named()
    {
        FakeCore core = Part(M4, 0x1007_6413, 1024).Attached();
        Assert.StartsWith("!refused", core.Monitor("option 0x40023C14 0x0FFFCCED"));
        Assert.DoesNotContain(core.Writes, w => w.Address == Optcr);
        Assert.StartsWith("written", core.Monitor("option 0x40023C14 0x0FFFCCED irreversible"));
        Assert.Contains((Optcr, 0x0FFF_CCEEu), core.Writes);
    }

    [Theory]
    [InlineData(M4, 0x1007_6413u, 1024u, 0x0000_55ECu, 0x0FFF_AAECu)]
    [InlineData(M4, 0x1000_6463u, 1536u, 0x0000_55ECu, 0x7FFF_AAECu)]
    [InlineData(M7, 0x1001_6449u, 1024u, 0xC000_55FCu, 0xC0FF_AAFCu)]
    [InlineData(M7, 0x1000_6452u, 512u, 0xC000_55FCu, 0xC0FF_AAFCu)]
    [InlineData(M7, 0x1001_6451u, 2048u, 0xD000_55FCu, 0xDFFF_AAFCu)]
    public void Option_erase_sets_the_protection_bits_that_the_part_has_and_no_others(uint cpuid, uint id, uint kilobytes, uint before, uint after)
    {
        FakeCore core = Part(cpuid, id, kilobytes, before).Attached();
        core.Monitor("option erase");
        Assert.Contains((Optcr, after | 2), core.Writes);
        Assert.DoesNotContain(core.Writes, w => w.Address == Optcr + 4);
    }

    [Theory]
    [InlineData(0x2001_6419u, St, 0)]
    [InlineData(0x2000_6434u, St, 0)]
    [InlineData(0x1000_0419u, GigaDevice, 0x2B3)]
    public void Option_erase_opens_the_second_bank_too_in_one_go(uint id, int designer, int part)
    {
        FakeCore core = Part(M4, id, 2048, 0x0000_55EC, (ushort)designer, (ushort)part).Attached();
        Assert.Contains("OPTCR1", core.Monitor("option"));
        core.Monitor("option erase");
        Assert.Equal([(Optcr + 4, 0x0FFF_0000u), (Optcr, 0x0FFF_AAECu), (Optcr, 0x0FFF_AAEEu)], core.Writes.Where(w => w.Address is Optcr or Optcr + 4).Take(3));
    }

    // With SPRMOD (GD32: DRP) a one protects from reading, and stays until the read protection is opened with SPRMOD = 0 (RM0090 3.6.5).
    [Fact]
    public void Option_erase_never_sets_protection_bits_that_mean_protection_from_reading()
    {
        FakeCore core = Part(M4, 0x2001_6419, 2048, 0x8000_AAEC).Attached();
        core.Monitor("option erase");
        Assert.Contains((Optcr, 0x0FFF_AAEEu), core.Writes);
    }

    [Theory]
    [InlineData("stm32f407", "0x40023C14 0x0FFEAAEC", 0x0800_0000u)]
    [InlineData("stm32f429", "0x40023C14 0x0FFEAAEC", 0x0800_0000u)]
    [InlineData("stm32f429", "0x40023C18 0x0FFE0000", 0x0810_0000u)]
    [InlineData("stm32f746", "0x40023C14 0xC0FEAAFC", 0x0800_0000u)]
    [InlineData("stm32f767", "0x40023C14 0xDFBFAAFC", 0x0810_0000u)]
    [InlineData("stm32f722", "0x40023C14 0xC0FEAAFC", 0x0800_0000u)]
    public void A_protected_sector_of_any_bank_is_opened_by_option_erase(string target, string protect, uint sector)
    {
        var bench = BenchTarget.Of(target).Attached();
        Assert.DoesNotContain("!", bench.Monitor("option " + protect));
        Succeeds(bench.Core.Reset());
        Succeeds(bench.Core.FlashErase(sector, 4));
        Assert.StartsWith("flash write-protected", Words(bench.Core.FlashDone()));
        Assert.DoesNotContain("!", bench.Monitor("option erase"));
        Succeeds(bench.Core.Reset());
        Load(bench, sector, Noise(32));
        Assert.Equal(Noise(32), bench.Read(sector, 32));
    }

    [Theory]
    [InlineData("stm32f407", 0x0800_C000u, 16)]
    [InlineData("stm32f412", 0x0801_0000u, 64)]
    public void Loading_takes_little_more_than_the_flash_needs(string target, uint address, uint sector)
    {
        var bench = BenchTarget.Of(target).Attached();
        byte[] data = Noise(8000);
        double start = bench.Milliseconds;
        Load(bench, address, data);
        double took = bench.Milliseconds - start, limit = (FlashF4.EraseTime(sector) + 2000 * FlashF4.ProgramTime) / 1e12;
        Assert.Equal(data, bench.Read(address, data.Length));
        Assert.InRange(took, limit, limit * 1.05);
    }

    [Fact]
    public void Mass_erase_leaves_nothing()
    {
        var bench = BenchTarget.Of("stm32f410").Attached();
        Load(bench, Flash, Noise(64));
        Assert.Equal("", bench.Monitor("erase_mass"));
        Assert.All(bench.Read(Flash, 64), b => Assert.Equal(0xFF, b));
    }

    [Theory]
    [InlineData("x8")]
    [InlineData("x16")]
    public void A_narrower_program_width_can_be_chosen(string width)
    {
        var bench = BenchTarget.Of("stm32f410").Attached();
        Assert.Equal(width + "\n", bench.Monitor("psize " + width));
        byte[] data = Noise(102);
        Load(bench, Flash, data);
        Assert.Equal(data, bench.Read(Flash, data.Length));
    }

    [Fact]
    public void A_protected_sector_is_told_and_opened_again()
    {
        var bench = BenchTarget.Of("stm32f410").Attached();
        Assert.DoesNotContain("!", bench.Monitor("option 0x40023C14 0x0FFDAAEC"));
        Succeeds(bench.Core.Reset());
        Succeeds(bench.Core.FlashErase(Flash + 0x4000, 4));
        Assert.Equal("flash write-protected at 0x08004000", Words(bench.Core.FlashDone()));
        Assert.DoesNotContain("!", bench.Monitor("option erase"));
        Succeeds(bench.Core.Reset());
        Load(bench, Flash + 0x4000, Noise(32));
        Assert.Equal(Noise(32), bench.Read(Flash + 0x4000, 32));
    }

    [Fact]
    public void A_read_protected_part_says_so_and_is_opened()
    {
        var bench = BenchTarget.Of("stm32f410").Attached();
        Load(bench, Flash, Noise(32));
        Assert.DoesNotContain("!", bench.Monitor("option 0x40023C14 0x0FFF55EC"));
        bench.Target.PowerOff();
        bench.Target.PowerOn();
        bench.Pass(10_000);
        bench.Attached();
        Assert.EndsWith(", read protected", System.Text.Encoding.ASCII.GetString(bench.Core.Driver));
        Succeeds(bench.Core.Halt());
        Assert.Equal("target is read protected", Words(bench.Core.FlashErase(Flash, 4)));
        Assert.DoesNotContain("!", bench.Monitor("option erase"));
        bench.Target.PowerOff();
        bench.Target.PowerOn();
        bench.Pass(10_000);
        bench.Attached();
        Assert.All(bench.Read(Flash, 32), b => Assert.Equal(0xFF, b));
        Assert.Matches("^[0-9A-F]{24}\n$", bench.Monitor("uid"));
    }
}

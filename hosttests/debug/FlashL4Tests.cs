using SharpProbe.Sim.Chips.L4;
using static SharpProbe.Tests.Debugging.BenchTarget;

namespace SharpProbe.Tests.Debugging;

/// <summary>Parts whose flash controller is of the L4's design: who is who, banks and pages, and the driver on the bench's L475 and G071.</summary>
public class FlashL4Tests
{
    private const uint M0Plus = 0x410C_C601, M4 = 0x410F_C241, M33 = 0x410F_D214;
    private const uint Base = 0x4002_2000;

    private static FakeCore Part(uint cpuid, uint id, uint kilobytes, uint optr)
    {
        var core = new FakeCore(cpuid) { DesignerIs = 0x20 };
        uint idcode = cpuid == M0Plus ? 0x4001_5800 : cpuid == M33 ? 0xE004_4000 : 0xE004_2000u;
        core[idcode] = id;
        core[0x1FFF_75E0] = core[0x1FFF_75A0] = core[0x0BFA_05E0] = core[0x0BFA_07A0] = kilobytes;
        core[Base + 0x20] = core[0x5800_4020] = core[Base + 0x40] = optr | 0xAA;
        core.Keeps[Base + 0x10] = core.Keeps[0x5800_4010] = 0;
        if (cpuid == M33) core.Keeps[Base + 0x20] = 0;
        return core;
    }

    private static string Describe(FakeCore core)
    {
        Succeeds(core.Session.Scan(0));
        var regions = core.Core.Map.Regions.ToArray().Select(r => r.IsFlash ? $"{r.Start - Flash >> 10}+{r.Length / 1024}/{r.Block / 1024}" : $"{r.Length / 1024}");
        return $"{System.Text.Encoding.ASCII.GetString(core.Core.Driver)}: {string.Join(' ', regions)}";
    }

    [Theory]
    [InlineData(M4, 0x1007_6415u, 1024u, 0u, "STM32L47x/48x: 0+512/2 512+512/2 32 96")]
    [InlineData(M4, 0x1007_6415u, 512u, 0u, "STM32L47x/48x: 0+512/2 32 96")]
    [InlineData(M4, 0x1007_6415u, 512u, 1u << 21, "STM32L47x/48x: 0+256/2 256+256/2 32 96")]
    [InlineData(M4, 0x1001_6470u, 2048u, 1u << 22, "STM32L4Rx/4Sx: 0+1024/4 1024+1024/4 640")]
    [InlineData(M4, 0x1001_6470u, 2048u, 0u, "STM32L4Rx/4Sx: 0+2048/8 640")]
    [InlineData(M4, 0x2001_6469u, 512u, 1u << 22, "STM32G47x/48x: 0+256/2 256+256/2 128")]
    [InlineData(M4, 0x2001_6469u, 128u, 1u << 22, "STM32G47x/48x: 0+64/2 256+64/2 128")]
    [InlineData(M4, 0x2001_6469u, 512u, 0u, "STM32G47x/48x: 0+512/4 128")]
    [InlineData(M4, 0x2001_6497u, 256u, 0u, "STM32WLx: 0+256/2 64")]
    [InlineData(M0Plus, 0x2000_6460u, 128u, 0u, "STM32G07x/08x: 0+128/2 36")]
    [InlineData(M0Plus, 0x1000_6467u, 512u, 1u << 21, "STM32G0Bx/0Cx: 0+256/2 256+256/2 144")]
    [InlineData(M0Plus, 0x1001_6443u, 16u, 0u, "STM32C01x: 0+16/2 6")]
    [InlineData(M33, 0x2001_6472u, 512u, 1u << 22, "STM32L55x/56x: 0+256/2 256+256/2 256")]
    [InlineData(M33, 0x2001_6472u, 256u, 0u, "STM32L55x/56x: 0+256/4 256")]
    [InlineData(M33, 0x3001_6482u, 2048u, 0u, "STM32U57x/58x: 0+1024/8 1024+1024/8 768")]
    public void Parts_their_banks_and_pages_are_known(uint cpuid, uint id, uint kilobytes, uint optr, string expected) =>
        Assert.Equal(expected, Describe(Part(cpuid, id, kilobytes, optr)));

    [Theory]
    [InlineData(M4, 0x1007_6415u, 0u, 0x0800_1000u, Base + 0x14, 0x1_0012u)]
    [InlineData(M4, 0x1007_6415u, 0u, 0x0808_1000u, Base + 0x14, 0x1_0812u)]
    [InlineData(M0Plus, 0x1000_6467u, 1u << 21, 0x0808_0800u, Base + 0x14, 0x1_200Au)]
    [InlineData(M33, 0x3001_6482u, 1u << 21, 0x0808_4000u, Base + 0x28, 0x1_0812u)]
    public void A_page_is_numbered_in_its_bank(uint cpuid, uint id, uint optr, uint address, uint register, uint value)
    {
        FakeCore core = Part(cpuid, id, 1024, optr).Attached();
        if ((id & 0xFFF) == 0x467) address -= 0x4_0000;
        Succeeds(core.Core.FlashErase(address, 4));
        Succeeds(core.Core.FlashDone());
        Assert.Contains((register, value), core.Writes);
    }

    [Theory]
    [InlineData(M4, 0x1007_6415u, "0x40022020 0xFFEFF8CC")]
    [InlineData(M33, 0x3001_6482u, "0x40022040 0x1FEFF8CC")]
    [InlineData(M33, 0x3001_6482u, "0x40022058 0x7F00FFFF")]
    public void What_cannot_be_undone_is_refused_until_it_is_named(uint cpuid, uint id, string option)
    {
        FakeCore core = Part(cpuid, id, 1024, 0).Attached();
        Assert.StartsWith("!refused", core.Monitor("option " + option));
        Assert.Empty(core.Writes);
        Assert.StartsWith("written", core.Monitor($"option {option} irreversible"));
    }

    [Fact]
    public void Four_words_are_programmed_at_once_on_U5()
    {
        FakeCore core = Part(M33, 0x3001_6482, 2048, 0).Attached();
        Succeeds(core.Core.FlashWrite(Flash + 20, [1, 2, 3]));
        Succeeds(core.Core.FlashDone());
        Assert.Equal((0xFFFF_FFFFu, 0xFF03_0201u, 0xFFFF_FFFFu), (core[Flash + 16], core[Flash + 20], core[Flash + 28]));
    }

    [Theory]
    [InlineData("stm32l475", 0x0800_0000u)]
    [InlineData("stm32l475", 0x0808_2000u)]
    [InlineData("stm32g071", 0x0800_4000u)]
    [InlineData("stm32l552", 0x0804_0000u)]
    [InlineData("stm32u575", 0x0810_2000u)]
    public void Loading_takes_little_more_than_the_flash_needs(string target, uint address)
    {
        FlashKindL4 kind = target switch { "stm32l475" => FlashKindL4.L47x, "stm32g071" => FlashKindL4.G0, "stm32l552" => FlashKindL4.L5, _ => FlashKindL4.U5 };
        var bench = BenchTarget.Of(target).Attached();
        byte[] data = Noise(8000);
        double start = bench.Milliseconds;
        Load(bench, address, data);
        // The first of two words waits on the bus until the flash is ready; the second then takes its time on the wire.
        double took = bench.Milliseconds - start, limit = ((8000 + kind.PageSize - 1) / kind.PageSize * kind.PageEraseTime + 8000u / 4 / (uint)kind.Words * kind.DoubleWordTime) / 1e12;
        Assert.Equal(data, bench.Read(address, data.Length));
        Assert.InRange(took, limit, limit * 1.08);
    }

    [Theory]
    [InlineData("stm32l475", 0x0808_0000u)]
    [InlineData("stm32g071", 0x0801_0000u)]
    [InlineData("stm32l552", 0x0804_0000u)]
    [InlineData("stm32u575", 0x0810_0000u)]
    public void Mass_erase_leaves_nothing(string target, uint second)
    {
        var bench = BenchTarget.Of(target).Attached();
        Load(bench, Flash, Noise(64));
        Load(bench, second, Noise(64));
        Assert.Equal("", bench.Monitor("erase_mass"));
        Assert.All(bench.Read(Flash, 64).Concat(bench.Read(second, 64)), b => Assert.Equal(0xFF, b));
    }

    [Theory]
    [InlineData("stm32l475")]
    [InlineData("stm32g071")]
    [InlineData("stm32l552")]
    [InlineData("stm32u575")]
    public void What_was_not_erased_is_told_with_its_address(string target)
    {
        var bench = BenchTarget.Of(target).Attached();
        Load(bench, Flash, Noise(600));
        Succeeds(bench.Core.FlashWrite(Flash + 496, Noise(16)));
        Assert.Equal("flash not erased at 0x080001F0", Words(bench.Core.FlashDone()));
        Load(bench, Flash, Noise(700));
        Assert.Equal(Noise(700), bench.Read(Flash, 700));
    }

    [Fact]
    public void With_TrustZone_on_each_side_is_programmed_at_its_own_addresses()
    {
        const uint secure = 0x0C00_0000, middle = 0x4_0000;
        var bench = BenchTarget.Of("stm32l552-tz").Attached();
        Assert.EndsWith(", TrustZone", System.Text.Encoding.ASCII.GetString(bench.Core.Driver));
        Load(bench, secure + middle - 64, Noise(128));
        Assert.Equal(Noise(128), bench.Read(secure + middle - 64, 128));
        Assert.All(bench.Read(Flash + middle - 64, 128), b => Assert.Equal(0, b));
        Succeeds(bench.Core.FlashErase(Flash + middle, 4));
        Assert.Equal($"flash write-protected at 0x{Flash + middle:X8}", Words(bench.Core.FlashDone()));
        Assert.DoesNotContain("!", bench.Monitor("option 0x40022060 0xFF80FFFF"));        // SECWM2R1: nothing of bank 2
        Restart(bench);
        Load(bench, Flash + middle, Noise(64));
        Assert.Equal(Noise(64), bench.Read(Flash + middle, 64));
        Load(bench, secure, Noise(64));
        Assert.Equal("", bench.Monitor("erase_mass"));
        Assert.All(bench.Read(secure, 64).Concat(bench.Read(Flash + middle, 64)), b => Assert.Equal(0xFF, b));
        Assert.Equal(0u, BitConverter.ToUInt32(bench.Read(0x5002_2080, 4)));
    }

    [Theory]
    [InlineData("stm32l475", 2048u, 0x4002_2020u, 0x4002_202Cu)]
    [InlineData("stm32g071", 2048u, 0x4002_2020u, 0x4002_202Cu)]
    [InlineData("stm32l552", 2048u, 0x4002_2040u, 0x4002_2058u)]
    [InlineData("stm32u575", 8192u, 0x4002_2040u, 0x4002_2058u)]
    public void Protection_is_told_and_taken_away(string target, uint page, uint optr, uint wrp)
    {
        var bench = BenchTarget.Of(target).Attached();
        Assert.DoesNotContain("!", bench.Monitor($"option 0x{wrp:X} 0xFF010001"));        // WRP1AR: page 1
        Restart(bench);
        Succeeds(bench.Core.FlashErase(Flash + page, 4));
        Assert.Equal($"flash write-protected at 0x{Flash + page:X8}", Words(bench.Core.FlashDone()));
        Assert.DoesNotContain("!", bench.Monitor($"option 0x{optr:X} 0x7FEFF855"));        // OPTR: level 1
        Restart(bench);
        Assert.EndsWith(", read protected", System.Text.Encoding.ASCII.GetString(bench.Core.Driver));
        Assert.Equal("target is read protected", Words(bench.Core.FlashErase(Flash, 4)));
        Assert.DoesNotContain("!", bench.Monitor("option erase"));
        Restart(bench);
        Load(bench, Flash + page, Noise(100));
        Assert.Equal(Noise(100), bench.Read(Flash + page, 100));
        Assert.Matches("^[0-9A-F]{24}\n$", bench.Monitor("uid"));
    }

    private static void Restart(BenchTarget bench)
    {
        bench.Target.PowerOff();
        bench.Target.PowerOn();
        bench.Pass(10_000);
        bench.Attached();
    }
}

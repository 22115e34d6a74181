using System.Text;
using SharpProbe.Target;

namespace SharpProbe.Tests.Debugging;

/// <summary>Parts with an FPEC, told apart by id, core, debug port and size register.</summary>
public class PartTests
{
    private const uint M0 = 0x410C_C200, M3R1 = 0x411F_C231, M3R2 = 0x412F_C231, M4 = 0x410F_C241, M23 = 0x411C_D200;
    private const uint OldPort = 0x1BA0_1477, NewPort = 0x2BA0_1477, OldAp = 0x1477_0011, NewAp = 0x2477_0011;
    private const ushort St = 0x20, Arm = 0x23B, GigaDevice = 0x3D1;

    private static FakeCore Part(uint cpuid, uint id, uint size, uint dp = OldPort, uint ap = OldAp, ushort designer = St)
    {
        bool low = cpuid is M0 or M23;
        var core = new FakeCore(cpuid) { DpIdrIs = dp, IdrIs = ap, DesignerIs = designer };
        core[low ? 0x4001_5800 : 0xE004_2000] = id;
        core[0x1FFF_F7E0] = core[0x1FFF_F7CC] = size;
        return core;
    }

    private static string Describe(FakeCore core)
    {
        BenchTarget.Succeeds(core.Session.Scan(0));
        MemoryRegion flash = default, ram = default;
        foreach (MemoryRegion region in core.Core.Map.Regions)
            if (region.IsFlash) flash = region;
            else ram = region;
        return $"{Encoding.ASCII.GetString(core.Core.Driver)}: {flash.Length / 1024}K by {flash.Block}, {ram.Length / 1024}K";
    }

    [Theory]
    [InlineData(M3R1, 0x2003_6410u, 0xFFFF_0040u, OldPort, OldAp, St, "STM32F1 medium density: 64K by 1024, 20K")]
    [InlineData(M3R1, 0x1003_6414u, 0xFFFF_0200u, OldPort, OldAp, St, "STM32F1 high density: 512K by 2048, 64K")]
    [InlineData(M3R1, 0x1000_6412u, 0xFFFF_FFFFu, OldPort, OldAp, St, "STM32F1 low density: 32K by 1024, 10K")]
    [InlineData(M3R2, 0x2003_6410u, 0xFFFF_0040u, NewPort, NewAp, Arm, "STM32F1 (clone) medium density: 64K by 1024, 20K")]
    [InlineData(M3R2, 0x1303_0410u, 0x0014_0080u, OldPort, OldAp, Arm, "GD32F10x medium density: 128K by 1024, 20K")]
    [InlineData(M3R2, 0x0000_0414u, 0x0040_0200u, NewPort, NewAp, GigaDevice, "GD32F10x high density: 512K by 2048, 64K")]
    [InlineData(M3R2, 0x2000_029Bu, 0xFFFF_0040u, NewPort, NewAp, Arm, "CS32F103 (clone of STM32F1 medium density): 64K by 1024, 20K")]
    [InlineData(M3R2, 0x1000_0412u, 0xFFFF_0020u, NewPort, NewAp, Arm, "STM32F1 (clone) low density: 32K by 1024, 10K")]
    [InlineData(M3R2, 0x2003_6414u, 0xFFFF_0200u, NewPort, NewAp, Arm, "STM32F1 (clone) high density: 512K by 2048, 64K")]
    [InlineData(M3R1, 0x1000_6418u, 0xFFFF_0100u, OldPort, OldAp, St, "STM32F1 connectivity line: 256K by 2048, 64K")]
    [InlineData(M3R1, 0x1001_6420u, 0xFFFF_0080u, OldPort, OldAp, St, "STM32F1 value line: 128K by 1024, 8K")]
    [InlineData(M3R1, 0x1001_6428u, 0xFFFF_0200u, OldPort, OldAp, St, "STM32F1 value line high density: 512K by 2048, 32K")]
    [InlineData(M3R2, 0x1303_0418u, 0x0040_0100u, OldPort, OldAp, GigaDevice, "GD32F10x connectivity line: 256K by 2048, 64K")]
    [InlineData(M4, 0x1303_0410u, 0x0030_0100u, NewPort, NewAp, GigaDevice, "GD32F30x: 256K by 2048, 48K")]
    [InlineData(M4, 0x5002_0100u, 0xFFFF_0040u, NewPort, NewAp, Arm, "AT32F421: 64K by 1024, 16K")]
    [InlineData(M4, 0x5009_2087u, 0xFFFF_0040u, NewPort, NewAp, Arm, "AT32F425: 64K by 1024, 20K")]
    [InlineData(M0, 0x1000_6444u, 0xFFFF_0020u, 0x0BB1_1477u, 0x0477_0021u, St, "STM32F03x: 32K by 1024, 4K")]
    [InlineData(M0, 0x1000_6445u, 0xFFFF_0020u, 0x0BB1_1477u, 0x0477_0021u, St, "STM32F04x, F070x6: 32K by 1024, 6K")]
    [InlineData(M0, 0x2001_6442u, 0xFFFF_0100u, 0x0BB1_1477u, 0x0477_0021u, St, "STM32F09x, F030xC: 256K by 2048, 32K")]
    [InlineData(M4, 0x1000_6432u, 0xFFFF_0100u, NewPort, NewAp, St, "STM32F37x: 256K by 2048, 32K")]
    [InlineData(M4, 0x1001_6438u, 0xFFFF_0040u, NewPort, NewAp, St, "STM32F303x6/x8, F334, F328: 64K by 2048, 12K")]
    [InlineData(M4, 0x1001_6439u, 0xFFFF_0040u, NewPort, NewAp, St, "STM32F301, F302x6/x8, F318: 64K by 2048, 16K")]
    [InlineData(M4, 0x1001_6446u, 0xFFFF_0200u, NewPort, NewAp, St, "STM32F302/F303xD/xE, F398: 512K by 2048, 64K")]
    [InlineData(M4, 0x7005_0240u, 0xFFFF_0100u, NewPort, NewAp, Arm, "AT32F403/F403A/F407: 256K by 2048, 96K")]
    [InlineData(M4, 0x7003_01C5u, 0xFFFF_0080u, NewPort, NewAp, Arm, "AT32F413/F415: 128K by 1024, 32K")]
    [InlineData(M4, 0x1303_0414u, 0x0060_0200u, NewPort, NewAp, GigaDevice, "GD32F30x high density: 512K by 2048, 96K")]
    [InlineData(M23, 0x1303_0410u, 0xFFFF_0040u, NewPort, NewAp, GigaDevice, "GD32E230: 64K by 1024, 8K")]
    [InlineData(M0, 0x2000_0440u, 0xFFFF_0040u, 0x0BB1_1477u, 0x0477_0021u, St, "STM32F05x, F030x8: 64K by 1024, 8K")]
    [InlineData(M0, 0x2001_0448u, 0xFFFF_0080u, 0x0BB1_1477u, 0x0477_0021u, St, "STM32F07x: 128K by 2048, 16K")]
    [InlineData(M4, 0x1002_6422u, 0xFFFF_0100u, NewPort, NewAp, St, "STM32F302/F303xB/xC: 256K by 2048, 40K")]
    public void Parts_are_known(uint cpuid, uint id, uint size, uint dp, uint ap, int designer, string expected) =>
        Assert.Equal(expected, Describe(Part(cpuid, id, size, dp, ap, (ushort)designer)));

    [Fact]
    public void A_CH32F103_is_told_by_the_lock_that_no_other_has()
    {
        FakeCore core = Part(M3R1, 0x2003_6410, 0xFFFF_0040);
        core[0x4002_2010] = 0x8080;
        Assert.Equal("CH32F103: 64K by 1024, 20K", Describe(core));
        Assert.Empty(core.Writes);
    }

    /// <summary>What a bus without a chip gives, ids of another core's parts, and an id with the wrong core.</summary>
    [Theory]
    [InlineData(M3R1, 0u)]
    [InlineData(M3R1, 0xFFFF_FFFFu)]
    [InlineData(M4, 0xFFFF_FFFFu)]
    [InlineData(M0, 0xFFFF_FFFFu)]
    [InlineData(M3R1, 0xDEAD_BEEFu)]
    [InlineData(M3R1, 0x2000_0440u)]
    [InlineData(M0, 0x2003_6410u)]
    [InlineData(M0, 0x1002_6422u)]
    [InlineData(M3R1, 0x1002_6422u)]
    [InlineData(M3R1, 0x7005_0240u)]
    [InlineData(M23, 0x2000_0440u)]
    public void Nonsense_is_no_part(uint cpuid, uint id)
    {
        FakeCore core = Part(cpuid, id, 64);
        Assert.StartsWith("unknown part", Describe(core));
        Assert.Empty(core.Writes);
    }

    [Theory]
    [InlineData(M4, 0x1000_6999u)]
    [InlineData(0x411F_C272u, 0x1000_0410u)]
    public void Ids_of_other_families_are_not_taken(uint cpuid, uint id) => Assert.StartsWith("unknown part", Describe(Part(cpuid, id, 64)));

    [Fact]
    public void The_second_bank_of_an_XL_part_has_its_own_controller()
    {
        FakeCore core = Part(M3R1, 0x1000_6430, 1024).Attached();
        core.Keeps[0x4002_200C] = core.Keeps[0x4002_204C] = 0;              // SR: bits are cleared by writing 1
        BenchTarget.Succeeds(core.Core.FlashErase(0x0807_F800, 4096));
        BenchTarget.Succeeds(core.Core.FlashWrite(0x0807_FFFE, [1, 2, 3, 4]));
        core.Core.Work();
        BenchTarget.Succeeds(core.Core.FlashDone());
        Assert.Contains((0x4002_2014u, 0x0807_F800u), core.Writes);
        Assert.Contains((0x4002_2010u, 0x42u), core.Writes);
        Assert.Contains((0x4002_2054u, 0x0808_0000u), core.Writes);
        Assert.Contains((0x4002_2050u, 0x42u), core.Writes);
        Assert.Contains((0x4002_2050u, 1u), core.Writes);
        Assert.Equal([(0x4002_2010u, 0x80u), (0x4002_2050u, 0x80u)], core.Writes[^2..]);
        Assert.Equal(0x0403_0201u, core[0x0807_FFFE]);
    }

    [Fact]
    public void A_controller_that_does_not_unlock_is_told()
    {
        FakeCore core = Part(M3R1, 0x2003_6410, 64).Attached();
        core[0x4002_2010] = 0x80;
        Assert.Equal("flash controller does not unlock", BenchTarget.Words(core.Core.FlashErase(0x0800_0000, 4)));
    }

    [Fact]
    public void The_option_that_closes_an_F0_for_ever_is_refused()
    {
        FakeCore core = Part(M0, 0x2000_0440, 64).Attached();
        Assert.StartsWith("!refused", core.Monitor("option 0x1FFFF800 0xCC"));
        Assert.DoesNotContain(core.Writes, w => w.Address == 0x4002_2010);
    }
}

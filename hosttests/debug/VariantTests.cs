using System.Text;
using SharpProbe.Io;
using SharpProbe.Target;

namespace SharpProbe.Tests.Debugging;

/// <summary>Cores other than the Cortex-M3.</summary>
public class VariantTests
{
    private const uint M0 = 0x410C_C200, M4 = 0x410F_C241, M7 = 0x411F_C272, M33 = 0x410F_D214;
    private const uint FpCtrl = 0xE000_2000, FpComp0 = 0xE000_2008, DwtCtrl = 0xE000_1000, DwtComp0 = 0xE000_1020, DwtMask0 = 0xE000_1024, DwtFunction0 = 0xE000_1028;

    private static string Description(FakeCore core)
    {
        var xml = new WindowWriter(new byte[8000], 0);
        core.Core.WriteDescription(ref xml);
        return Encoding.ASCII.GetString(xml.Written);
    }

    [Theory]
    [InlineData(M0, "M0")]
    [InlineData(0x410C_C601u, "M0+")]
    [InlineData(M4, "M4")]
    [InlineData(M7, "M7")]
    [InlineData(0x411C_D200u, "M23")]
    [InlineData(M33, "M33")]
    [InlineData(0x630F_1320u, "STAR-MC1")]
    [InlineData(0x410F_C990u, "M (v7-M)")]
    public void Cores_are_known_by_CPUID(uint cpuid, string name)
    {
        var core = new FakeCore(cpuid);
        core.Session.Scan(0);
        Assert.Equal(name, Encoding.ASCII.GetString(core.Core.Core));
    }

    [Theory]
    [InlineData(0u)]
    [InlineData(0xFFFF_FFFFu)]
    public void What_has_no_CPUID_is_no_target(uint cpuid) => Assert.Equal("no memory access port found", BenchTarget.Words(new FakeCore(cpuid).Session.Scan(0)));

    [Fact]
    public void An_unknown_part_is_named_by_its_numbers_and_has_no_flash()
    {
        var core = new FakeCore(M4).Attached();
        Assert.Equal("unknown part 0x123, designer 0x043", Encoding.ASCII.GetString(core.Core.Driver));
        Assert.Equal("no flash driver for this part", BenchTarget.Words(core.Core.FlashErase(0x0800_0000, 4)));
        var xml = new WindowWriter(new byte[1000], 0);
        core.Core.WriteMemoryMap(ref xml);
        Assert.Contains("type=\"ram\" start=\"0x00000000\" length=\"0x80000000\"/><memory type=\"ram\" start=\"0x80000000\" length=\"0x80000000\"", Encoding.ASCII.GetString(xml.Written));
    }

    [Fact]
    public void An_FPU_has_double_registers_of_two_words()
    {
        var core = new FakeCore(M4) { HasFpu = true };
        core.Registers[0x42] = 0x1111_2222;
        core.Registers[0x43] = 0x3333_4444;
        core.Attached();
        var value = new byte[8];
        Assert.Equal((49, 8), (core.Core.RegisterCount, core.Core.RegisterSize(33)));
        BenchTarget.Succeeds(core.Core.ReadRegister(33, value));
        Assert.Equal(0x3333_4444_1111_2222u, BitConverter.ToUInt64(value));
        Assert.Contains("name=\"d15\" regnum=\"47\"", Description(core));
    }

    [Fact]
    public void A_Cortex_M0_has_neither_FPU_nor_BASEPRI()
    {
        var core = new FakeCore(M0).Attached();
        Assert.Equal((32, 0, 1), (core.Core.RegisterCount, core.Core.RegisterSize(29), core.Core.RegisterSize(28)));
        Assert.DoesNotContain("basepri", Description(core));
    }

    [Fact]
    public void Version_2_of_the_FPB_compares_whole_addresses()
    {
        var core = new FakeCore(M7) { [FpCtrl] = 0x1000_0080 };
        core.Keeps[FpCtrl] = 0x1000_0080;
        core.Attached();
        Assert.Equal(PointResult.Done, core.Core.Insert(PointKind.Hardware, 0x2400_0102, 2));
        Assert.Equal(0x2400_0103u, core[FpComp0]);
        Assert.Equal(PointResult.Done, core.Core.Remove(PointKind.Hardware, 0x2400_0102, 2));
        Assert.Equal(0u, core[FpComp0]);
    }

    [Fact]
    public void Version_8_of_the_DWT_watches_by_size_and_reports_the_address()
    {
        var core = new FakeCore(M33) { [DwtCtrl] = 0x4000_0000 };
        core.Attached();
        Assert.Equal(PointResult.Done, core.Core.Insert(PointKind.Write, 0x2000_0002, 2));
        Assert.Equal((0x2000_0002u, 0x415u), (core[DwtComp0], core[DwtFunction0]));
        BenchTarget.Succeeds(core.Core.Resume());
        core[0xE000_ED30] = 4;                              // DFSR.DWTTRAP
        core[DwtFunction0] |= 1 << 24;
        core.Halted = true;
        StopInfo stop = core.Core.Poll();
        Assert.Equal((StopReason.WatchWrite, 0x2000_0002u), (stop.Reason, stop.Address));
    }

    [Fact]
    public void The_largest_mask_of_a_DWT_is_found_out()
    {
        var core = new FakeCore(M4) { [DwtCtrl] = 0x2000_0000 };
        core.Keeps[DwtMask0] = 3;                           // up to 8 bytes
        core.Attached();
        Assert.Equal(PointResult.Done, core.Core.Insert(PointKind.Access, 0x2000_0000, 16));
        Assert.Equal((0x2000_0000u, 0x2000_0008u, 7u), (core[DwtComp0], core[DwtComp0 + 16], core[DwtFunction0 + 16]));
        Assert.Equal(PointResult.NoneFree, core.Core.Insert(PointKind.Access, 0x2000_0040, 1));
    }

    [Fact]
    public void The_data_cache_of_a_Cortex_M7_is_cleaned_before_memory_is_read()
    {
        var core = new FakeCore(M7) { [0xE000_ED7C] = 0x8303_C003, [0xE000_ED14] = 1 << 16 };
        core.Attached();
        BenchTarget.Succeeds(core.Core.ReadMemory(0x2400_001C, new byte[8]));
        Assert.Equal([(0xE000_EF68u, 0x2400_0000u), (0xE000_EF68u, 0x2400_0020u)], core.Writes);
        core.Writes.Clear();
        BenchTarget.Succeeds(core.Core.WriteMemory(0x2400_0000, new byte[4]));
        Assert.Equal([(0xE000_EF70u, 0x2400_0000u)], core.Writes);
        core.Writes.Clear();
        BenchTarget.Succeeds(core.Core.ReadMemory(0x4000_0000, new byte[4]));
        Assert.Empty(core.Writes);
        BenchTarget.Succeeds(core.Core.Resume());
        Assert.Contains((0xE000_EF50u, 0u), core.Writes);
    }

    [Fact]
    public void A_core_that_does_not_halt_is_told_with_the_time_limit()
    {
        var core = new FakeCore(M4);
        core.Session.Scan(0);
        core.Session.HaltTimeout = 100;
        core.Unreadable.Add(0xE000_EDF0);
        Assert.Equal("target does not halt within 100 ms: is it asleep? Try monitor connect_srst enable", BenchTarget.Words(core.Session.Attach(0)));
    }
}

using SharpProbe.Sim.Targets;
using static SharpProbe.Tests.Debugging.BenchTarget;

namespace SharpProbe.Tests.Parts;

/// <summary>Parts whose registers say what no part of their family says: an unknown part that can be debugged, never something that it is not.</summary>
public class NonsenseTests
{
    private static string Scan(PartBench bench)
    {
        string scan = bench.Monitor("swd_scan");
        Succeeds(bench.Session.Attach(0));
        Assert.Equal("no flash driver for this part", Words(bench.Core.FlashErase(0x0800_0000, 4)));
        Assert.Null(bench.Target.Stopped);
        return scan;
    }

    private static Action<SimTarget> Fill(uint address, int length, byte value) => target =>
    {
        var mapping = target.Chip.Bus.Find(address)!;
        mapping.Region!.Span.Slice((int)(address - mapping.Address), length).Fill(value);
    };

    [Theory]
    [InlineData(TargetKind.Clone, 0u)]
    [InlineData(TargetKind.Clone, 0xFFFF_FFFFu)]
    [InlineData(TargetKind.Clone, 0x1234_5678u)]
    // An AT32's id with a Cortex-M3, a GD32F30x's revision with an AT32's core and another series.
    [InlineData(TargetKind.Clone, 0x7005_0344u)]
    [InlineData(TargetKind.At32F403A, 0x7006_0344u)]
    [InlineData(TargetKind.Gd32F303, 0x1303_0499u)]
    public void An_id_that_fits_no_row(TargetKind kind, uint idcode) =>
        Assert.Contains("unknown part", Scan(new PartBench(probe => new Stm32F103(probe, TargetVariant.Of(kind) with { Idcode = idcode }))));

    [Theory]
    [InlineData("efm32gg", 0x0FE0_8000u, 0x200)]
    [InlineData("efr32mg12", 0x0FE0_8000u, 0x200)]
    [InlineData("efr32mg22", 0x0FE0_8000u, 0x200)]
    [InlineData("nrf5340", 0x00FF_0200u, 0x40)]
    [InlineData("nrf9160", 0x00FF_0200u, 0x40)]
    public void An_information_page_of_zeros_or_ones(string name, uint address, int length)
    {
        Assert.Contains("unknown part", Scan(new PartBench(name, Fill(address, length, 0))));
        Assert.Contains("unknown part", Scan(new PartBench(name, Fill(address, length, 0xFF))));
        Assert.Contains("unknown part", Scan(new PartBench(name, Fill(address, length, 0x5A))));
    }

    [Theory]
    // SDID: nothing, and what begins like a KL's.
    [InlineData("mkl25z128", 0x4004_8024u, 0u)]
    [InlineData("mkl25z128", 0x4004_8024u, 0xFFFF_FFFFu)]
    [InlineData("mkl25z128", 0x4004_8024u, 0x5A5A_5A5Au)]
    [InlineData("mkl25z128", 0x4004_8024u, 0xFF1F_FFFFu)]
    // An MK20's and an MK64's with a Cortex-M0+, a KL25's and a KL17's with a Cortex-M4.
    [InlineData("mkl25z128", 0x4004_8024u, 0x0000_0015u)]
    [InlineData("mkl25z128", 0x4004_8024u, 0x6406_0347u)]
    [InlineData("mk64fn1m0", 0x4004_8024u, 0x2515_2486u)]
    [InlineData("mk64fn1m0", 0x4004_8024u, 0x1315_2486u)]
    [InlineData("mk64fn1m0", 0x4004_8024u, 0u)]
    [InlineData("mk64fn1m0", 0x4004_8024u, 0x0001_0015u)]
    [InlineData("mk64fn1m0", 0x4004_8024u, 0xFFFF_FFFFu)]
    [InlineData("s32k144", 0x4004_8024u, 0u)]
    [InlineData("s32k144", 0x4004_8024u, 0xFFFF_FFFFu)]
    // SRSID of a KE06.
    [InlineData("mke06z128", 0x4004_8000u, 0u)]
    [InlineData("mke06z128", 0x4004_8000u, 0xFFFF_FFFFu)]
    // DID of the DSU.
    [InlineData("samd21", 0x4100_2118u, 0u)]
    [InlineData("samd21", 0x4100_2118u, 0xFFFF_FFFFu)]
    [InlineData("same54", 0x4100_2118u, 0x1234_5678u)]
    // CIDR: with no flash, with sizes that are reserved, and of nothing.
    [InlineData("sam4s", 0x400E_0740u, 0x289B_00E0u)]
    [InlineData("sam4s", 0x400E_0740u, 0x289B_04E0u)]
    [InlineData("sam4s", 0x400E_0740u, 0x289B_0FE0u)]
    [InlineData("sam4s", 0x400E_0740u, 0u)]
    [InlineData("sam4s", 0x400E_0740u, 0xFFFF_FFFFu)]
    [InlineData("sam3x", 0x400E_0940u, 0x285E_0060u)]
    [InlineData("same70", 0x400E_0940u, 0xA10D_0000u)]
    // DEVICE_ID.
    [InlineData("lpc11u24", 0x4004_83F4u, 0u)]
    [InlineData("lpc11u24", 0x4004_83F4u, 0xFFFF_FFFFu)]
    [InlineData("lpc1343", 0x4004_83F4u, 0x1234_5678u)]
    [InlineData("lpc824", 0x4004_83F8u, 0u)]
    [InlineData("lpc824", 0x4004_83F8u, 0xFFFF_FFFFu)]
    [InlineData("lpc1549", 0x4007_43F8u, 0u)]
    [InlineData("lpc1549", 0x4007_43F8u, 0xFFFF_FFFFu)]
    [InlineData("lpc4357", 0x4004_3200u, 0u)]
    // The boot ROM's magic.
    [InlineData("rp2040", 0x10u, 0u)]
    [InlineData("rp2040", 0x10u, 0xFFFF_FFFFu)]
    [InlineData("rp2350", 0x10u, 0u)]
    [InlineData("rp2350", 0x10u, 0xFFFF_FFFFu)]
    [InlineData("rp2350", 0x10u, 0x5A5A_5A5Au)]
    public void A_register_that_says_what_no_part_says(string name, uint address, uint value) =>
        Assert.Contains("unknown part", Scan(new PartBench(name, OtherAnswer.At(address, value))));

    /// <summary>The family is one that there is: pages of 1 to 4 bytes, more flash than any has, none, or no whole number of pages.</summary>
    [Theory]
    [InlineData("efr32mg12", 0x0FE0_81E4u, 0x0600_0000u)]
    [InlineData("efr32mg12", 0x0FE0_81E4u, 0x0900_0000u)]
    [InlineData("efr32mg12", 0x0FE0_81E4u, 0x0500_0000u)]
    [InlineData("efr32mg12", 0x0FE0_81F8u, 0x0100_FFFFu)]
    [InlineData("efr32mg12", 0x0FE0_81F8u, 0x0100_1001u)]
    [InlineData("efr32mg12", 0x0FE0_81F8u, 0x0100_0001u)]
    [InlineData("efr32mg12", 0x0FE0_81F8u, 0u)]
    [InlineData("efm32gg", 0x0FE0_81F8u, 0xFFFF_FFFFu)]
    [InlineData("efm32hg", 0x0FE0_81F8u, 0u)]
    [InlineData("efr32mg22", 0x0FE0_8008u, 0x0200_0006u)]
    [InlineData("efr32mg22", 0x0FE0_8008u, 0x0200_0009u)]
    [InlineData("efr32mg22", 0x0FE0_800Cu, 0x0020_FFFFu)]
    [InlineData("efr32mg22", 0x0FE0_800Cu, 0x0020_0003u)]
    public void A_Gecko_with_sizes_that_cannot_be(string name, uint address, uint value) =>
        Assert.Contains("unknown part", Scan(new PartBench(name, OtherAnswer.At(address, value))));

    [Theory]
    [InlineData("samd21", 0u)]
    [InlineData("samd21", 0xFFFF_FFFFu)]
    [InlineData("samd21", 0x0003_FFFFu)]
    [InlineData("samd21", 0x0003_0000u)]
    [InlineData("same54", 0u)]
    [InlineData("same54", 0xFFFF_FFFFu)]
    [InlineData("same54", 0x0002_0800u)]
    [InlineData("same54", 0x0007_0800u)]
    public void A_SAM_whose_PARAM_cannot_be_has_no_flash_and_says_so(string name, uint param)
    {
        var bench = new PartBench(name, OtherAnswer.At(0x4100_4008, param));
        Assert.Contains(name[..6].ToUpperInvariant(), bench.Monitor("swd_scan"));
        Succeeds(bench.Session.Attach(0));
        foreach (var region in bench.Core.Memories) Assert.False(region.IsFlash);
        Assert.Equal("!no flash driver for this part\n", bench.Monitor("lock_flash"));
        Assert.Equal("!no flash driver for this part\n", bench.Monitor("set_security_bit irreversible"));
        Assert.Equal("0x00000000 is not in flash", Words(bench.Core.FlashErase(0, 4)));
        Assert.Null(bench.Target.Stopped);
    }
}

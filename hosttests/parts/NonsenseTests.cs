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
}

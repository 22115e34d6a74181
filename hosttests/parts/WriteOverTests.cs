using static SharpProbe.Tests.Debugging.BenchTarget;

namespace SharpProbe.Tests.Parts;

/// <summary>Data for flash that is not erased. Some controllers see it; of the others only reading tells, which the driver leaves to whoever compares (docs/flash.md).</summary>
public class WriteOverTests
{
    private static readonly byte[] s_first = [.. Enumerable.Repeat((byte)0x5A, 512)], s_second = [.. Enumerable.Repeat((byte)0xA5, 512)];

    [Theory]
    [InlineData("stm32f103", 0x0800_2000)]
    [InlineData("stm32f051", 0x0800_2000)]
    [InlineData("stm32f303", 0x0800_2000)]
    [InlineData("stm32l475", 0x0800_2000)]
    [InlineData("stm32g071", 0x0800_2000)]
    [InlineData("stm32l552", 0x0800_2000)]
    [InlineData("stm32u575", 0x0800_2000)]
    [InlineData("stm32l053", 0x0800_2000)]
    [InlineData("nrf51822", 0x2000)]
    [InlineData("nrf52832", 0x2000)]
    [InlineData("nrf9160", 0x2000)]
    [InlineData("mkl25z128", 0x2000)]
    [InlineData("mk64fn1m0", 0x2000)]
    [InlineData("mke06z128", 0x2000)]
    public void Where_the_controller_sees_it_or_the_driver_reads_back_it_is_told_with_its_address(string name, uint address)
    {
        var bench = new PartBench(name).Attached();
        Succeeds(bench.Load(address, s_first));
        Assert.Equal($"flash not erased at 0x{address:X8}", Words(bench.Load(address, s_second, erase: false)));
        Succeeds(bench.Core.Reset());
        Succeeds(bench.Load(address, s_second));
        Assert.Equal(s_second, bench.Read(address, s_second.Length));
    }

    [Theory]
    [InlineData("stm32f407", 0x0800_4000)]
    [InlineData("stm32h743", 0x0802_0000)]
    [InlineData("stm32h7a3", 0x0800_2000)]
    [InlineData("stm32h563", 0x0800_2000)]
    [InlineData("stm32l151", 0x0800_2000)]
    [InlineData("samd21", 0x2000)]
    [InlineData("sam4s", 0x0040_2000)]
    [InlineData("sam3x", 0x0008_2000)]
    [InlineData("same70", 0x0040_2000)]
    [InlineData("efm32gg", 0x2000)]
    [InlineData("efr32mg12", 0x2000)]
    [InlineData("efr32mg22", 0x2000)]
    [InlineData("lpc1768", 0x2000)]
    [InlineData("lpc11u24", 0x2000)]
    [InlineData("rp2040-512k", 0x1000_2000)]
    public void Elsewhere_only_a_comparison_tells_and_a_load_that_erases_works(string name, uint address)
    {
        var bench = new PartBench(name).Attached();
        Succeeds(bench.Load(address, s_first));
        Succeeds(bench.Load(address, s_second, erase: false));
        var read = new byte[s_second.Length];
        Assert.True(bench.Core.ReadMemory(address, read).Failed || !read.AsSpan().SequenceEqual(s_second));
        Succeeds(bench.Core.Reset());
        Succeeds(bench.Load(address, s_second));
        Assert.Equal(s_second, bench.Read(address, s_second.Length));
    }
}

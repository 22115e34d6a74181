using Xunit.Abstractions;
using static SharpProbe.Tests.Debugging.BenchTarget;

namespace SharpProbe.Tests.Debugging;

/// <summary>gdb's CRC by the target's own core: the same as by reading, faster, and invisible.</summary>
public class TargetCrcTests(ITestOutputHelper output)
{
    private const uint Begin = 0xFFFF_FFFF;

    private static readonly uint[] s_table = [.. Enumerable.Range(0, 256).Select(i => Bits((uint)i << 24))];

    private static uint Bits(uint crc)
    {
        for (int bit = 0; bit < 8; bit++) crc = (crc & 0x8000_0000) != 0 ? crc << 1 ^ 0x04C1_1DB7 : crc << 1;
        return crc;
    }

    /// <summary>Bit by bit, as gdb's manual says it.</summary>
    private static uint Of(ReadOnlySpan<byte> data)
    {
        uint crc = Begin;
        foreach (byte b in data) crc = Bits(crc ^ (uint)b << 24);
        return crc;
    }

    private static BenchTarget Loaded(string target, int length, out byte[] image)
    {
        var bench = BenchTarget.Of(target);
        image = new byte[length];
        new Random(length).NextBytes(image);
        BitConverter.TryWriteBytes(image, Ram + 0x800);
        BitConverter.TryWriteBytes(image.AsSpan(4), Code | 1);
        bench.Target.Load(image, Flash);
        bench.Attached();
        Succeeds(bench.Core.Reset());
        return bench;
    }

    [Theory]
    [InlineData("stm32f103", false)]
    [InlineData("stm32g071", true)]
    [InlineData("stm32f407", true)]
    public void It_is_that_of_the_image_and_takes_the_faster_way(string target, bool byTarget)
    {
        const int length = 64 * 1024;
        BenchTarget bench = Loaded(target, length, out byte[] image);
        double start = bench.Milliseconds;
        uint crc = Begin, done = bench.Core.AddCrc(Flash, length, new byte[4096], ref crc);
        double took = bench.Milliseconds - start;
        start = bench.Milliseconds;
        bench.Read(Flash, length);
        double reading = bench.Milliseconds - start;
        output.WriteLine($"{target}: {done} bytes in {took:F2} ms by the target; {length} bytes read in {reading:F2} ms");
        Assert.Equal(Of(image.AsSpan(0, (int)done)), crc);
        Assert.Equal(byTarget ? length : 2048u, done);
        if (byTarget) Assert.InRange(took, 0, reading);
    }

    [Fact]
    public void Registers_and_RAM_are_as_before()
    {
        BenchTarget bench = Loaded("stm32f407", 32 * 1024, out _);
        for (int i = 0; i < 13; i++) bench.Register(i, (uint)i * 0x0101_0101);
        byte[] ram = bench.Read(Ram, 4096);
        uint[] before = [.. Enumerable.Range(0, 16).Append(25).Select(bench.Register)];
        uint crc = Begin;
        Assert.NotEqual(0u, bench.Core.AddCrc(Flash, 32 * 1024, new byte[4096], ref crc));
        Assert.Equal(ram, bench.Read(Ram, 4096));
        Assert.Equal(before, Enumerable.Range(0, 16).Append(25).Select(bench.Register));
    }

    [Fact]
    public void A_program_that_has_run_is_not_disturbed()
    {
        BenchTarget bench = Loaded("stm32f407", 32 * 1024, out _);
        Succeeds(bench.Core.Step());
        uint crc = Begin;
        Assert.Equal(0u, bench.Core.AddCrc(Flash, 32 * 1024, new byte[4096], ref crc));
    }
}

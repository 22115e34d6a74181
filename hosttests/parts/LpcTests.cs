using System.Text;
using SharpProbe.Sim.Chips.Lpc;
using SharpProbe.Tests.Targets.Nxp;
using Xunit.Abstractions;
using static SharpProbe.Tests.Debugging.BenchTarget;

namespace SharpProbe.Tests.Parts;

/// <summary>LPCs through the firmware's own driver: identification by register or by IAP, erase of many sectors at once, vectors' checksum, code read protection.</summary>
public class LpcTests(ITestOutputHelper output)
{
    /// <summary>One of each kind of boot ROM.</summary>
    public static TheoryData<string> Parts => ["lpc1768", "lpc11u24", "lpc1343", "lpc824", "lpc1549", "lpc4088", "lpc4357"];

    private static LpcPart Part(string name) => LpcPart.All.First(part => part.Name == name);

    private static uint Ram(string name) => Part(name).Rams[0].Address;

    private static uint Flash(string name) => Part(name).Banks[0];

    private static PartBench Bench(string name, Action<byte[]>? change = null) => new(name, target =>
    {
        byte[] image = NxpImage.Of(0x1000, Ram(name) + 0x1000);
        change?.Invoke(image);
        target.Load(image, Flash(name));
    });

    private static PartBench Running(string name)
    {
        var bench = Bench(name);
        bench.PassCycles(216_000);
        return bench.Attached();
    }

    [Theory]
    [InlineData("lpc1768", "LPC1767/68/69")]
    [InlineData("lpc11u24", "LPC11E14/U24")]
    [InlineData("lpc1343", "LPC1343")]
    [InlineData("lpc824", "LPC824")]
    [InlineData("lpc1549", "LPC15x9")]
    [InlineData("lpc4088", "LPC4078/88")]
    [InlineData("lpc4357", "LPC4357")]
    public void It_is_named_and_its_RAM_and_registers_are_as_they_were(string name, string words)
    {
        var bench = Bench(name);
        bench.PassCycles(216_000);
        Succeeds(bench.Session.Scan(0));
        byte[] before = bench.Target.Chip.Bus.Find(Ram(name))!.Region!.Span[..0x1000].ToArray();
        Succeeds(bench.Session.Attach(0));
        Assert.Equal(words, Encoding.ASCII.GetString(bench.Core.Driver));
        Assert.Equal(before, bench.Read(Ram(name), 0x1000));
        byte[] pc = new byte[4];
        Succeeds(bench.Core.ReadRegister(15, pc));
        Assert.InRange(BitConverter.ToUInt32(pc), NxpImage.Loop, NxpImage.Loop + 2);
    }

    [Theory]
    [InlineData("lpc1768", 32768, 100 + 128 * 1.0)]
    [InlineData("lpc11u24", 16384, 100 + 64 * 1.0)]
    [InlineData("lpc1343", 16384, 100 + 64 * 1.0)]
    [InlineData("lpc824", 4096, 100 + 64 * 1.0)]
    [InlineData("lpc1549", 32768, 100 + 128 * 1.0)]
    [InlineData("lpc4088", 32768, 100 + 128 * 1.0)]
    [InlineData("lpc4357", 65536, 200 + 128 * 1.0)]         // two kinds of sectors, one after the other
    public void Loading_goes_nearly_at_the_flashs_own_speed(string name, int length, double limit)
    {
        var bench = Running(name);
        byte[] data = PartBench.Noise(length);
        double start = bench.Milliseconds;
        Succeeds(bench.Load(Flash(name) + 0x2000, data));
        double took = bench.Milliseconds - start;
        output.WriteLine($"{name}: {length / took:F1} KB/s; the flash alone allows {length / limit:F1}");
        Assert.Equal(data, bench.Read(Flash(name) + 0x2000, data.Length));
        Assert.InRange(took, limit, limit * 1.25);
    }

    [Theory, MemberData(nameof(Parts))]
    public void Vectors_get_their_checksum_so_that_the_program_starts(string name)
    {
        var bench = Running(name);
        byte[] image = NxpImage.Of(0x800, Ram(name) + 0x1000), wanted = [.. image];
        image.AsSpan(0x1C, 4).Clear();
        Succeeds(bench.Load(Flash(name), image));
        Assert.Equal(wanted, bench.Read(Flash(name), image.Length));
        Succeeds(bench.Core.Reset());
        Assert.Equal(wanted, bench.Read(Flash(name), image.Length));
        Succeeds(bench.Core.Resume());
        bench.PassCycles(2_160_000);
        Succeeds(bench.Core.Halt());
        while (bench.Core.Poll().Reason == Target.StopReason.Running) bench.PassCycles(1000);
        byte[] pc = new byte[4];
        Succeeds(bench.Core.ReadRegister(15, pc));
        Assert.InRange(BitConverter.ToUInt32(pc), NxpImage.Start, NxpImage.Loop + 2);
    }

    [Theory]
    [InlineData("lpc1768", 0u)]
    [InlineData("lpc4357", 0x1A00_0000u)]
    [InlineData("lpc4357", 0x1B00_0000u)]
    public void Code_read_protection_is_refused_until_the_user_allows_it(string name, uint flash)
    {
        var bench = Running(name);
        byte[] image = NxpImage.Of(0x800, Ram(name) + 0x1000);
        BitConverter.TryWriteBytes(image.AsSpan(0x2FC), 0x8765_4321u);
        Assert.Equal($"refused: what is to be written at 0x{flash + 0x2FC:X8} would lock the part", Words(bench.Load(flash, image)));
        bench.Monitor("unsafe enable");
        Succeeds(bench.Load(flash, image));
        bench.Target.SystemReset();
        Assert.False(bench.Target.Enabled);
    }

    [Theory]
    [InlineData("lpc1768", 0x7_0000u)]
    [InlineData("lpc11u24", 0x7000u)]
    [InlineData("lpc1343", 0x7000u)]
    [InlineData("lpc824", 0x7C00u)]
    [InlineData("lpc1549", 0x3_F000u)]
    [InlineData("lpc4088", 0x7_0000u)]
    [InlineData("lpc4357", 0x1B07_0000u)]
    public void A_mass_erase_empties_it(string name, uint last)
    {
        var bench = Running(name);
        Succeeds(bench.Load(last, PartBench.Noise(256)));
        double start = bench.Milliseconds;
        Assert.Equal("", bench.Monitor("erase_mass"));
        Assert.InRange(bench.Milliseconds - start, 100, Part(name).Banks.Length * 110);
        Assert.Equal((uint.MaxValue, uint.MaxValue), (bench.Word(Flash(name)), bench.Word(last)));
    }

    [Theory, MemberData(nameof(Parts))]
    public void Its_unique_id_is_told_with_the_highest_word_first_and_its_RAM_is_as_it_was(string name)
    {
        var bench = Running(name);
        byte[] before = bench.Read(Ram(name), 0x1000);
        Assert.Equal("F50000224E8A7F05AE969C510B0C1A2D\n", bench.Monitor("uid"));
        Assert.Equal(before, bench.Read(Ram(name), 0x1000));
    }

    [Fact] public void A_running_program_is_not_asked_for_its_unique_id()
    {
        var bench = Running("lpc1768");
        Succeeds(bench.Core.Resume());
        Assert.StartsWith("!", bench.Monitor("uid"));
        bench.PassCycles(216_000);
        Assert.False(bench.Target.Core.InDebugState);
    }

    [Fact] public void A_program_with_a_PLL_is_no_hindrance()
    {
        var bench = Running("lpc1768");
        foreach (var (address, value) in (ReadOnlySpan<(uint, uint)>)[(0x400F_C1A0, 0x20), (0x400F_C10C, 1), (0x400F_C084, 0x13), (0x400F_C080, 1), (0x400F_C08C, 0xAA), (0x400F_C08C, 0x55), (0x400F_C104, 7)]) Succeeds(bench.Core.Bus.Write32(address, value));
        bench.PassCycles(216_000);
        foreach (var (address, value) in (ReadOnlySpan<(uint, uint)>)[(0x400F_C080, 3), (0x400F_C08C, 0xAA), (0x400F_C08C, 0x55)]) Succeeds(bench.Core.Bus.Write32(address, value));
        Assert.Equal(60_000_000ul, bench.Target.Time.Hertz);
        byte[] data = PartBench.Noise(1024);
        Succeeds(bench.Load(0x1000, data));
        Assert.Equal(data, bench.Read(0x1000, data.Length));
    }

    /// <summary>From the internal oscillator to the crystal, which has the same 12 MHz, and the internal one off.</summary>
    [Theory]
    [InlineData("lpc11u24", 0x4004_8238u, 5, 3u)]
    [InlineData("lpc1343", 0x4004_8238u, 5, 2u)]
    [InlineData("lpc824", 0x4004_8238u, 5, 1u)]
    [InlineData("lpc1549", 0x4007_4208u, 21, 0x18u)]
    public void A_program_that_has_switched_the_internal_oscillator_off_is_no_hindrance(string name, uint power, int crystal, uint off)
    {
        var bench = Running(name);
        uint before = bench.Word(power) & ~(1u << crystal);
        (uint, uint)[] select = name == "lpc1549" ? [(0x4007_4080, 1)] : [(0x4004_8040, 1), (0x4004_8070, 1), (0x4004_8074, 0), (0x4004_8074, 1)];
        foreach (var (address, value) in ((uint, uint)[])[(power, before), .. select, (power, before | off)]) Succeeds(bench.Core.Bus.Write32(address, value));
        byte[] data = PartBench.Noise(1024);
        Succeeds(bench.Load(0x1000, data));
        Assert.Equal(data, bench.Read(0x1000, data.Length));
        Assert.Equal(before, bench.Word(power));
        Assert.Null(bench.Target.Stopped);
    }
}

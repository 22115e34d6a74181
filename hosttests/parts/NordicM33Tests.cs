using SharpProbe.Adi;
using SharpProbe.Sim.Targets;
using Xunit.Abstractions;
using static SharpProbe.Tests.Debugging.BenchTarget;

namespace SharpProbe.Tests.Parts;

/// <summary>nRF5340 (application core) and nRF9160 through the firmware's own driver.</summary>
public class NordicM33Tests(ITestOutputHelper output)
{
    private const uint Uicr = 0x00FF_8000, Open = 0x50FA_50FA;

    private static PartBench Closed(string name)
    {
        var bench = new PartBench(name);
        bench.Monitor("swd_scan");
        Succeeds(bench.Session.Attach(0));
        Assert.Equal("", bench.Monitor("protect_flash"));
        PowerCycle(bench);
        return bench;
    }

    private static void PowerCycle(PartBench bench)
    {
        bench.Target.PowerOff();
        bench.PassCycles(1_000_000);
        bench.Target.PowerOn();
        bench.PassCycles(10_000_000);
    }

    [Theory]
    [InlineData("nrf5340", "nRF5340 QKAA", 512)]
    [InlineData("nrf9160", "nRF9160 AAB0", 256)]
    public void It_is_named_by_FICR_with_its_memories(string target, string name, int ram)
    {
        var bench = new PartBench(target).Attached();
        Assert.Equal($"{name}, 1048576 bytes in pages of 4096, 2048 bytes in pages of 2048, RAM {ram * 1024} bytes\n", bench.Monitor("read deviceinfo"));
        Assert.Equal("1F2E3D4C9C310A77\n", bench.Monitor("uid"));
    }

    [Theory]
    [InlineData("nrf5340")]
    [InlineData("nrf9160")]
    public void Loading_goes_at_the_flashs_own_speed(string target)
    {
        var bench = new PartBench(target).Attached();
        byte[] data = PartBench.Noise(8192);
        Succeeds(bench.Load(0x3000, [1, 2, 3, 4]));
        double start = bench.Milliseconds;
        Succeeds(bench.Load(0x2000, data));
        double took = bench.Milliseconds - start, limit = 2 * 87.5 + 2048 * 0.043;
        output.WriteLine($"{took:F1} ms; the flash alone takes {limit:F1}");
        Assert.Equal(data, bench.Read(0x2000, data.Length));
        Assert.InRange(took, limit, limit * 1.08);
        Assert.Null(bench.Target.Stopped);
    }

    [Theory]
    [InlineData("nrf5340", Open)]
    [InlineData("nrf9160", uint.MaxValue)]
    public void A_mass_erase_leaves_the_part_open(string target, uint word)
    {
        var bench = new PartBench(target).Attached();
        Succeeds(bench.Load(0, PartBench.Noise(64)));
        Assert.Equal("", bench.Monitor("erase_mass"));
        Assert.Equal((uint.MaxValue, word), (bench.Word(0), bench.Word(Uicr)));
        Succeeds(bench.Core.Reset());
        Assert.True(bench.Target.Enabled);
    }

    [Fact] public void UICR_is_written_where_it_is_blank_only()
    {
        var bench = new PartBench("nrf5340").Attached();
        Succeeds(bench.Load(Uicr + 0x100, [5, 6, 7, 8]));
        Assert.Equal(0x0807_0605u, bench.Word(Uicr + 0x100));
        Assert.Equal("!flash not erased at 0x00FF8100\n", bench.Monitor("erase_uicr"));
        Assert.Contains("would lock the part", Words(bench.Load(Uicr, [0, 0, 0, 0], erase: false)));
    }

    [Theory]
    [InlineData("nrf5340", "nRF5340 QKAA M33")]
    [InlineData("nrf9160", "nRF9160 AAB0 M33")]
    public void A_locked_part_is_listed_cannot_be_attached_to_and_is_recovered(string target, string name)
    {
        var bench = Closed(target);
        Assert.Contains(" 1      nRF53 or nRF91 locked by APPROTECT (monitor recover)", bench.Monitor("swd_scan"));
        Assert.Equal(FaultKind.NeedsRecovery, bench.Session.Attach(0).Kind);
        Assert.Contains(name, bench.Monitor("recover"));
        Succeeds(bench.Session.Attach(0));
        Assert.Equal(target == "nrf5340" ? Open : uint.MaxValue, bench.Word(Uicr));
        Assert.Equal(uint.MaxValue, bench.Word(0));
    }

    /// <summary>Its port is closed after a reset by the pin until the program opens it: the probe's resets are by AIRCR.</summary>
    [Fact] public void A_reset_of_an_nRF5340_keeps_off_the_pin()
    {
        var bench = new PartBench("nrf5340").Attached();
        var causes = new List<string>();
        bench.Target.WasReset += (cause, _) => causes.Add(cause.ToString());
        Succeeds(bench.Core.Reset());
        Assert.Equal(["Software"], causes);
        Succeeds(bench.Load(0x1000, [1, 2, 3, 4]));
    }

    [Fact] public void An_nRF5340_whose_program_does_not_open_it_is_closed_by_its_pin()
    {
        var bench = new PartBench("nrf5340").Attached();
        Assert.Equal("", bench.Monitor("erase_mass"));
        bench.HoldsReset = true;
        bench.PassCycles(1_000_000);
        bench.HoldsReset = false;
        bench.PassCycles(1_000_000);
        Assert.False(bench.Target.Enabled);
    }

    /// <summary>APPROTECT, SECUREAPPROTECT and ERASEPROTECT, which shuts the way back too.</summary>
    [Theory]
    [InlineData("nrf5340", 0x000u, 0u)]
    [InlineData("nrf5340", 0x01Cu, 0u)]
    [InlineData("nrf5340", 0x01Cu, 0xFFFF_FF5Au)]
    [InlineData("nrf5340", 0x020u, 0u)]
    [InlineData("nrf5340", 0x020u, Open)]
    [InlineData("nrf9160", 0x000u, 0u)]
    [InlineData("nrf9160", 0x000u, Open)]
    [InlineData("nrf9160", 0x02Cu, 0u)]
    [InlineData("nrf9160", 0x02Cu, Open)]
    [InlineData("nrf9160", 0x030u, 0u)]
    public void A_word_of_UICR_that_closes_the_part_is_refused(string target, uint offset, uint word)
    {
        var bench = new PartBench(target).Attached();
        byte[] image = [.. Enumerable.Repeat((byte)0xFF, 0x40)];
        BitConverter.TryWriteBytes(image.AsSpan((int)offset), word);
        Assert.Equal($"refused: what is to be written at 0x{Uicr + offset:X8} would lock the part", Words(bench.Load(Uicr, image, erase: false)));
        Assert.Equal(uint.MaxValue, bench.Word(Uicr + offset));
    }

    [Theory]
    [InlineData("nrf5340", 0x020u)]
    [InlineData("nrf9160", 0x030u)]
    public void A_part_with_ERASEPROTECT_is_not_opened_by_recover_and_stays_in_the_list_as_locked(string target, uint offset)
    {
        var bench = new PartBench(target).Attached();
        Succeeds(bench.Load(0, [1, 2, 3, 4]));
        OtherAnswer.At(Uicr + offset, 0)(bench.Target);
        Assert.Equal("", bench.Monitor("protect_flash"));
        PowerCycle(bench);
        Assert.Contains("locked by APPROTECT", bench.Monitor("swd_scan"));
        Assert.Contains("locked by APPROTECT", bench.Monitor("recover"));
        Assert.False(bench.Target.Enabled);
        Assert.Equal(0x0403_0201u, BitConverter.ToUInt32(bench.Target.Chip.Bus.Find(0)!.Region!.Span));
    }

    [Theory]
    [InlineData("nrf5340", 0x000u, Open)]
    [InlineData("nrf5340", 0x01Cu, Open)]
    [InlineData("nrf5340", 0x02Cu, 0u)]
    [InlineData("nrf9160", 0x01Cu, 0u)]
    [InlineData("nrf9160", 0x02Cu, uint.MaxValue)]
    public void Other_words_of_UICR_and_those_that_open_are_written(string target, uint offset, uint word)
    {
        var bench = new PartBench(target).Attached();
        Succeeds(bench.Load(Uicr + offset, BitConverter.GetBytes(word), erase: false));
        Assert.Equal(word, bench.Word(Uicr + offset));
    }

    /// <summary>A later nRF91, which says 0x9120 and is open as an nRF53 is.</summary>
    [Fact] public void An_nRF9120_is_opened_by_the_word_of_an_nRF53()
    {
        var bench = new PartBench("nrf9160", OtherAnswer.At(0x00FF_020C, 0x9120)).Attached();
        Assert.Contains("would lock the part", Words(bench.Load(Uicr + 0x2C, [0, 0, 0, 0], erase: false)));
        Assert.Equal("", bench.Monitor("erase_mass"));
        Assert.Equal((Open, Open, uint.MaxValue), (bench.Word(Uicr), bench.Word(Uicr + 0x2C), bench.Word(Uicr + 0x30)));
    }
}

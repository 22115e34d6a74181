using SharpProbe.Sim.Targets;
using Xunit.Abstractions;
using static SharpProbe.Tests.Debugging.BenchTarget;
using static SharpProbe.Tests.Parts.RpBench;

namespace SharpProbe.Tests.Parts;

/// <summary>RP2040 through the firmware's own driver: both cores, flash by the boot ROM's functions, its size, the rescue port. What holds of the RP2350 too is shown of both.</summary>
public class RpTests(ITestOutputHelper output)
{
    private const uint ChipReset = 0x4006_4008;

    private static PartBench WithProgram() => RpBench.With("rp2040");

    private static ChipRp Chip(PartBench bench) => (ChipRp)bench.Target.Chip;

    [Fact] public void One_scan_lists_both_cores_and_the_rescue_port()
    {
        var bench = WithProgram();
        bool reset = false;
        bench.Target.WasReset += (_, _) => reset = true;
        string scan = bench.Monitor("swd_scan");
        Assert.Contains(" 1      RP2040 M0+\n 2      RP2040 M0+\n 3      RP2040 rescue", scan);
        Assert.False(reset);
    }

    [Theory]
    [InlineData("rp2040", 0)]
    [InlineData("rp2040", 1)]
    [InlineData("rp2350", 0)]
    [InlineData("rp2350", 1)]
    public void Each_core_has_its_own_registers_and_can_be_attached_to(string target, int core)
    {
        var bench = With(target).Attached(core);
        Assert.Equal((uint)core, Word(bench, core, 0xD000_0000));
        Succeeds(bench.Session.Attach(1 - core));
        Assert.Equal(1u - (uint)core, Word(bench, 1 - core, 0xD000_0000));
    }

    [Theory]
    [InlineData("rp2040", true, 2048)]
    [InlineData("rp2040", false, 2048)]
    [InlineData("rp2040-512k", true, 512)]
    [InlineData("rp2040-512k", false, 512)]
    [InlineData("rp2350", true, 4096)]
    [InlineData("rp2350", false, 4096)]
    [InlineData("rp2350-512k", true, 512)]
    [InlineData("rp2350-512k", false, 512)]
    public void The_flashs_size_is_seen_by_its_repeating_or_asked_for_where_it_is_erased(string target, bool program, uint kilobytes)
    {
        var bench = With(target, program).Attached();
        Assert.True(bench.Core.Map.TryFindFlash(Xip, out var flash));
        Assert.Equal((kilobytes * 1024, 4096u), (flash.Length, flash.Block));
        Assert.Equal(0, Chip(bench).Flash.Refused);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void It_is_erased_and_programmed_by_either_core(int core)
    {
        var bench = WithProgram().Attached(core);
        var target = (SharpProbe.Target.Cortex.CortexM)bench.Session[core];
        byte[] data = PartBench.Noise(12 * 1024 + 300);
        double start = bench.Milliseconds;
        Succeeds(target.FlashErase(Xip + 0x4000, (uint)data.Length));
        Succeeds(target.FlashWrite(Xip + 0x4000, data));
        Succeeds(target.FlashDone());
        double took = bench.Milliseconds - start, page = 260 * 8 * 6 / 6500.0 + 0.4, limit = 4 * 45 + (data.Length + 255) / 256 * page;
        output.WriteLine($"{took:F1} ms; flash and serial bus alone take {limit:F1}");
        byte[] back = new byte[data.Length];
        Succeeds(target.ReadMemory(Xip + 0x4000, back));
        Assert.Equal(data, back);
        Assert.InRange(took, limit, limit * 1.1 + 20 * core);
        Assert.Equal(0, Chip(bench).Flash.Refused);
    }

    [Fact] public void The_flash_can_be_read_after_a_reset_that_stopped_before_anything_set_it_up()
    {
        var bench = WithProgram().Attached();
        uint first = bench.Word(Xip);
        Succeeds(bench.Core.Reset());
        Assert.Equal(first, bench.Word(Xip));
        Assert.Equal(0x3Cu, Pc(bench));
    }

    [Theory]
    [InlineData("rp2040-512k")]
    [InlineData("rp2350-512k")]
    public void An_erased_part_is_programmed_compared_and_erased(string target)
    {
        var bench = new PartBench(target).Attached();
        byte[] data = PartBench.Noise(8192);
        Succeeds(bench.Load(Xip, data));
        Assert.Equal(data, bench.Read(Xip, data.Length));
        Assert.Equal("", bench.Monitor("erase_mass"));
        Assert.Equal(uint.MaxValue, bench.Word(Xip + 0x1000));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void The_other_core_is_in_reset_while_one_programs_and_comes_back(int core)
    {
        var bench = WithProgram().Attached(core);
        Succeeds(bench.Session[core].FlashErase(Xip + 0x4000, 4096));
        bench.Session[core].Work();
        Assert.Equal(1u << 16 - core, Chip(bench).Bus.Read(0x4001_0004, 4));
        Succeeds(bench.Session[core].FlashDone());
        Assert.Equal(0u, Chip(bench).Bus.Read(0x4001_0004, 4));
    }

    [Fact] public void Whole_blocks_are_erased_at_once_and_sectors_around_them_one_by_one()
    {
        var bench = WithProgram().Attached();
        int before = Chip(bench).Flash.Erases;
        Succeeds(bench.Core.FlashErase(Xip + 0xF000, 0x12000));
        Succeeds(bench.Core.FlashDone());
        Assert.Equal(3, Chip(bench).Flash.Erases - before);
    }

    [Fact] public void Registers_are_as_before_after_programming()
    {
        var bench = WithProgram().Attached();
        uint pc = Pc(bench);
        Succeeds(bench.Load(Xip + 0x8000, PartBench.Noise(700)));
        Assert.Equal(pc, Pc(bench));
        Assert.Equal("", bench.Monitor($"erase_sector 0x{Xip + 0x8000:x} 4096"));
        Assert.Equal(uint.MaxValue, bench.Word(Xip + 0x8000));
    }

    [Fact] public void The_rescue_port_restarts_the_chip_into_its_ROM()
    {
        var bench = WithProgram();
        bench.Monitor("swd_scan");
        Assert.Equal(SharpProbe.Adi.FaultKind.NeedsRecovery, bench.Session.Attach(2).Kind);
        string said = bench.Monitor("recover");
        Assert.Contains(" 1      RP2040 M0+\n 2      RP2040 M0+\n", said);
        Assert.Equal(0x10u, Chip(bench).Bus.Read(ChipReset, 4) >> 16 & 0x10);
        Succeeds(bench.Session.Attach(0));
        Assert.InRange(Pc(bench), 0u, 0x3FFFu);
    }

    [Fact] public void It_is_sent_into_its_USB_boot_loader()
    {
        var bench = WithProgram().Attached();
        Assert.Equal("", bench.Monitor("reset_usb_boot"));
        Assert.Null(bench.Session.Current);
    }

    private static SharpProbe.Sim.Chips.Rp2040.SpiFlash SerialFlash(SimTarget target) => ((ChipRp)target.Chip).Flash;

    [Theory]
    [InlineData("rp2040", 2048)]
    [InlineData("rp2350-512k", 512)]
    public void A_flash_without_SFDP_tells_its_size_by_its_JEDEC_id(string target, uint kilobytes)
    {
        var bench = new PartBench(target, t => SerialFlash(t).Sfdp = []).Attached();
        Assert.True(bench.Core.Map.TryFindFlash(Xip, out var flash));
        Assert.Equal((kilobytes * 1024, 4096u), (flash.Length, flash.Block));
    }

    /// <summary>Density: 3 MB, 2 MB and a byte, 256 MB, 8 bits, two bits, 2^255 bits.</summary>
    [Theory]
    [InlineData(0x017F_FFFFu)]
    [InlineData(0x0100_0007u)]
    [InlineData(0x7FFF_FFFFu)]
    [InlineData(0x0000_0007u)]
    [InlineData(0x8000_0001u)]
    [InlineData(0x8000_00FFu)]
    public void An_SFDP_with_a_size_that_cannot_be_gives_way_to_the_JEDEC_id(uint density)
    {
        var bench = new PartBench("rp2040", t => BitConverter.TryWriteBytes(SerialFlash(t).Sfdp.AsSpan(0x84), density)).Attached();
        Assert.True(bench.Core.Map.TryFindFlash(Xip, out var flash));
        Assert.Equal(2048u * 1024, flash.Length);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(17)]
    [InlineData(25)]
    [InlineData(255)]
    public void A_flash_that_tells_no_size_at_all_is_none(byte capacity)
    {
        var bench = new PartBench("rp2040", t => (SerialFlash(t).Sfdp, SerialFlash(t).Capacity) = ([], capacity)).Attached();
        Assert.False(bench.Core.Map.TryFindFlash(Xip, out _));
        Assert.Null(bench.Target.Stopped);
    }
}

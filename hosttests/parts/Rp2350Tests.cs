using SharpProbe.Sim.Targets;
using SharpProbe.Tests.Debugging;
using SharpProbe.Tests.Targets.Rp2350;
using Xunit.Abstractions;
using static SharpProbe.Tests.Debugging.BenchTarget;
using static SharpProbe.Tests.Parts.RpBench;

namespace SharpProbe.Tests.Parts;

/// <summary>RP2350 through the firmware's own driver: an ADIv6 debug port with both cores behind it, flash by the boot ROM's functions, which need the redundancy coprocessor, the rescue.</summary>
public class Rp2350Tests(ITestOutputHelper output)
{
    private const uint ForcedOff = 0x4001_8004, ChipReset = 0x4010_002C, Cpacr = 0xE000_ED88;

    private static PartBench WithProgram() => RpBench.With("rp2350");

    private static Rp2350 Target(PartBench bench) => (Rp2350)bench.Target;

    private static ChipRp2350 Chip(PartBench bench) => Target(bench).Part;

    private static void Pass(PartBench bench, uint milliseconds)
    {
        for (uint i = 0; i < milliseconds; i++) bench.PassCycles(SharpProbe.Tests.Debugging.WiredPins.Hertz / 1000);
        bench.Target.CatchUp();
    }

    [Fact] public void One_scan_lists_both_cores_and_the_rescue_port_and_disturbs_nobody()
    {
        var bench = WithProgram();
        bool reset = false;
        bench.Target.WasReset += (_, _) => reset = true;
        string scan = bench.Monitor("swd_scan");
        Assert.Contains(" 1      RP2350 M33\n 2      RP2350 M33\n 3      RP2350 rescue", scan);
        Assert.False(reset);
        Assert.Empty(bench.Target.Port!.Findings);
    }

    [Fact] public void Its_debug_port_is_described_with_what_its_table_lists()
    {
        var bench = WithProgram();
        bench.Monitor("swd_scan");
        var said = new TextLog();
        bench.Session.Access.Describe(said);
        string[] lines = said.Text.Split('\n');
        Assert.StartsWith("DPIDR 0x4C013477 (Arm, DPv3), TARGETID 0x00040927", lines[0]);
        Assert.Contains("  0x00000000: ", lines[1]);
        Assert.Contains(lines, l => l.StartsWith("    0x0000A000: Arm", StringComparison.Ordinal));
        Assert.Contains("AP 0x00002000: IDR 0x34770008, BASE 0xE00FF003, Arm Cortex-M33 ROM table", said.Text);
        Assert.Contains("AP 0x00004000: ", said.Text);
    }

    [Theory]
    [InlineData(0x0000_0003u, 0x2003u, 0x4003u)]
    [InlineData(0x4003u, 0x0000_0003u, 0x2003u)]
    [InlineData(0xFFFF_FFFFu, 0x2002u, 0x2003u, 0x2003u, 0x4003u)]
    public void A_table_that_lists_itself_or_nonsense_or_the_same_twice_is_walked_to_its_end(params uint[] entries)
    {
        var bench = WithProgram();
        Target(bench).Table.Entries = entries;
        Assert.Equal(3, bench.Monitor("swd_scan").Split('\n').Count(l => l.Contains("RP2350", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(0xFFFF_FFFFu)]
    [InlineData(0x0000_0003u)]
    [InlineData(0x0000_2002u)]
    public void A_table_of_noise_ends_the_search_and_leaves_the_rescue(uint entry)
    {
        var bench = WithProgram();
        Target(bench).Table.Entries = [.. Enumerable.Repeat(entry, 900)];
        double start = bench.Milliseconds;
        string said = bench.Monitor("swd_scan");
        Assert.Contains(" 1      RP2350 rescue", said);
        Assert.InRange(bench.Milliseconds - start, 0, 500);
    }

    [Fact] public void It_is_found_by_its_TARGETSEL_too() => Assert.Contains("RP2350 M33", WithProgram().Monitor("swd_scan 0x00040927"));

    [Fact] public void A_program_runs_on_while_it_is_looked_at()
    {
        var bench = WithProgram();
        Pass(bench, 60);
        Assert.InRange(Chip(bench).Core.Pc, Rp2350Image.Start, Rp2350Image.Start + 6);
        uint before = Chip(bench).Core.R(0);
        bench.Monitor("swd_scan");
        Pass(bench, 1);
        Assert.True(Chip(bench).Core.R(0) > before);
        Assert.InRange(Chip(bench).Core.Pc, Rp2350Image.Start, Rp2350Image.Start + 6);
    }

    [Fact] public void It_is_erased_and_programmed_by_core_0()
    {
        var bench = WithProgram().Attached();
        byte[] data = PartBench.Noise(12 * 1024 + 300);
        double start = bench.Milliseconds;
        Succeeds(bench.Core.FlashErase(Xip + 0x4000, (uint)data.Length));
        Succeeds(bench.Core.FlashWrite(Xip + 0x4000, data));
        Succeeds(bench.Core.FlashDone());
        double took = bench.Milliseconds - start, page = 260 * 8 * 12 / 11000.0 + 0.4, limit = 4 * 45 + (data.Length + 255) / 256 * page;
        output.WriteLine($"{took:F1} ms; flash and serial bus alone take {limit:F1}");
        byte[] back = new byte[data.Length];
        Succeeds(bench.Core.ReadMemory(Xip + 0x4000, back));
        Assert.Equal(data, back);
        Assert.InRange(took, limit, limit * 1.1);
        Assert.Equal(0, Chip(bench).Flash.Refused);
        Assert.True(Chip(bench).Cache.Invalidated >= 2048);
    }

    [Fact] public void Core_1_cannot_program_it()
    {
        var bench = WithProgram().Attached(1);
        Assert.Equal(SharpProbe.Adi.FaultKind.FlashNotSupported, bench.Session[1].FlashErase(Xip, 4096).Kind);
    }

    [Fact] public void The_flash_can_be_read_after_a_reset_that_stopped_before_anything_set_it_up()
    {
        var bench = WithProgram().Attached();
        uint first = bench.Word(Xip);
        Succeeds(bench.Core.Reset());
        Assert.Equal(first, bench.Word(Xip));
        Assert.Equal(0x62u, Pc(bench));
        Assert.False(Chip(bench).Rcps[0].Faulted);
    }

    [Fact] public void The_salt_that_the_boot_ROM_gave_is_left_alone()
    {
        var bench = WithProgram().Attached();
        Pass(bench, 20);
        ulong? before = Chip(bench).Rcps[0].Salt;
        Assert.Equal(0x3C5A_9669_3C5A_9669u, before);
        Succeeds(bench.Load(Xip + 0x8000, PartBench.Noise(700)));
        Assert.Equal(before, Chip(bench).Rcps[0].Salt);
        Assert.False(Chip(bench).Rcps[1].Faulted);
    }

    [Fact] public void The_other_core_is_in_reset_while_one_programs_and_comes_back()
    {
        var bench = WithProgram().Attached();
        Succeeds(bench.Core.FlashErase(Xip + 0x4000, 4096));
        bench.Core.Work();
        Assert.Equal(1u << 24, Chip(bench).Bus.Read(ForcedOff, 4));
        Succeeds(bench.Core.FlashDone());
        Assert.Equal(0u, Chip(bench).Bus.Read(ForcedOff, 4));
    }

    [Fact] public void Registers_and_the_cores_rights_are_as_before_after_programming()
    {
        var bench = WithProgram().Attached();
        uint pc = Pc(bench), rights = bench.Word(Cpacr);
        Succeeds(bench.Load(Xip + 0x8000, PartBench.Noise(700)));
        Assert.Equal((pc, rights), (Pc(bench), bench.Word(Cpacr)));
        Assert.Equal("", bench.Monitor($"erase_sector 0x{Xip + 0x8000:x} 4096"));
        Assert.Equal(uint.MaxValue, bench.Word(Xip + 0x8000));
    }

    [Fact] public void A_program_starts_after_it_was_loaded_and_the_part_was_reset()
    {
        var bench = new PartBench("rp2350-512k").Attached();
        Succeeds(bench.Load(Xip, Rp2350Image.Of(Counting, 0x800)));
        Succeeds(bench.Core.Reset());
        Succeeds(bench.Core.Resume());
        Pass(bench, 50);
        Succeeds(bench.Core.Halt());
        Pass(bench, 1);
        bench.Core.Poll();
        Assert.InRange(Pc(bench), Rp2350Image.Start, Rp2350Image.Start + 6);
    }

    [Fact] public void The_rescue_restarts_the_chip_into_its_ROM()
    {
        var bench = WithProgram();
        bench.Monitor("swd_scan");
        Assert.Equal(SharpProbe.Adi.FaultKind.NeedsRecovery, bench.Session.Attach(2).Kind);
        string said = bench.Monitor("recover");
        Assert.Contains(" 1      RP2350 M33\n 2      RP2350 M33\n", said);
        Assert.Equal(1u << 21, Chip(bench).Bus.Read(ChipReset, 4) & 1 << 21);
        Pass(bench, 5);
        Succeeds(bench.Session.Attach(0));
        Assert.InRange(Pc(bench), 0u, 0x7FFFu);
    }

    [Fact] public void It_tells_its_id()
    {
        var bench = WithProgram().Attached();
        Assert.Equal("D2F04B176C519A3E\n", bench.Monitor("uid").ToUpperInvariant());
    }

    [Fact] public void It_is_sent_into_its_USB_boot_loader()
    {
        var bench = WithProgram().Attached();
        Assert.Equal("", bench.Monitor("reset_usb_boot"));
        Assert.Null(bench.Session.Current);
        Pass(bench, 1);
        Assert.InRange(Chip(bench).Core.Pc, 0u, 0x7FFFu);
        Assert.True(Chip(bench).Core.Sleeping);
    }
}

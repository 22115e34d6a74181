using SharpProbe.Sim;
using SharpProbe.Sim.Boards;
using SharpProbe.Sim.Cpu;
using SharpProbe.Sim.Elf;

namespace SharpProbe.Tests.Boot;

public class BootTests
{
    public static TheoryData<string, string, string> Boards => new()
    {
        { "stlinkv3mini", "STM32F723", "HSE bypass" },
        { "pybd_sf2", "STM32F722", "HSE crystal" },
        { "devebox_h743", "STM32H743", "HSE crystal" },
        { "devebox_h750", "STM32H750", "HSE crystal" },
    };

    [Theory]
    [MemberData(nameof(Boards))]
    public void The_banner_names_board_chip_clock_and_unique_id(string board, string chip, string clock)
    {
        var booted = new BootedBoard(BoardList.Find(board)).Run(60);
        BootedBoard.AssertSaid($@"^\r\nSharpProbe \d+\.\d+\.\d+ \([0-9a-f]{{10}}\+?\) on {board}, {chip} at 216 MHz \({clock}\), id [0-9A-F]{{24}}, reset by power-on\r\n$", booted.Console);
    }

    [Theory]
    [MemberData(nameof(Boards))]
    public void The_LED_blinks_once_a_second(string board, string chip, string clock)
    {
        _ = (chip, clock);
        var booted = new BootedBoard(BoardList.Find(board)).Run(700);
        string led = booted.Machine.Board.Leds.First(l => l.Name == "green" || booted.Machine.Board.Leds.Count == 1).Name;
        for (int second = 0; second < 2; second++)
        {
            Assert.False(booted.Machine.IsLit(led));
            booted.Run(500);
            Assert.True(booted.Machine.IsLit(led));
            booted.Run(500);
        }
    }

    [Theory]
    [InlineData("stlinkv3mini")]
    [InlineData("devebox_h743")]
    public void Without_its_oscillator_a_board_runs_from_HSI_and_says_so(string board)
    {
        Board normal = BoardList.Find(board);
        var booted = new BootedBoard(normal with { Clocks = normal.Clocks with { HseHertz = 0 } }).Run(250);
        BootedBoard.AssertSaid(@"at 216 MHz \(HSI: the external oscillator did not start\)", booted.Console);
    }

    [Fact]
    public void A_crystal_where_an_oscillator_module_is_expected_starts_on_the_second_try()
    {
        Board normal = BoardList.Find("stlinkv3mini");
        var booted = new BootedBoard(normal with { Clocks = normal.Clocks with { HseIsModule = false } }).Run(250);
        BootedBoard.AssertSaid(@"\(HSE crystal\)", booted.Console);
    }

    [Fact]
    public void The_program_begins_at_the_very_top_of_its_stack()
    {
        var booted = new BootedBoard(BoardList.Find("stlinkv3mini"));
        ElfFile elf = ElfFile.Read(BootedBoard.Firmware("stlinkv3mini"));
        uint main = elf.Symbols.First(s => s.Name.Contains("Probe") && s.Name.EndsWith("__Main")).Address & ~1u;
        Core core = booted.Machine.Core;
        while (core[15] != main && booted.Machine.Time.Cycles < 1_000_000) booted.Machine.RunCycles(booted.Machine.Time.Cycles + 1);
        Assert.Equal(elf.AddressOf("__stack_end"), core[13]);
    }

    [Fact]
    public void Two_runs_with_the_same_inputs_are_the_same_to_the_cycle()
    {
        static (ulong, uint, string) Run()
        {
            var booted = new BootedBoard(BoardList.Find("stlinkv3mini")).Run(60);
            booted.Type("uptime", 33);
            return (booted.Machine.Time.Cycles, booted.Machine.Core.InstructionAddress, booted.Console);
        }

        Assert.Equal(Run(), Run());
    }

    [Fact]
    public void The_console_answers()
    {
        var booted = new BootedBoard(BoardList.Find("stlinkv3mini")).Run(60);
        Assert.Equal("version\r\nSharpProbe 0.1.0\r\n", booted.Type("version", 20));
        Assert.Equal("nonsense\r\n\"nonsense\" is no command here: see monitor help\r\n", booted.Type("nonsense", 20));
        Assert.StartsWith("targets\r\n", booted.Type("targets", 20));
    }

    [Fact]
    public void A_stream_faster_than_the_loop_loses_nothing()
    {
        var booted = new BootedBoard(BoardList.Find("stlinkv3mini")).Run(60);
        string lines = string.Join("\r", Enumerable.Repeat("uptime", 12));
        string reply = booted.Type(lines, 60);
        Assert.Equal(12, reply.Split("ms\r\n").Length - 1);
    }
}

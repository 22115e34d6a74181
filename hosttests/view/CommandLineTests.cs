using System.Diagnostics;
using SharpProbe.Tests.Elf;

namespace SharpProbe.Tests.View;

public class CommandLineTests
{
    // The bench's own stlinkv3mini, at its reset clock: PA10 as output by MODER, toggled by BSRR in a loop of about 1 ms.
    private const string Blink = """
        .word 0x20001000
        .word Reset_Handler + 1
        .rept 96
        .word Reset_Handler + 1
        .endr
        .type Reset_Handler, %function
        Reset_Handler:
            ldr r0, =0x40023830
            movs r1, #1
            str r1, [r0]
            ldr r0, [r0]
            ldr r0, =0x40020000
            ldr r1, =0xA8100000
            str r1, [r0]
            movs r1, #1
            lsls r1, #10
            lsls r2, r1, #16
        loop:
            str r1, [r0, #0x18]
            bl delay
            str r2, [r0, #0x18]
            bl delay
            b loop
        .size Reset_Handler, . - Reset_Handler
        .type delay, %function
        delay:
            ldr r3, =16000
        0:  subs r3, #1
            bne 0b
            bx lr
        .size delay, . - delay
        .ltorg
        """;

    private static Child Sim(params string[] arguments) => Child.Run(120, "dotnet", [Path.Combine(AppContext.BaseDirectory, "SharpProbe.Sim.Cli.dll"), .. arguments]);

    private static string Program => Assembled.File(Blink, 0x0800_0000);

    [Theory]
    [InlineData("no board is named nope; there are stlinkv3mini", "--board", "nope")]
    [InlineData("there is no file none.elf", "--elf", "none.elf")]
    [InlineData("--speed slow: max, real, still, or a factor", "--speed", "slow")]
    [InlineData("there are show, console, pty, tcp:PORT, none", "--uart", "tcp:99999")]
    [InlineData("--usbip 70000: a port, or ADDRESS:PORT", "--usbip", "70000")]
    [InlineData("--usbip here: a port, or ADDRESS:PORT", "--usbip", "here")]
    [InlineData("the device is the other host's, and so are its serial ports", "--usbip", "0", "--cdc", "gdb=pty")]
    [InlineData("with --usb none there is no cable", "--usbip", "0", "--usb", "none")]
    public void A_wrong_option_says_what_would_do(string message, params string[] arguments)
    {
        var (code, _, errors) = Sim(arguments[0] == "--elf" ? arguments : ["--elf", Program, .. arguments]);
        Assert.Contains(message, errors);
        Assert.Equal(2, code);
    }

    [Fact]
    public void A_time_without_a_unit_is_refused() => Assert.Contains("a time has a unit", Sim("--elf", Program, "--time", "500").Errors);

    [Fact]
    public void An_unknown_option_is_named() => Assert.Contains("--bogus", Sim("--bogus").Errors);

    [Fact]
    public void A_blinking_light_is_summed_up() =>
        Assert.Matches(@"LED \w+ \(PA10\): blinks at \d+\.\d\d Hz, on \d", Sim("--", "--elf", Program, "--time", "50ms").Errors);

    [Fact]
    public void Pins_land_in_the_dump()
    {
        string program = Program, dump = program + ".vcd";
        Assert.Equal(0, Sim("--elf", program, "--time", "10ms", "--vcd", dump, "--pins", "PA10").Code);
        Assert.Contains("$scope module GPIOA $end\n$var wire 1 ! PA10 $end", File.ReadAllText(dump));
    }

    [Fact]
    public void The_profile_names_the_function_that_takes_the_time() =>
        Assert.Matches(@"\d+ +9\d\.\d %.* delay", Sim("--elf", Program, "--time", "10ms", "--profile").Output);

    [Fact]
    public void The_trace_begins_when_it_is_told_to()
    {
        string program = Program, trace = program + ".txt";
        Assert.Equal(0, Sim("--elf", program, "--time", "2ms", "--trace", trace, "--trace-from", "1999us").Code);
        Assert.InRange(File.ReadAllLines(trace).Length, 4, 100);
    }

    [Fact]
    public void A_stopped_bench_names_cause_place_cycle_and_last_instructions()
    {
        string program = Assembled.File(Blink.Replace("movs r1, #1\n    str", "movs r1, #0\n    str"), 0x0800_0000);
        var (code, _, errors) = Sim("--elf", program, "--time", "10ms");
        Assert.Equal(3, code);
        Assert.Contains("bench stopped: GPIOA.MODER written while its clock is off", errors);
        Assert.Matches(@"at +Reset_Handler \+0x\w+, pc 0x0800\w{4}", errors);
        Assert.Matches(@"when +cycle \d+, \d+\.\d{3} us", errors);
        Assert.Contains("str r1, [r0, #0]", errors);
    }

    [Fact]
    public void The_same_run_takes_the_same_cycles()
    {
        string program = Program;
        string Cycles() => Sim("--elf", program, "--time", "5ms").Errors.Split('\n').Single(l => l.Contains(" cycles, ", StringComparison.Ordinal));
        Assert.Equal(Cycles(), Cycles());
    }

    [Fact]
    public void Boards_are_listed() => Assert.Contains("stlinkv3mini", Sim("boards").Output);

    [Fact]
    public void A_hundred_random_instructions_can_be_asked_of_qemu()
    {
        if (!File.Exists("/usr/bin/qemu-system-arm")) return;
        Assert.Contains("0 differences", Sim("qemu", "--count", "100").Output);
    }
}

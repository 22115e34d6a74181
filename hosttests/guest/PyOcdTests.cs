using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using SharpProbe.Sim.Cli.Rig;
using SharpProbe.Sim.Elf;
using SharpProbe.Tests.EndToEnd;
using Xunit.Abstractions;

namespace SharpProbe.Tests.Guest;

/// <summary>Debian's pyOCD (0.13: HID only), in a Linux computer, with an STM32F103 at the probe. Its nearest target is the F103RC, whose flash algorithm suits.</summary>
[Collection(DebuggerGuestCollection.Name)]
public sealed class PyOcdTests(LinuxGuest guest, ITestOutputHelper output) : GuestTests(guest)
{
    private const int FlashBytes = 6 * 1024;
    private const string Target = "-t stm32f103rc";

    [GuestTheory]
    [InlineData("stlinkv3mini")]
    [InlineData("devebox_h743")]
    public void Its_tool_lists_the_probe_and_halts_steps_and_reads_and_writes_registers_and_memory(string board) => WithProgram(board, probe =>
    {
        uint start = Program.Entry;
        string said = Run($"pyocd-tool list; pyocd-tool {Target} -k 4000 << 'END'", "reset -h", "reg pc", "step", "reg pc", "wreg r3 0x12345678", "reg r3",
            "w32 0x20004000 0xcafe4711", "write8 0x20004002 0xbb", "r32 0x20004000", "go", "halt", "exit", "END");
        Assert.Contains(probe.Serial, said);
        Assert.Contains($"pc = 0x{start:x8}", said);
        Assert.Matches($"pc = 0x{start + 2:x8}|pc = 0x{start + 4:x8}", said);
        Assert.Contains("r3 = 0x12345678", said);
        Assert.Contains("20004000:  cabb4711", said);
    });

    [GuestTheory, Accepts(ForeignDriver.PyOcd, "stm32f103-clone")]
    [InlineData("stlinkv3mini")]
    [InlineData("devebox_h743")]
    public void Its_flash_tool_programs_what_is_read_back(string board) => With(board, probe =>
    {
        byte[] bytes = new byte[FlashBytes];
        new Random(board.Length).NextBytes(bytes);
        string file = Guest.Send("flash.bin", bytes);
        Run($"pyocd-flashtool {Target} -f 4000000 -hp -ce -a 0x08000000 {file}");
        Assert.Equal(bytes, probe.Bench(() => Enumerable.Range(0, FlashBytes / 4).SelectMany(i =>
        {
            probe.Target.Chip.Bus.TryRead(0x0800_0000 + (uint)i * 4, 4, out uint word);
            return BitConverter.GetBytes(word);
        }).ToArray()));
        Run($"pyocd-tool {Target} -k 4000 savemem 0x08000000 {FlashBytes} /exchange/back.bin");
        Assert.Equal(bytes, Guest.Receive("back.bin"));
    });

    private static ElfFile Program { get; } = ElfFile.Read(GdbSession.Program);

    private void WithProgram(string board, Action<GuestProbe> test, [CallerMemberName] string name = "") => With(board, probe =>
    {
        probe.Bench(() => probe.Target.Load(Program));
        test(probe);
    }, name: name);

    /// <summary>pyOCD must have no error.</summary>
    private string Run(params string[] script)
    {
        var run = Guest.Run(string.Join("\n", script), 120);
        output.WriteLine($"{run.Took.TotalSeconds:F1} s\n{run.Text}");
        Assert.Equal("", string.Join("\n", run.Good.Split('\n').Where(line => Regex.IsMatch(line, "^(ERROR|CRITICAL|Traceback)|Error:"))));
        return run.Text;
    }
}

using System.Text;
using SharpProbe.Sim.Cli.Rig;
using Xunit.Abstractions;

namespace SharpProbe.Tests.Hosting;

/// <summary>Debian's newlib, whose system calls are semihosting's, through the probe's own firmware and a real gdb.</summary>
public class NewlibTests(NewlibProgram program, ITestOutputHelper output) : IClassFixture<NewlibProgram>
{
    private static readonly string Numbers = string.Concat(Enumerable.Range(0, 500).Select(i => $"line {i} is {i * i}\n"));

    // What the same calls give on a desktop.
    private static readonly string[] Expected =
    [
        "arguments: [one] [two]", "to stderr", $"length {Numbers.Length}", "at 1000: " + Numbers[1000..].Split('\n')[0], "first: LINE 0 is 0", "lines 500, end 1",
        "rename 0", "old name: gone, errno 2", "remove 0", "terminal 1", "time 1", "clock runs",
    ];

    [CompilerFact]
    public void A_program_works_with_console_files_and_arguments_and_ends_with_its_exit_code()
    {
        GdbProcess gdb = program.Load();
        gdb.Say("set args one two");
        string said = gdb.Say("run");
        output.WriteLine(said);
        Assert.Equal(Expected, said.Split('\n').Where(line => Expected.Contains(line)));
        Assert.Contains("exited with code 052", said);
        Assert.Equal("LINE" + Numbers[4..], File.ReadAllText(program.File("renamed.txt")));
        Assert.Equal(Enumerable.Range(0, 1000).Select(i => (byte)(i * 7)), File.ReadAllBytes(program.File("binary.bin")));
        Assert.False(File.Exists(program.File("remove.me")), "a file that the program removed is there");
    }
}

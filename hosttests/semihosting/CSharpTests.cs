using System.Text;
using SharpProbe.Sim.Cli.Rig;
using SharpProbe.Tests.Boot;
using Xunit.Abstractions;

namespace SharpProbe.Tests.Hosting;

/// <summary>A C# program of our own tool chain on a simulated STM32F103 (hosttests/semihosting/csharp), through the probe's own firmware and a real gdb. Its console and its files are compared byte for byte.</summary>
public sealed class CSharpTests(ITestOutputHelper output) : IDisposable
{
    private static readonly string Squares = string.Concat(Enumerable.Range(0, 300).Select(i => $"line {i} is {i * i}\n"));

    private readonly TestFolder _folder = new();

    [Fact]
    public void A_program_in_CSharp_works_with_console_files_and_arguments_and_ends_with_its_exit_code()
    {
        string elf = BootedBoard.Firmware("hosted_stm32f103");
        using var rig = new ProbeRig("stlinkv3mini", "stm32f103-clone");
        rig.Start();
        using var gdb = new GdbProcess(elf, TimeSpan.FromSeconds(120));
        foreach (string command in new[] { $"cd {_folder.File("")}", $"target extended-remote {rig.GdbAddress}", "monitor frequency 20M", "monitor swd_scan", "attach 1", "load", "set remote exec-file program", "set args one two" }) gdb.Say(command);
        string said = gdb.Say("run");
        output.WriteLine(said);
        uint sum = 0;
        foreach (byte b in Encoding.ASCII.GetBytes(Squares)) sum = sum * 31 + b;
        string expected = $"""
            arguments: program one two
            open 1
            not written 0
            close 0
            length {Squares.Length}
            sum {sum & 0x7FFF_FFFF}
            at the end 16
            seek 0
            write 0
            rename 0
            old name -1
            errno 2
            remove 0
            remove again -1

            """.ReplaceLineEndings("\n");
        Assert.Contains(expected, said.ReplaceLineEndings("\n"));
        Assert.Contains("exited with code 052", said);
        Assert.Equal(Squares[..5] + "ZERO" + Squares[9..], File.ReadAllText(_folder.File("renamed.txt")));
        Assert.Equal([_folder.File("renamed.txt")], Directory.GetFiles(_folder.File("")));
        Assert.Null(rig.Trouble);
    }

    public void Dispose() => _folder.Dispose();
}

using System.Text;
using System.Text.RegularExpressions;
using SharpProbe.Sim;
using SharpProbe.Sim.Boards;
using SharpProbe.Sim.Elf;
using SharpProbe.Sim.Pins;

namespace SharpProbe.Tests.Boot;

/// <summary>A board on the bench with its own firmware, as ./build.sh firmware left it, and what its console said.</summary>
sealed class BootedBoard
{
    private const ulong Millisecond = TimeBase.Second / 1000;

    private readonly StringBuilder _console = new();

    /// <param name="program">Image in out/; default: the board's own firmware.</param>
    public BootedBoard(Board board, string? program = null)
    {
        Machine = new Machine(board);
        Machine.Console.Received += (word, _, _) => _console.Append((char)word);
        Machine.Load(ElfFile.Read(Firmware(program ?? board.Name)));
        Machine.PowerOn();
    }

    public Machine Machine { get; }

    public string Console => _console.ToString();

    /// <summary>Runs so many simulated milliseconds; a stopped bench fails the test with its reason.</summary>
    public BootedBoard Run(int milliseconds)
    {
        Machine.RunFor((ulong)milliseconds * Millisecond);
        Assert.True(Machine.Stopped is null, $"the bench stopped: {Machine.Stopped?.Message} at 0x{Machine.Stopped?.Pc:X8}\n{Console}");
        return this;
    }

    /// <summary>Types a line, runs until it had its effect, and returns what the console said since.</summary>
    public string Type(string line, int milliseconds)
    {
        int before = _console.Length;
        Machine.Console.Send(Encoding.ASCII.GetBytes(line + "\r"));
        Run(milliseconds);
        return Console[before..];
    }

    /// <summary>A pattern in what the console said; xunit would cut the text short.</summary>
    public static void AssertSaid(string pattern, string said) => Assert.True(Regex.IsMatch(said, pattern), $"expected: {pattern}\nsaid: {said}");

    /// <summary>out/BOARD/BOARD.elf above the tests' own folder.</summary>
    public static string Firmware(string board)
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string elf = Path.Combine(folder.FullName, "out", board, board + ".elf");
            if (File.Exists(elf)) return elf;
        }
        throw new FileNotFoundException($"out/{board}/{board}.elf is not built: run ./build.sh firmware");
    }
}

using System.CommandLine;
using SharpProbe.Sim.Boards;
using SharpProbe.Sim.Svd;

namespace SharpProbe.Sim.Cli;

/// <summary>"svd FILE": the models' registers against the vendor's description.</summary>
internal static class SvdVerb
{
    public static Command Command()
    {
        var file = new Argument<string>("FILE") { Description = "SVD file, plain or .gz" };
        var board = new Option<string>("--board") { Description = "Board whose chip is compared", DefaultValueFactory = _ => "stlinkv3mini" };
        var all = new Option<bool>("--all") { Description = "Show the explained differences too" };
        var command = new Command("svd", "Compare the models' registers with an SVD file") { file, board, all };
        command.SetAction(parsed => Compare(parsed.GetValue(file)!, parsed.GetValue(board)!, parsed.GetValue(all)));
        return command;
    }

    private static int Compare(string path, string boardName, bool all)
    {
        if (!File.Exists(path)) throw new UsageError($"there is no file {path}");
        var board = BoardList.All.FirstOrDefault(b => b.Name == boardName)
            ?? throw new UsageError($"no board is named {boardName}; there are {string.Join(", ", BoardList.All.Select(b => b.Name))}");
        var file = new SvdFile(path);
        int blocks = 0, registers = 0, explained = 0, unexplained = 0;
        foreach (var (name, block) in new Machine(board).Chip.Blocks)
        {
            if (!file.Has(name))
            {
                Console.WriteLine($"{name}: not in {file.Name}");
                continue;
            }
            blocks++;
            registers += block.Registers.Count;
            var differences = SvdCheck.Compare(block, file);
            var rest = SvdCheck.Unexplained(differences, file).ToHashSet();
            (explained, unexplained) = (explained + differences.Count - rest.Count, unexplained + rest.Count);
            foreach (var d in differences)
                if (rest.Contains(d)) Console.WriteLine(d);
                else if (all) Console.WriteLine($"{d} (explained)");
        }
        Console.WriteLine($"{blocks} blocks, {registers} registers: {unexplained} differences, {explained} more that are explained");
        return unexplained == 0 ? ExitCode.Good : ExitCode.Failed;
    }
}

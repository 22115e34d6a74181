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
        var report = SvdCheck.Run(path, new Machine(board));
        foreach (string name in report.NotInFile) Console.WriteLine($"{name}: not in {report.File}");
        foreach (var difference in report.Unexplained) Console.WriteLine(difference);
        if (all)
            foreach (var (difference, reason) in report.Explained) Console.WriteLine($"{difference} ({reason})");
        Console.WriteLine($"{report.Blocks} blocks, {report.Registers} registers: {report.Unexplained.Count} differences, {report.Explained.Count} more that are explained");
        return report.Unexplained.Count == 0 ? ExitCode.Good : ExitCode.Failed;
    }
}

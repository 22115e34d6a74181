using System.Text.RegularExpressions;
using SharpProbe.Build.Compile;

namespace SharpProbe.Build.Verbs;

/// <summary>size [--board NAME|all]: flash and RAM by namespace; for a board also the RAM that is in use once it runs, which the bench tells: the heap is a region, of which it has what it took at its start.</summary>
static partial class SizeVerb
{
    public static int Run(string board)
    {
        FirmwareVerb.Run(board, nearCalls: true);
        foreach (Target target in Target.Named(board))
        {
            string table = File.ReadAllText(target.File(".size.txt"));
            Console.Write("\n" + table);
            if (!Target.Boards.Contains(target) || InUse(target, table) is not { } bytes) continue;
            Console.WriteLine($"{"RAM in use once it runs",-44}{"",10}{bytes,10}");
        }
        return 0;
    }

    /// <summary>Null: the bench does not say.</summary>
    private static long? InUse(Target target, string table)
    {
        DotnetProject.Simulator.EnsureBuilt();
        string said = DotnetProject.Simulator.Capture("run", "--board", target.Name, "--time", "200ms", "--uart", "none").Text;
        if (Heap().Match(said) is not { Success: true } heap || Total().Match(table) is not { Success: true } total) return null;
        return long.Parse(total.Groups[1].Value) - long.Parse(heap.Groups[2].Value) + long.Parse(heap.Groups[1].Value);
    }

    [GeneratedRegex(@"heap: (\d+) of (\d+) bytes used")]
    private static partial Regex Heap();

    [GeneratedRegex(@"^total +\d+ +(\d+)", RegexOptions.Multiline)]
    private static partial Regex Total();
}

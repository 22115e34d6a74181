using SharpProbe.Sim.View;

namespace SharpProbe.Sim.Cli;

/// <summary>The profile as a table on stdout, and as collapsed stacks in a file.</summary>
internal static class ProfileReport
{
    private const int MostRows = 40;

    public static void Write(Profile profile, string? file)
    {
        var rows = profile.Rows();
        double all = Math.Max(1, rows.Aggregate(0ul, (sum, r) => sum + r.Cycles));
        Console.WriteLine();
        Console.WriteLine($"{"cycles",14} {"share",7} {"with callees",14} {"instructions",14} {"calls",10}  function");
        foreach (var r in rows.Take(MostRows))
            Console.WriteLine($"{r.Cycles,14} {r.Cycles / all,7:P1} {r.TotalCycles,14} {r.Instructions,14} {r.Calls,10}  {(r.Context == "thread" ? "" : $"[{r.Context}] ")}{r.Function}");
        if (rows.Count > MostRows) Console.WriteLine($"{"",14} … {rows.Count - MostRows} more");
        if (file is null) return;
        using var output = new StreamWriter(file);
        profile.WriteCollapsed(output);
    }
}

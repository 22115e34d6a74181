using System.CommandLine;
using SharpProbe.Sim.Qemu;
using Spectre.Console;

namespace SharpProbe.Sim.Cli;

/// <summary>"qemu": random instructions on QEMU's Cortex-M7 and on the bench's, compared.</summary>
internal static class QemuVerb
{
    public static Command Command()
    {
        var count = new Option<long>("--count") { Description = "Instructions to compare", DefaultValueFactory = _ => 100_000 };
        var seed = new Option<ulong>("--seed") { Description = "The same seed gives the same programs", DefaultValueFactory = _ => 1 };
        var command = new Command("qemu", "Compare random instructions with QEMU (qemu-system-arm)") { count, seed };
        command.SetAction(parsed => Compare(parsed.GetValue(count), parsed.GetValue(seed)));
        return command;
    }

    private static int Compare(long count, ulong seed)
    {
        if (count <= 0) throw new UsageError("--count: at least 1");
        ComparisonResult? result = null;
        AnsiConsole.Progress().Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn()).Start(progress =>
        {
            var task = progress.AddTask("comparing", maxValue: count);
            result = QemuComparison.Run(count, seed, new Reporter(done => task.Value = done));
        });
        foreach (var (group, n) in result!.Counts) Console.WriteLine($"{group,-40} {n,12}");
        foreach (var difference in result.Differences) Console.WriteLine(difference);
        Console.WriteLine($"{result.Instructions} instructions, {result.Differences.Count} differences, {result.Elapsed.TotalSeconds:F1} s");
        return result.Differences.Count == 0 ? ExitCode.Good : ExitCode.Failed;
    }

    // Progress<T> reports on another thread, possibly after the end.
    private sealed class Reporter(Action<long> report) : IProgress<long>
    {
        public void Report(long value) => report(value);
    }
}

using System.CommandLine;
using System.Diagnostics;
using System.Text.RegularExpressions;
using SharpProbe.Sim.Cli.Rig;
using Spectre.Console;

namespace SharpProbe.Sim.Cli.Demo;

/// <summary>"demo": a real gdb loads and debugs a program on a simulated STM32F103 through the simulated probe, and what it said is shown.</summary>
internal static class DemoVerb
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public static Command Command()
    {
        var board = new Option<string>("--board") { Description = "Probe (see: boards)", DefaultValueFactory = _ => "stlinkv3mini" };
        var folder = new Option<string>("--out") { Description = "Folder for the waveform and the picture", DefaultValueFactory = _ => Path.Combine("out", "demo") };
        var command = new Command("demo", "A real gdb debugs a simulated STM32F103 through the probe") { board, folder };
        command.SetAction(parsed => Play(parsed.GetValue(board)!, parsed.GetValue(folder)!));
        return command;
    }

    private static int Play(string board, string folder)
    {
        Directory.CreateDirectory(folder);
        string program = BuiltFile.Elf("demo_stm32f103");
        var watch = Stopwatch.StartNew();
        using var rig = new ProbeRig(board, "stm32f103");
        using var waveform = new SwdRecording(rig, folder);
        rig.Start();
        using var gdb = new GdbProcess(program, Patience);
        Show("target extended-remote " + rig.GdbAddress, gdb.Say("target extended-remote " + rig.GdbAddress));
        var failed = new List<string>();
        Speed load = default;
        foreach (var step in DemoScript.Steps)
        {
            AnsiConsole.MarkupLine($"\n[bold blue]{Markup.Escape(step.Title)}[/]");
            string said = "";
            foreach (string command in step.Commands)
            {
                string answer = gdb.Say(command);
                Show(command, answer);
                said += answer + "\n";
            }
            if (!Regex.IsMatch(said, step.Expect, RegexOptions.Singleline)) failed.Add($"{step.Title}: expected {step.Expect}");
            if (step.Commands[0] == "attach 1") rig.Paused(waveform.Finish);
            if (step.Commands[0] == "load") load = Speed.OfFlashLoad(rig.Log.Packets, LoadedBytes(answer: said));
        }
        gdb.Kill();
        rig.Stop();
        if (rig.Trouble is { } trouble) failed.Add(trouble);
        DemoFigures.Show(load);
        if (!waveform.Compare(out string compared)) failed.Add(compared);
        AnsiConsole.WriteLine(compared);
        foreach (string file in waveform.Files) AnsiConsole.MarkupLine($"[grey]{Markup.Escape(file)}[/]");
        AnsiConsole.MarkupLine($"\n[grey]{watch.Elapsed.TotalSeconds:F1} s. Your turn: ./build.sh sim --board {board} --target stm32f103[/]");
        foreach (string sentence in failed) AnsiConsole.MarkupLine($"[red]{Markup.Escape(sentence)}[/]");
        return failed.Count == 0 ? ExitCode.Good : ExitCode.Failed;
    }

    /// <summary>"load size 12880" in gdb's answer.</summary>
    private static long LoadedBytes(string answer) =>
        Regex.Match(answer, @"load size (\d+)") is { Success: true } match ? long.Parse(match.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture) : 0;

    private static void Show(string command, string answer)
    {
        AnsiConsole.MarkupLine($"[green](gdb) {Markup.Escape(command)}[/]");
        foreach (string line in answer.Split('\n')) AnsiConsole.WriteLine(line);
    }
}

using System.CommandLine;
using System.Text.Json;
using SharpProbe.Sim.Cli.Rig;
using SharpProbe.Sim.Targets;
using SharpProbe.Sim.Usb;
using Spectre.Console;

namespace SharpProbe.Sim.Cli.Measure;

/// <summary>"bench": what a real gdb gets out of the probe, in simulated time, as a table and as JSON.</summary>
internal static class BenchVerb
{
    public static Command Command()
    {
        var board = new Option<string[]>("--board") { Description = "Probes to measure (see: boards)", DefaultValueFactory = _ => ["stlinkv3mini", "devebox_h743"], AllowMultipleArgumentsPerToken = true };
        var json = new Option<string>("--json") { Description = "File for the figures", DefaultValueFactory = _ => Path.Combine("out", "bench", "bench.json") };
        var only = new Option<string?>("--only") { Description = "gdb, dap, jtag, echo, swo or flash (writes the table of a document)" };
        only.AcceptOnlyFromAmong("gdb", "dap", "jtag", "echo", "swo", "flash");
        var profile = new Option<bool>("--profile") { Description = "Cycles by function while the echo, or CMSIS-DAP over bulk, runs" };
        var command = new Command("bench", "Speeds of real gdb sessions through the probe, of a CMSIS-DAP host, of an echo through a serial port, and of trace, in simulated time") { board, json, only, profile };
        var document = new Option<string>("--document") { Description = "Whose table --only flash writes", DefaultValueFactory = _ => Path.Combine("docs", "flash.md") };
        var target = new Option<string[]>("--target") { Description = "Rows that --only flash makes anew; default all", DefaultValueFactory = _ => [], AllowMultipleArgumentsPerToken = true };
        command.Options.Add(document);
        command.Options.Add(target);
        command.SetAction(parsed => parsed.GetValue(only) == "flash" ? Flash(parsed.GetValue(board)![0], parsed.GetValue(document)!, parsed.GetValue(target)!) : Measure(parsed.GetValue(board)!, parsed.GetValue(json)!, parsed.GetValue(only), parsed.GetValue(profile)));
        return command;
    }

    private static int Flash(string board, string document, string[] targets)
    {
        FlashTable.Measure(board, document, targets);
        return ExitCode.Good;
    }

    private static int Measure(string[] boards, string json, string? only, bool profile)
    {
        var figures = new List<Figure>();
        foreach (string board in boards)
        {
            if (only is null or "dap")
            {
                AnsiConsole.MarkupLine($"[grey]{Markup.Escape(board)}: CMSIS-DAP[/]");
                figures.AddRange(DapFigures.Of(board, profile));
            }
            if (only is null or "echo")
            {
                AnsiConsole.MarkupLine($"[grey]{Markup.Escape(board)}: echo[/]");
                figures.AddRange(EchoFigures.Of(board, profile));
            }
            if (only is null or "swo")
            {
                AnsiConsole.MarkupLine($"[grey]{Markup.Escape(board)}: SWO[/]");
                figures.AddRange(SwoFigures.Of(board));
            }
            if (only is null or "jtag")
            {
                AnsiConsole.MarkupLine($"[grey]{Markup.Escape(board)}: JTAG[/]");
                figures.AddRange(JtagFigures.Of(board));
            }
            if (only is not (null or "gdb")) continue;
            AnsiConsole.MarkupLine($"[grey]{Markup.Escape(board)}: RAM and single steps[/]");
            figures.AddRange(RamFigures.Of(board));
            foreach (var variant in (TargetVariant[])[TargetVariant.Of(TargetKind.Genuine), TargetVariant.Of(TargetKind.Clone)])
            {
                AnsiConsole.MarkupLine($"[grey]{Markup.Escape(board)}: flash of {variant.Name}[/]");
                figures.Add(FlashFigure.Of(board, variant));
            }
        }
        var table = new Table().AddColumns("probe", "USB", "what").AddColumn("figure", c => c.RightAligned()).AddColumn("goal", c => c.RightAligned()).AddColumn("");
        foreach (var f in figures) table.AddRow(f.Probe, f.Usb, Markup.Escape(f.What), $"{f.Value:F2} {f.Unit}", f.Goal is { } goal ? $"{(f.LessIsBetter ? "≤" : "≥")} {goal:F2}" : "", f.Good switch { true => "[green]good[/]", false => "[red]short[/]", _ => "" });
        AnsiConsole.Write(table);
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(json))!);
        File.WriteAllText(json, JsonSerializer.Serialize(figures, new JsonSerializerOptions { WriteIndented = true }));
        AnsiConsole.MarkupLine($"[grey]{Markup.Escape(json)}[/]");
        return ExitCode.Good;
    }
}

using System.CommandLine;
using SharpProbe.Sim.Boards;
using Spectre.Console;

namespace SharpProbe.Sim.Cli;

/// <summary>"boards": what can be simulated.</summary>
internal static class BoardsVerb
{
    public static Command Command()
    {
        var command = new Command("boards", "List the boards");
        command.SetAction(_ => Show());
        return command;
    }

    private static int Show()
    {
        var table = new Table().Border(TableBorder.Simple).AddColumns("board", "chip", "flash", "LEDs", "console TX/RX");
        foreach (var b in BoardList.All)
            table.AddRow(b.Name, b.Chip.ToString(), $"{b.FlashKilobytes} KB", string.Join(", ", b.Leds.Select(l => $"{l.Name} {l.Pin}")), $"{b.Console.Tx}/{b.Console.Rx}");
        AnsiConsole.Write(table);
        return ExitCode.Good;
    }
}

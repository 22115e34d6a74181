using SharpProbe.Sim.Cli.Rig;
using Spectre.Console;

namespace SharpProbe.Sim.Cli.Demo;

/// <summary>The demo's speed beside what the original's author measured with an image of the same length.</summary>
internal static class DemoFigures
{
    private const double Original = 18;

    public static void Show(Speed load)
    {
        var table = new Table().AddColumn("gdb load into an STM32F103").AddColumn("KB/s", c => c.RightAligned());
        table.AddRow("SharpProbe, simulated time", $"{load.KilobytesPerSecond:F1}");
        table.AddRow("the original on an ST-Link V3 mini, as its author measured", $"{Original:F0}");
        AnsiConsole.Write(table);
    }
}

using SharpProbe.Build.Compile;
using SharpProbe.Build.Setup;

namespace SharpProbe.Build.Verbs;

/// <summary>demo [--board NAME], bench [--only gdb|echo]: builds the probes' firmware and the program to be debugged, then lets the bench play.</summary>
static class DemoVerb
{
    public static int Demo(string board) => Run([board], "demo", "--board", board);

    public static int Bench(string? only) => Run([.. Target.Boards.Select(target => target.Name)], only is null ? ["bench"] : ["bench", "--only", only]);

    private static int Run(string[] boards, params string[] arguments)
    {
        Installer.Require(Tool.Linker, Tool.Gdb, Tool.Sigrok);
        foreach (string board in boards.Append(Target.Demo.Name)) FirmwareVerb.Run(board, nearCalls: true);
        return DotnetProject.Simulator.Run(arguments);
    }
}

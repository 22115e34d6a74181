using SharpProbe.Build.Compile;
using SharpProbe.Build.Setup;

namespace SharpProbe.Build.Verbs;

/// <summary>firmware [--board NAME|all]: builds images.</summary>
static class FirmwareVerb
{
    public static int Run(string board, bool nearCalls)
    {
        Installer.Require(Tool.Linker);
        foreach (Target target in Target.Named(board))
        {
            Progress.During(target.Name, () => ImageBuilder.Build(target, nearCalls));
            foreach (string line in File.ReadLines(target.File(".rewrite.txt"))) Progress.Detail($"  {line}");
        }
        return 0;
    }
}

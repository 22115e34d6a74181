using SharpProbe.Build.Compile;
using SharpProbe.Build.Dist;
using SharpProbe.Build.Images;
using SharpProbe.Build.Setup;

namespace SharpProbe.Build.Verbs;

/// <summary>dist: what is released, in out/dist/.</summary>
static class DistVerb
{
    public static int Run()
    {
        Installer.Require(Tool.Linker);
        foreach (BoardFacts board in BoardFacts.All)
            foreach (string name in new[] { "boot_" + board.Name, board.Name, board.BesideSt }.OfType<string>())
                Progress.During(name, () => ImageBuilder.Build(Target.Named(name)[0]));
        string folder = Path.Combine(Repository.Out, "dist");
        IReadOnlyList<string> files = Distribution.Write(folder, ApplicationHeader.ProductVersion, BuildInfo.ShortCommit);
        Progress.Line($"{files.Count} files -> {Repository.Relative(folder)}; {Distribution.Page} says how each board is flashed");
        return 0;
    }
}

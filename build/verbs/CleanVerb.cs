namespace SharpProbe.Build.Verbs;

/// <summary>clean: removes out/ and the bin/ and obj/ folders of every project but the driver that is running.</summary>
static class CleanVerb
{
    public static int Run()
    {
        List<string> folders = [Repository.Out];
        foreach (string project in Directory.EnumerateFiles(Repository.Root, "*.csproj", SearchOption.AllDirectories))
        {
            string folder = Path.GetDirectoryName(project)!;
            if (folder == Repository.At("build")) continue;
            folders.Add(Path.Combine(folder, "bin"));
            folders.Add(Path.Combine(folder, "obj"));
        }
        foreach (string folder in folders.Where(Directory.Exists))
        {
            Directory.Delete(folder, recursive: true);
            Progress.Line($"removed {Repository.Relative(folder)}");
        }
        return 0;
    }
}

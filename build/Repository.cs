namespace SharpProbe.Build;

/// <summary>The clone's folders. Found from where the driver runs: the first folder upwards that has zerolib/ and build/.</summary>
static class Repository
{
    public static string Root { get; } = Find(AppContext.BaseDirectory) ?? Find(Directory.GetCurrentDirectory())
        ?? throw new BuildError("run this inside a clone of SharpProbe: no folder with zerolib/ and build/ here or above");

    public static string Out => At("out");

    public static string At(params string[] parts) => Path.Combine([Root, .. parts]);

    /// <summary>A path below the root with forward slashes, the same on every machine: what diagnostics and DWARF show.</summary>
    public static string Relative(string path) => Path.GetRelativePath(Root, path).Replace('\\', '/');

    private static string? Find(string start)
    {
        for (DirectoryInfo? folder = new(start); folder != null; folder = folder.Parent)
        {
            if (Directory.Exists(Path.Combine(folder.FullName, "zerolib")) && Directory.Exists(Path.Combine(folder.FullName, "build"))) return folder.FullName;
        }
        return null;
    }
}

namespace SharpProbe.Sim.Cli.Rig;

/// <summary>What the build left in out/, looked for from here upwards, so that it works in any folder of the clone.</summary>
internal static class BuiltFile
{
    public static string Elf(string target)
    {
        string below = Path.Combine("out", target, target + ".elf");
        for (var folder = new DirectoryInfo("."); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, below))) return Path.GetRelativePath(".", Path.Combine(folder.FullName, below));
        throw new UsageError($"there is no {below} here; build it (./build.sh firmware --board {target})");
    }
}

namespace SharpProbe.Build.Verbs;

/// <summary>svd [DIR]: the bench's registers against the vendors' SVD data, for each chip whose file is there.</summary>
static class SvdVerb
{
    private static readonly (string Board, string Chip)[] Chips =
    [
        ("stlinkv3mini", "STM32F723"),
        ("pybd_sf2", "STM32F722"),
        ("devebox_h743", "STM32H743"),
        ("devebox_h750", "STM32H750"),
    ];

    public static int Run(string? given)
    {
        string folder = Folder(given);
        int worst = 0, compared = 0;
        foreach ((string board, string chip) in Chips)
        {
            string? file = new[] { ".svd.gz", ".svd" }.Select(extension => Path.Combine(folder, chip + extension)).FirstOrDefault(File.Exists);
            if (file == null) continue;
            compared++;
            Progress.Line($"{chip} ({board}):");
            worst = Math.Max(worst, DotnetProject.Simulator.Run(["svd", Path.GetFullPath(file), "--board", board]));
        }
        return compared != 0 ? worst : throw new BuildError($"{folder} holds none of {string.Join(", ", Chips.Select(chip => chip.Chip + ".svd.gz"))}");
    }

    /// <summary>The folder given, else the one in SHARPPROBE_SVD, else a folder shared/svd beside the clone.</summary>
    public static string Folder(string? given)
    {
        string folder = given ?? Environment.GetEnvironmentVariable("SHARPPROBE_SVD") ?? Path.Combine(Path.GetDirectoryName(Repository.Root)!, "shared", "svd");
        return Directory.Exists(folder) ? folder : throw new BuildError($"no folder {folder}: name the folder with the vendors' SVD files, or set SHARPPROBE_SVD");
    }
}

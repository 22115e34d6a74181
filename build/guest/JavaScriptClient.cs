namespace SharpProbe.Build.Guest;

/// <summary>dapjs, a CMSIS-DAP client in JavaScript, and what it speaks USB with: installed by npm into out/dapjs, in the versions that hosttests/guest/dapjs/ pins. A guest runs it.</summary>
public static class JavaScriptClient
{
    // npm tries longer than anybody waits.
    private const string Patience = "100";

    public static string Folder => Repository.At("out", "dapjs");

    /// <summary>What is missing, in a sentence; null when it is there.</summary>
    public static string? WhyNot =>
        Shell.Which("node") is null || Shell.Which("npm") is null ? "no JavaScript client: node or npm missing (Debian: apt-get install npm)"
        : !File.Exists(Stamp) || File.ReadAllText(Stamp) != Versions ? "no JavaScript client: out/dapjs is not made: ./build.sh setup" : null;

    private static string Source(string file) => Repository.At("hosttests", "guest", "dapjs", file);

    private static string Stamp => Path.Combine(Folder, "stamp");

    private static string Versions => File.ReadAllText(Source("package-lock.json"));

    /// <summary>Installs it where that can be done; its tests are skipped, and in CI fail, where not.</summary>
    public static void Offer()
    {
        if (WhyNot is null || !OperatingSystem.IsLinux() || Shell.Which("npm") is null) return;
        Progress.Step("JavaScript client: npm");
        Directory.CreateDirectory(Folder);
        foreach (string file in (string[])["package.json", "package-lock.json"]) File.Copy(Source(file), Path.Combine(Folder, file), overwrite: true);
        // Their own install scripts would compile where no prebuilt part fits; there is one in each package.
        ShellResult npm = Shell.Capture("timeout", [Patience, "npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--fetch-retries=1"], Folder);
        if (npm.ExitCode == 0) File.WriteAllText(Stamp, Versions);
        else Progress.Line($"npm cannot install dapjs: its tests are skipped\n{npm.Text}");
    }
}

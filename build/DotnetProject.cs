namespace SharpProbe.Build;

/// <summary>A project of the repository that runs on the host: built when a source is newer than its assembly, then run.</summary>
/// <param name="Project">The .csproj, below the root.</param>
/// <param name="Assembly">Name of what it builds.</param>
/// <param name="Sources">Folders whose C# and project files it is made of, below the root.</param>
sealed record DotnetProject(string Project, string Assembly, params string[] Sources)
{
    public static readonly DotnetProject Simulator = new("sim/cli/SharpProbe.Sim.Cli.csproj", "SharpProbe.Sim.Cli", "sim", "conformance");

    private string Dll => Repository.At(Path.GetDirectoryName(Project)!, "bin", "Release", "net10.0", Assembly + ".dll");

    public void EnsureBuilt()
    {
        if (!File.Exists(Repository.At(Project))) throw new BuildError($"{Project} does not exist in this clone");
        if (IsUpToDate()) return;
        Progress.Step($"building {Project}");
        ShellResult result = Shell.Capture("dotnet", ["build", Project, "-c", "Release", "-v", "q", "--nologo"]);
        if (result.ExitCode != 0) throw new BuildError($"{Project} does not build\n{result.Text}");
        File.SetLastWriteTimeUtc(Dll, DateTime.UtcNow);
    }

    /// <summary>Runs with this console; returns the exit code.</summary>
    public int Run(IEnumerable<string> arguments)
    {
        EnsureBuilt();
        return Shell.PassThrough("dotnet", [Dll, .. arguments], Directory.GetCurrentDirectory());
    }

    /// <summary>Runs it, built already, and returns what it says.</summary>
    public ShellResult Capture(params string[] arguments) => Shell.Capture("dotnet", [Dll, .. arguments]);

    /// <summary>Starts it in the background, built already; what it says goes into a file.</summary>
    public System.Diagnostics.Process Start(string log, params string[] arguments)
    {
        StreamWriter file = new(log) { AutoFlush = true };
        System.Diagnostics.Process process = new()
        {
            StartInfo = new("dotnet", [Dll, .. arguments]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true },
        };
        process.OutputDataReceived += (_, line) => Keep(line.Data);
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;

        void Keep(string? line)
        {
            lock (file) file.WriteLine(line);
        }
    }

    private bool IsUpToDate()
    {
        if (!File.Exists(Dll)) return false;
        DateTime built = File.GetLastWriteTimeUtc(Dll);
        return Sources.SelectMany(folder => Directory.EnumerateFiles(Repository.At(folder), "*.cs*", SearchOption.AllDirectories))
            .Append(Repository.At("Directory.Build.props"))
            .Where(file => !Repository.Relative(file).Split('/').Any(part => part is "bin" or "obj"))
            .All(file => File.GetLastWriteTimeUtc(file) <= built);
    }
}

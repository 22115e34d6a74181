using System.Diagnostics;

namespace SharpProbe.Build;

/// <summary>Runs other programs.</summary>
static class Shell
{
    /// <summary>Runs to the end and returns what was written to both streams. A program that cannot be started is a build error.</summary>
    public static ShellResult Capture(string program, IEnumerable<string> arguments, string? folder = null, Action<string>? onLine = null)
    {
        ProcessStartInfo start = Prepare(program, arguments, folder);
        start.RedirectStandardOutput = start.RedirectStandardError = true;
        List<string> output = [], errors = [];
        using Process process = Start(start);
        process.OutputDataReceived += (_, line) => { if (line.Data != null) { lock (output) output.Add(line.Data); onLine?.Invoke(line.Data); } };
        process.ErrorDataReceived += (_, line) => { if (line.Data != null) lock (errors) errors.Add(line.Data); };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        process.WaitForExit();
        return new ShellResult(process.ExitCode, output, errors);
    }

    /// <summary>Runs with this process's own console and returns the exit code.</summary>
    public static int PassThrough(string program, IEnumerable<string> arguments, string? folder = null)
    {
        using Process process = Start(Prepare(program, arguments, folder));
        process.WaitForExit();
        return process.ExitCode;
    }

    /// <summary>The full path of a program on PATH (with .exe on Windows), or null.</summary>
    public static string? Which(string program)
    {
        string file = OperatingSystem.IsWindows() ? program + ".exe" : program;
        return (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .Where(folder => folder != "")
            .Select(folder => Path.Combine(folder, file))
            .FirstOrDefault(File.Exists);
    }

    private static ProcessStartInfo Prepare(string program, IEnumerable<string> arguments, string? folder) =>
        new(program, arguments) { WorkingDirectory = folder ?? Repository.Root, UseShellExecute = false };

    private static Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (System.ComponentModel.Win32Exception error)
        {
            throw new BuildError($"cannot run {start.FileName}: {error.Message}");
        }
    }
}

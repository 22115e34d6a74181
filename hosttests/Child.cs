using System.Diagnostics;

namespace SharpProbe.Tests;

/// <summary>Another program, run to its end or for so long at most.</summary>
internal sealed record Child(int Code, string Output, string Errors)
{
    public string Text => Output + Errors;

    /// <summary>What it said and its exit code. One that takes longer is killed, and fails the test with what it had said by then.</summary>
    /// <param name="seconds">Longest time.</param>
    public static Child Run(int seconds, string program, params IEnumerable<string> arguments) => Run(seconds, new ProcessStartInfo(program, arguments));

    public static Child Run(int seconds, ProcessStartInfo start)
    {
        start.RedirectStandardOutput = start.RedirectStandardError = true;
        using var process = Process.Start(start)!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        bool ended = process.WaitForExit(TimeSpan.FromSeconds(seconds));
        if (!ended) process.Kill(entireProcessTree: true);
        Assert.True(ended, $"{start.FileName} did not end within {seconds} s: {output.Result}{errors.Result}");
        return new(process.ExitCode, output.Result, errors.Result);
    }

    /// <summary>gdb in batch mode with the commands.</summary>
    public static string Gdb(int seconds, string elf, params IEnumerable<string> commands) =>
        Run(seconds, "gdb-multiarch", ["-nx", "-batch", "-ex", "set tcp connect-timeout 5", "-ex", "set confirm off", .. commands.SelectMany(c => new[] { "-ex", c }), elf]).Text;
}

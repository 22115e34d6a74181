using System.Diagnostics;
using System.Text;

namespace SharpProbe.Sim.Cli.Rig;

/// <summary>A real gdb that is told one command at a time and says what it answered.</summary>
public sealed class GdbProcess : IDisposable
{
    private const string Mark = "@@answered@@";

    private readonly Process _process;
    private readonly StringBuilder _pending = new();
    private readonly TimeSpan _patience;

    /// <param name="elf">Program to debug, or null.</param>
    /// <param name="patience">Longest time that a command may take.</param>
    /// <param name="program">gdb for Arm.</param>
    public GdbProcess(string? elf, TimeSpan patience, string program = "gdb-multiarch")
    {
        _patience = patience;
        // gdb writes what a target says to its error stream: joined here, or it would come before or after the answer by chance.
        bool shell = !OperatingSystem.IsWindows();
        var start = new ProcessStartInfo(shell ? "/bin/sh" : program, shell ? ["-c", "exec \"$0\" \"$@\" 2>&1", program] : []) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (string argument in (string[])["-q", "-nx", "-ex", "set confirm off", "-ex", "set pagination off", "-ex", "set height 0", "-ex", "set width 0", "-ex", "set style enabled off", "-ex", "set prompt", "-ex", "set debuginfod enabled off", "-ex", "set remotetimeout 60"])
            start.ArgumentList.Add(argument);
        if (elf is not null) start.ArgumentList.Add(elf);
        _process = Process.Start(start) ?? throw new IOException($"{program} does not start");
        _process.OutputDataReceived += (_, line) => Take(line.Data);
        _process.ErrorDataReceived += (_, line) => Take(line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        Greeting = Say("echo");
    }

    /// <summary>What gdb said by itself at its start.</summary>
    public string Greeting { get; }

    public bool HasExited => _process.HasExited;

    /// <summary>Gives a command and waits for its whole answer, lines joined by '\n'. A command that takes too long is an error that holds what came so far.</summary>
    public string Say(string command)
    {
        Send(command);
        return Answer(command);
    }

    /// <summary>Gives a command and does not wait: <see cref="Answer"/> later.</summary>
    public void Send(string command)
    {
        lock (_pending) _pending.Clear();
        _process.StandardInput.Write($"{command}\necho \\n{Mark}\\n\n");
        _process.StandardInput.Flush();
    }

    /// <summary>Waits for the answer to the command that was sent last.</summary>
    public string Answer(string command = "the command")
    {
        long end = Environment.TickCount64 + (long)_patience.TotalMilliseconds;
        lock (_pending)
        {
            while (true)
            {
                string text = _pending.ToString();
                int at = text.IndexOf(Mark, StringComparison.Ordinal);
                if (at >= 0) return text[..at].Trim('\n', '\r', ' ');
                long left = end - Environment.TickCount64;
                if (left <= 0) throw new TimeoutException($"gdb does not answer to \"{command}\" within {_patience.TotalSeconds:F0} s; so far: {text}");
                if (_process.HasExited) throw new IOException($"gdb ended during \"{command}\": {text}");
                Monitor.Wait(_pending, (int)Math.Min(left, 200));
            }
        }
    }

    /// <summary>Ctrl-C.</summary>
    public void Interrupt()
    {
        using var kill = Process.Start("kill", ["-INT", _process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        kill.WaitForExit(1000);
    }

    /// <summary>Ends at once, without a word to the target.</summary>
    public void Kill()
    {
        if (!_process.HasExited) _process.Kill(entireProcessTree: true);
        _process.WaitForExit(2000);
    }

    public void Dispose()
    {
        Kill();
        _process.Dispose();
    }

    private void Take(string? line)
    {
        if (line is null) return;
        lock (_pending)
        {
            _pending.Append(line).Append('\n');
            Monitor.PulseAll(_pending);
        }
    }
}

using System.Diagnostics;
using SharpProbe.Gdb;

namespace SharpProbe.Tests.GdbServing;

/// <summary>A server that is polled on a thread of its own, behind a TCP port that gdb connects to.</summary>
internal sealed class ServedProbe : IDisposable
{
    private readonly TcpLine _line = new();
    private readonly CancellationTokenSource _ended = new();
    private readonly Thread _thread;

    public ServedProbe(FakeSession session)
    {
        var server = new GdbServer(_line, session, new RealClock(), new FakeBackground());
        _thread = new Thread(() =>
        {
            while (!_ended.IsCancellationRequested) server.Poll();
        });
        _thread.Start();
    }

    /// <summary>gdb-multiarch in batch mode, connected before the commands.</summary>
    public Process Start(string program, params string[] commands)
    {
        string[] all = ["set tcp connect-timeout 5", "set confirm off", Target, .. commands];
        return Process.Start(new ProcessStartInfo("gdb-multiarch", ["-nx", "-batch", .. all.SelectMany(c => new[] { "-ex", c }), program]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
    }

    /// <summary>What gdb printed.</summary>
    public string Run(string program, params string[] commands) => Child.Gdb(10, program, [Target, .. commands]);

    private string Target => $"target extended-remote 127.0.0.1:{_line.Port}";

    public void Dispose()
    {
        _ended.Cancel();
        _thread.Join();
        _line.Dispose();
        _ended.Dispose();
    }
}

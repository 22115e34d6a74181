using System.Net;
using System.Net.Sockets;

namespace SharpProbe.Sim.Gdb;

/// <summary>
/// Lets gdb debug the firmware inside the simulator, over TCP on the loopback interface. One gdb at a time. The machine stands still until the first gdb comes, and runs
/// free after a detach until the next one comes.
/// </summary>
public sealed class GdbServer : IDisposable
{
    private const ulong FreeSlice = 200_000;
    private const int PollMilliseconds = 10;

    private readonly DebugTarget _target;
    private readonly TcpListener _listener;

    /// <param name="port">0: any free port; see <see cref="Port"/>.</param>
    public GdbServer(DebugTarget target, int port)
    {
        _target = target;
        _listener = new(IPAddress.Loopback, port);
        _listener.Start(1);
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
    }

    public int Port { get; }

    /// <summary>Told what happens: a gdb came or went.</summary>
    public Action<string>? Log { get; set; }

    /// <summary>Serves gdb after gdb until one kills the program or it exits, or the bench stops while no gdb looks (that is thrown).</summary>
    public void Serve(CancellationToken cancel = default)
    {
        while (!cancel.IsCancellationRequested)
        {
            if (!Session(cancel)) return;
            while (!_listener.Pending())
            {
                if (cancel.IsCancellationRequested || _target.ExitCode() is not null) return;
                _target.Run(_target.Core.Time.Cycles + FreeSlice);
            }
        }
    }

    /// <summary>Waits for a gdb and serves it to the end. False: the program is over.</summary>
    public bool Session(CancellationToken cancel = default)
    {
        while (!_listener.Pending())
            if (cancel.WaitHandle.WaitOne(PollMilliseconds)) return false;
        using var connection = new RspConnection(_listener.AcceptSocket());
        using var closing = cancel.Register(connection.Dispose);
        Log?.Invoke("gdb connected");
        using var debugger = new Debugger(_target);
        var session = new GdbSession(connection, debugger);
        try
        {
            session.Serve();
        }
        catch (ObjectDisposedException) when (cancel.IsCancellationRequested)
        {
            return false;
        }
        Log?.Invoke(session.Killed ? "gdb ended the program" : "gdb disconnected");
        return !session.Killed;
    }

    public void Dispose() => _listener.Dispose();
}

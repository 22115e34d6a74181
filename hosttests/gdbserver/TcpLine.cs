using System.Net;
using System.Net.Sockets;
using SharpProbe.Io;

namespace SharpProbe.Tests.GdbServing;

/// <summary>A TCP port as the probe's serial line: one peer at a time, open while it stays.</summary>
internal sealed class TcpLine : ByteStream, IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly byte[] _probe = new byte[1];
    private Socket? _peer;

    public TcpLine() => _listener.Start();

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public override bool Connected
    {
        get
        {
            if (_peer is null && _listener.Pending())
            {
                _peer = _listener.AcceptSocket();
                _peer.NoDelay = true;
                _peer.Blocking = false;
                return false;                              // the server sees the change
            }
            if (_peer is not null && _peer.Poll(0, SelectMode.SelectRead) && _peer.Available == 0) Drop();
            return _peer is not null;
        }
    }

    public override int Available => _peer?.Available ?? 0;

    public override int Room => _peer is null ? 0 : 512;

    public override int Read(Span<byte> destination)
    {
        if (_peer is null || _peer.Available == 0) return 0;
        return _peer.Receive(destination);
    }

    public override int Write(ReadOnlySpan<byte> bytes)
    {
        if (_peer is null) return bytes.Length;
        int taken = _peer.Send(bytes[..Math.Min(bytes.Length, 512)], SocketFlags.None, out SocketError error);
        if (error is not (SocketError.Success or SocketError.WouldBlock)) Drop();
        return Math.Max(taken, 0);
    }

    public void Dispose()
    {
        Drop();
        _listener.Stop();
    }

    private void Drop()
    {
        _peer?.Dispose();
        _peer = null;
    }
}

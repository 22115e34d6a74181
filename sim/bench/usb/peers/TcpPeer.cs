using System.Net;
using System.Net.Sockets;

namespace SharpProbe.Sim.Usb;

/// <summary>A TCP port of the loopback interface, one client at a time.</summary>
public sealed class TcpPeer : IHostPeer
{
    private readonly TcpListener _listener;
    private Socket? _client;

    /// <param name="port">0: any that is free.</param>
    public TcpPeer(int port)
    {
        _listener = new(IPAddress.Loopback, port);
        _listener.Start(1);
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
    }

    public int Port { get; }
    public string Place => $"127.0.0.1:{Port}";

    public bool IsConnected
    {
        get
        {
            if (_client is null && _listener.Pending())
            {
                _client = _listener.AcceptSocket();
                _client.NoDelay = true;
                _client.Blocking = false;
            }
            return _client is not null;
        }
    }

    public int Take(Span<byte> buffer)
    {
        if (_client is null || !_client.Poll(0, SelectMode.SelectRead)) return 0;
        int count = _client.Receive(buffer, SocketFlags.None, out var error);
        if (error is SocketError.WouldBlock) return 0;
        if (count == 0) HangUp();
        return count;
    }

    public int Give(ReadOnlySpan<byte> bytes)
    {
        if (_client is null) return 0;
        int count = _client.Send(bytes, SocketFlags.None, out var error);
        if (error is not (SocketError.Success or SocketError.WouldBlock)) HangUp();
        return error == SocketError.Success ? count : 0;
    }

    public bool Wait(int milliseconds) => (_client ?? _listener.Server).Poll(milliseconds * 1000, SelectMode.SelectRead);

    public void HangUp()
    {
        _client?.Dispose();
        _client = null;
    }

    public void Forget() { }

    public void Dispose()
    {
        HangUp();
        _listener.Dispose();
    }
}

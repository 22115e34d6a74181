using System.Net;
using System.Net.Sockets;
using SharpProbe.Io;

namespace SharpProbe.Tests.Debugging;

/// <summary>A byte stream to whoever connects to a TCP port of this machine; connected once.</summary>
sealed class TcpLine : ByteStream, IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private Socket? _socket;

    public TcpLine() => _listener.Start();

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Somebody was there and has left.</summary>
    public bool Ended { get; private set; }

    public override bool Connected
    {
        get
        {
            if (_socket is null && !Ended && _listener.Pending())
            {
                _socket = _listener.AcceptSocket();
                _socket.NoDelay = true;
            }
            if (_socket is { } socket && socket.Poll(0, SelectMode.SelectRead) && socket.Available == 0)
            {
                Ended = true;
                socket.Dispose();
                _socket = null;
            }
            return _socket is not null;
        }
    }

    public override int Available => _socket?.Available ?? 0;

    public override int Room => 65536;

    public override int Read(Span<byte> destination) => Available == 0 ? 0 : _socket!.Receive(destination);

    public override int Write(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return _socket?.Send(bytes) ?? bytes.Length;
        }
        catch (SocketException)
        {
            return bytes.Length;
        }
    }

    public void Dispose()
    {
        _socket?.Dispose();
        _listener.Dispose();
    }
}

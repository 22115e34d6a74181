using System.Net;
using System.Net.Sockets;

namespace SharpProbe.Sim.Cli;

/// <summary>A console on a TCP port of the loopback interface; what the board says while nobody is connected is dropped.</summary>
internal sealed class TcpUart : IUartEnd
{
    private readonly TcpListener _listener;
    private Socket? _client;

    public TcpUart(int port)
    {
        _listener = new(IPAddress.Loopback, port);
        _listener.Start(1);
    }

    public void Show(byte value)
    {
        Accept();
        if (_client is null) return;
        try
        {
            _client.Send([value]);
        }
        catch (SocketException)
        {
            Drop();
        }
    }

    public int Take(Span<byte> buffer)
    {
        Accept();
        if (_client is null || !_client.Poll(0, SelectMode.SelectRead)) return 0;
        try
        {
            int count = _client.Receive(buffer);
            if (count == 0) Drop();
            return count;
        }
        catch (SocketException)
        {
            Drop();
            return 0;
        }
    }

    public void Dispose()
    {
        Drop();
        _listener.Dispose();
    }

    private void Accept()
    {
        if (_client is null && _listener.Pending()) _client = _listener.AcceptSocket();
    }

    private void Drop()
    {
        _client?.Dispose();
        _client = null;
    }
}

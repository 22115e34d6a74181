using System.Net.Sockets;

namespace SharpProbe.Sim.Usb.Ip;

/// <summary>One TCP connection with room for what has come and for what the peer has not taken yet. Never blocks.</summary>
internal sealed class UsbIpLine : IDisposable
{
    private readonly Socket _socket;
    private byte[] _in = new byte[4096], _out = new byte[4096];
    private int _inCount, _inUsed, _outCount;

    public UsbIpLine(Socket socket)
    {
        _socket = socket;
        (socket.NoDelay, socket.Blocking) = (true, false);
        // A peer whose machine has died without a word is noticed within a minute.
        socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveTime, 30);
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveInterval, 10);
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveRetryCount, 3);
        Name = socket.RemoteEndPoint?.ToString() ?? "a peer";
    }

    public Socket Socket => _socket;
    public string Name { get; }

    /// <summary>The peer has closed it, or it broke.</summary>
    public bool Ended { get; private set; }

    public ReadOnlySpan<byte> Received => _in.AsSpan(_inUsed, _inCount - _inUsed);
    public int Unsent => _outCount;

    public void Used(int count) => _inUsed += count;

    /// <summary>Takes what has come, up to a whole message of a size. True: something did.</summary>
    public bool Receive(int wanted)
    {
        if (Ended) return false;
        if (_inUsed > 0)
        {
            Received.CopyTo(_in);
            (_inCount, _inUsed) = (_inCount - _inUsed, 0);
        }
        if (_in.Length < wanted) Array.Resize(ref _in, wanted);
        if (_inCount == _in.Length) return false;
        int count = _socket.Receive(_in.AsSpan(_inCount), SocketFlags.None, out var error);
        if (error == SocketError.WouldBlock) return false;
        Ended = error != SocketError.Success || count == 0;
        if (!Ended) _inCount += count;
        return !Ended;
    }

    /// <summary>Room for a message, cleared or not, to be filled before anything else is sent.</summary>
    public Span<byte> Message(int size)
    {
        if (_outCount + size > _out.Length) Array.Resize(ref _out, Math.Max(2 * _out.Length, _outCount + size));
        _outCount += size;
        return _out.AsSpan(_outCount - size, size);
    }

    public void Send()
    {
        if (_outCount == 0 || Ended) return;
        int count = _socket.Send(_out.AsSpan(0, _outCount), SocketFlags.None, out var error);
        if (error == SocketError.WouldBlock) return;
        if (Ended = error != SocketError.Success) return;
        _out.AsSpan(count, _outCount - count).CopyTo(_out);
        _outCount -= count;
    }

    public void Dispose() => _socket.Dispose();
}

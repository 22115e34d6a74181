using System.Net.Sockets;
using SharpProbe.Sim.Usb.Remote;

namespace SharpProbe.Sim.Usb.Usbredir;

/// <summary>
/// Plugs a device into QEMU's "-device usb-redir" by connecting to its chardev socket; <see cref="Dispose"/> unplugs it. One that breaks the protocol is refused with a message,
/// and the connection ends.
/// </summary>
public sealed class RedirPort : IRemotePort
{
    // Bytes that the other side has not read: more requests are not looked at before some have gone.
    private const int MostWaiting = 1 << 20;

    private const string Closed = "usbredir: the other side has closed the connection";

    private readonly Socket _socket;
    private readonly RedirDevice _device;
    private readonly Action<string> _note;
    private readonly byte[] _buffer = new byte[65536];

    /// <param name="socket">Connected.</param>
    /// <param name="note">What the other side says of itself, and why it was refused.</param>
    public RedirPort(ExportedDevice device, Socket socket, Action<string> note)
    {
        (_socket, _note) = (socket, note);
        if (socket.AddressFamily != AddressFamily.Unix) socket.NoDelay = true;
        socket.Blocking = false;
        _device = new(device, note);
    }

    /// <summary>Connects to a socket of this machine.</summary>
    /// <param name="path">As in QEMU's "-chardev socket,path=".</param>
    public static RedirPort Connect(ExportedDevice device, string path, Action<string> note)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            socket.Connect(new UnixDomainSocketEndPoint(path));
            return new(device, socket, note);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>The other side is there.</summary>
    public bool IsOpen { get; private set; } = true;

    /// <summary>The other side has been offered the device.</summary>
    public bool IsConnected => IsOpen && _device.IsConnected;

    /// <summary>Why the connection ended by itself; null while it is there.</summary>
    public string? Ended { get; private set; }

    public bool Pump()
    {
        if (!IsOpen) return false;
        try
        {
            bool any = Receive();
            Send();
            return any;
        }
        catch (RedirError error)
        {
            End($"usbredir: refused: {error.Message}");
        }
        catch (SocketException error)
        {
            // A reset: it has closed without reading everything.
            End(error.SocketErrorCode is SocketError.ConnectionReset or SocketError.Shutdown ? Closed : $"usbredir: {error.Message}");
        }
        return false;
    }

    public bool Wait(int milliseconds)
    {
        if (IsOpen) return _socket.Poll(milliseconds * 1000, SelectMode.SelectRead);
        Thread.Sleep(milliseconds);
        return false;
    }

    public void Dispose()
    {
        if (!IsOpen) return;
        IsOpen = false;
        _device.Dispose();
        _socket.Dispose();
    }

    private bool Receive()
    {
        bool any = false;
        while (IsOpen && _device.Output.Waiting.Length < MostWaiting)
        {
            int count = _socket.Receive(_buffer, SocketFlags.None, out var error);
            if (error == SocketError.WouldBlock) break;
            if (error != SocketError.Success) throw new SocketException((int)error);
            if (count == 0)
            {
                End(Closed);
                break;
            }
            any = true;
            _device.Input.Add(_buffer.AsSpan(0, count));
            _device.Run();
        }
        return any;
    }

    private void Send()
    {
        while (IsOpen && _device.Output.Waiting is { Length: > 0 } waiting)
        {
            int count = _socket.Send(waiting, SocketFlags.None, out var error);
            if (error == SocketError.WouldBlock) return;
            if (error != SocketError.Success) throw new SocketException((int)error);
            _device.Output.Sent(count);
        }
    }

    private void End(string why)
    {
        Ended = why;
        _note(why);
        Dispose();
    }
}

using System;
using SharpProbe.Io;

namespace SharpProbe.App;

/// <summary>
/// Sends back what a USB port receives, byte for byte, to measure and test the whole way there and back. Begins by command, whether a host is on the port yet or not, and ends with that host's
/// session (DTR off). What cannot be sent yet stays in the port, whose host is held back.
/// </summary>
public sealed class UsbEcho(ByteStream port)
{
    /// <summary>Bytes a round, so that nobody else starves.</summary>
    private const int Blocks = 16;

    private readonly byte[] _block = new byte[512];
    private bool _hadHost;

    public bool Active { get; private set; }

    public void Begin()
    {
        Active = true;
        _hadHost = false;
    }

    public void Poll()
    {
        if (port.Connected) _hadHost = true;
        else if (_hadHost)
        {
            Active = false;
            return;
        }
        for (int i = 0; i < Blocks && Pass(); i++) { }
    }

    private bool Pass()
    {
        int room = Math.Min(port.Room, _block.Length);
        if (room == 0) return false;
        int count = port.Read(_block.AsSpan(0, room));
        port.Write(_block.AsSpan(0, count));
        return count != 0;
    }
}

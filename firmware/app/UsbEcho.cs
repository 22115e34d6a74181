using System;
using SharpProbe.Usb.Cdc;

namespace SharpProbe.App;

/// <summary>
/// Sends back what a USB port receives, byte for byte, to measure and test the whole way there and back. Begins by command, whether a host is on the port yet or not, and ends with that host's
/// session (DTR off). What cannot be sent yet stays in the port, whose host is held back.
/// </summary>
public sealed class UsbEcho(CdcPort port)
{
    /// <summary>Blocks a round, so that nobody else starves, of so many bytes, so that the first leave soon.</summary>
    private const int Blocks = 16, Block = 512;

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
        ReadOnlySpan<byte> bytes = port.Oldest;
        if (bytes.Length > Block) bytes = bytes[..Block];
        int count = port.Write(bytes);
        if (count != 0) port.Take(count);
        return count != 0;
    }
}

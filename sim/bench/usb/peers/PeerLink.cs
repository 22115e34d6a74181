namespace SharpProbe.Sim.Usb;

/// <summary>Carries bytes between a port and a real program, and the program's open and close as DTR.</summary>
internal sealed class PeerLink(CdcPort port, IHostPeer peer, PeerTurn turn, TimeBase time)
{
    private const int Most = 16 * 1024;

    private readonly byte[] _buffer = new byte[4096];
    private byte[] _rest = [];
    private bool _connected;

    public CdcPort Port => port;
    public IHostPeer Peer => peer;
    public bool DeviceOwes => turn.DeviceOwes(time.Now);

    /// <summary>Bytes for the program that it has not taken.</summary>
    public bool HasBytesForPeer => _rest.Length > 0 || port.Available > 0;

    /// <summary>Moves what can be moved. True: something came from the program.</summary>
    public bool Pump()
    {
        Connection();
        bool any = FromPeer();
        ToPeer();
        return any;
    }

    private void Connection()
    {
        bool now = peer.IsConnected;
        if (_connected && port is { IsOpen: false })
        {
            // Unplugged while the program had it open.
            peer.HangUp();
            (now, _connected, _rest) = (false, false, []);
            turn.Reset();
        }
        if (now == _connected || now && !port.IsBound) return;
        _connected = now;
        turn.Reset();
        if (now)
        {
            port.Open();
            return;
        }
        while (FromPeer()) { }          // written before it was closed
        peer.Forget();
        port.Close();
        _rest = [];
    }

    private bool FromPeer()
    {
        bool any = false;
        while (port.IsOpen && port.BytesQueued < Most)
        {
            int count = peer.Take(_buffer);
            if (count == 0) return any;
            any = true;
            turn.Sent(_buffer.AsSpan(0, count), time.Now);
            port.Write(_buffer.AsSpan(0, count));
        }
        return any;
    }

    private void ToPeer()
    {
        while (true)
        {
            if (_rest.Length == 0)
            {
                int count = port.Read(_buffer);
                if (count == 0) return;
                _rest = _buffer[..count];
            }
            int given = peer.Give(_rest);
            if (given == 0) return;
            turn.Received(_rest.AsSpan(0, given), time.Now);
            _rest = _rest[given..];
        }
    }
}

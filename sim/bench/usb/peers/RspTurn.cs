namespace SharpProbe.Sim.Usb;

/// <summary>
/// For gdb's remote protocol: a packet from gdb, or its Ctrl-C, makes the server owe an answer; a packet back pays it. Acknowledgements, notifications and console
/// output ("O" packets) do neither.
/// </summary>
public sealed class RspTurn : PeerTurn
{
    private const byte Interrupt = 3;

    private readonly PacketEye _gdb = new(), _server = new();
    private bool _owes;

    public override void Sent(ReadOnlySpan<byte> bytes, ulong now)
    {
        foreach (byte b in bytes)
            if (_gdb.See(b) || b == Interrupt && !_gdb.Inside) _owes = true;
            else if (b == (byte)'-' && !_gdb.Inside) _owes = true;      // it wants the last packet again
    }

    public override void Received(ReadOnlySpan<byte> bytes, ulong now)
    {
        foreach (byte b in bytes)
            if (_server.See(b) && !_server.IsConsole) _owes = false;
    }

    public override bool DeviceOwes(ulong now) => _owes;

    public override void Reset()
    {
        _owes = false;
        _gdb.Reset();
        _server.Reset();
    }

    /// <summary>Finds the ends of $…#xx in a stream.</summary>
    private sealed class PacketEye
    {
        private int _length = -1, _checksum;
        private byte _first, _second;

        public bool Inside => _length >= 0;
        /// <summary>The last packet was "O" and hex digits, not "OK".</summary>
        public bool IsConsole => _first == (byte)'O' && _second != (byte)'K' && _lastLength > 1;
        private int _lastLength;

        /// <summary>True: a packet has ended.</summary>
        public bool See(byte b)
        {
            if (_checksum > 0)
            {
                if (--_checksum > 0) return false;
                (_lastLength, _length) = (_length, -1);
                return true;
            }
            if (b == (byte)'$') _length = 0;
            else if (_length < 0) return false;
            else if (b == (byte)'#') _checksum = 2;
            else
            {
                if (_length == 0) (_first, _second) = (b, 0);
                else if (_length == 1) _second = b;
                _length++;
            }
            return false;
        }

        public void Reset() => (_length, _checksum) = (-1, 0);
    }
}

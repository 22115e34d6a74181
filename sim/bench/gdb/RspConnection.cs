using System.Net.Sockets;
using System.Text;

namespace SharpProbe.Sim.Gdb;

/// <summary>
/// Framing of gdb's remote serial protocol over a socket: "$data#checksum", acknowledgements until both sides agree to leave them, 0x03 to interrupt
/// (gdb manual, "Remote Protocol Overview").
/// </summary>
internal sealed class RspConnection : IDisposable
{
    /// <summary>Longest packet that is taken, in bytes; told to gdb.</summary>
    public const int PacketSize = 0x4000;
    private const byte Break = 0x03;

    private readonly Socket _socket;
    private readonly byte[] _buffer = new byte[4096];
    private int _at, _end;
    private bool _broken;

    public RspConnection(Socket socket)
    {
        _socket = socket;
        socket.NoDelay = true;
    }

    /// <summary>False after QStartNoAckMode.</summary>
    public bool Acknowledges { get; set; } = true;

    /// <summary>The next packet's data, unescaped; null when the connection is closed. An interrupt outside a run is passed over.</summary>
    public byte[]? Read()
    {
        while (true)
        {
            int start;
            do
            {
                start = Next();
                if (start < 0) return null;
            }
            while (start != '$');
            var data = ReadData(out bool sound);
            if (data is null) return null;
            if (sound)
            {
                if (Acknowledges) Raw("+");
                return data;
            }
            if (Acknowledges) Raw("-");
        }
    }

    /// <summary>While the program runs: true when gdb sent an interrupt or went away.</summary>
    public bool WantsAttention(out bool closed)
    {
        closed = false;
        if (_at == _end && !_socket.Poll(0, SelectMode.SelectRead)) return false;
        while (_at < _end || Fill())
        {
            byte next = _buffer[_at];
            if (next == '$') return true;              // a packet during a run: the run ends, then it is served
            _at++;
            if (next == Break) return true;
            if (_at == _end && !_socket.Poll(0, SelectMode.SelectRead)) return false;
        }
        return closed = true;
    }

    public void Send(string data)
    {
        byte sum = 0;
        foreach (char c in data) sum += (byte)c;
        string packet = $"${data}#{sum:x2}";
        for (int attempt = 0; attempt < 3; attempt++)
        {
            Raw(packet);
            if (!Acknowledges) return;
            int answer = Next();
            while (answer is not ('+' or '-' or '$' or < 0)) answer = Next();
            if (answer == '$') _at--;                   // gdb went on without an acknowledgement
            if (answer != '-') return;
        }
    }

    public void Dispose() => _socket.Dispose();

    // The sum covers the data as sent; '}' makes the next byte itself ^ 0x20.
    private byte[]? ReadData(out bool sound)
    {
        sound = false;
        var data = new List<byte>();
        byte sum = 0;
        bool escaped = false;
        while (true)
        {
            int c = Next();
            if (c < 0) return null;
            if (c == '#') break;
            if (c == '$')
            {
                (sum, escaped) = (0, false);
                data.Clear();
                continue;
            }
            sum += (byte)c;
            if (c == '}' && !escaped) escaped = true;
            else if (data.Count <= PacketSize)
            {
                data.Add(escaped ? (byte)(c ^ 0x20) : (byte)c);
                escaped = false;
            }
        }
        int high = Next(), low = Next();
        if (high < 0 || low < 0) return null;
        int expected = Hex.Digit((byte)high) << 4 | Hex.Digit((byte)low);
        sound = expected == sum || !Acknowledges;
        return data.Count > PacketSize ? [] : [.. data];
    }

    private int Next() => _at < _end || Fill() ? _buffer[_at++] : -1;

    private bool Fill()
    {
        if (_broken) return false;
        try
        {
            (_at, _end) = (0, _socket.Receive(_buffer));
        }
        catch (SocketException)
        {
            (_at, _end) = (0, 0);
        }
        return !(_broken = _end == 0);
    }

    private void Raw(string text)
    {
        try
        {
            _socket.Send(Encoding.Latin1.GetBytes(text));
        }
        catch (SocketException)
        {
            _broken = true;
        }
    }
}

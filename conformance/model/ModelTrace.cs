namespace SharpProbe.Conformance.Model;

/// <summary>
/// The trace of a model probe: with each start so many bytes have come as its rate modulo <see cref="Most"/>, and no more come. Of more than <see cref="Size"/> the newest half of that is kept. Rates are whole hundreds.
/// </summary>
sealed class ModelTrace
{
    public const int Size = 32, Most = 50;
    public const uint FastestBaud = 1_000_000;

    private readonly Queue<byte> _waiting = [];
    private bool _active, _lost;
    private int _transport, _mode;
    private uint _asked, _total;

    public uint Index { get; private set; }

    public int Waiting => _waiting.Count;

    public static uint Nearest(uint baud) => baud is >= 100 and <= FastestBaud ? baud / 100 * 100 : 0;

    /// <summary>How many bytes come at a rate.</summary>
    public static uint Come(uint baud) => Nearest(baud) / 100 % Most;

    /// <summary>The n-th byte of all that ever come.</summary>
    public static byte ByteAt(uint n) => (byte)(n * 37 + 11);

    public bool Transport(int transport)
    {
        if (_active || transport > 1) return false;
        _transport = transport;
        return true;
    }

    public bool Mode(int mode)
    {
        _active = false;
        _mode = mode == 1 ? 1 : 0;
        return mode <= 1;
    }

    public uint Baud(uint baud)
    {
        if (Nearest(baud) == 0) return 0;
        _asked = baud;
        if (_active) Start();
        return Nearest(baud);
    }

    public bool Control(bool on)
    {
        if (!on || _active)
        {
            _active &= on;
            return true;
        }
        if (_mode == 0 || _asked == 0) return false;
        Start();
        return true;
    }

    public int TakeStatus()
    {
        int status = (_active ? 1 : 0) | (_lost ? 0x80 : 0);
        _lost = false;
        return status;
    }

    public byte[] Read(int most)
    {
        if (_transport != 1) return [];
        byte[] bytes = new byte[Math.Min(Math.Max(most, 0), _waiting.Count)];
        for (int i = 0; i < bytes.Length; i++) bytes[i] = _waiting.Dequeue();
        return bytes;
    }

    public void End()
    {
        (_active, _lost, _transport, _mode, Index) = (false, false, 0, 0, 0);
        _waiting.Clear();
    }

    private void Start()
    {
        _waiting.Clear();
        (_active, _lost, Index) = (true, false, Come(_asked));
        uint from = _total, kept = Index;
        _total += Index;
        if (Index > Size) (_lost, kept) = (true, Size / 2);
        for (uint n = from + Index - kept; n < from + Index; n++) _waiting.Enqueue(ByteAt(n));
    }
}

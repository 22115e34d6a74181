namespace SharpProbe.Sim.Chips.Usb;

/// <summary>The one receive FIFO of all OUT endpoints (RM0431 and RM0433, "Peripheral FIFO architecture").</summary>
/// <param name="name">The core, for messages.</param>
/// <param name="depth">Words it has now (GRXFSIZ).</param>
internal sealed class OtgRxFifo(string name, Func<int> depth)
{
    /// <summary>Words that packets of OUT data leave free: ten for SETUP packets, one for the mark of the global OUT NAK (RM0431, "Receive FIFO RAM").</summary>
    private const int Reserved = 11;

    private readonly Queue<OtgRxEntry> _entries = [];
    private OtgRxEntry? _current;
    private int _next;
    private int _used;

    /// <summary>A status word waits (RXFLVL).</summary>
    public bool Waiting => _entries.Count > 0;

    /// <summary>Words of the packet whose status was popped last that nobody has read yet.</summary>
    public int Unread => _current is { } c ? c.Words - _next : 0;

    public bool Empty => !Waiting && Unread == 0;

    /// <summary>An OUT packet of this size and the end of its transfer have room.</summary>
    public bool Fits(int bytes) => _used + 2 + (bytes + 3) / 4 + Reserved <= depth();

    /// <summary>It would fit if nothing else were there.</summary>
    public bool Holds(int bytes) => 2 + (bytes + 3) / 4 + Reserved <= depth();

    public void Add(OtgRxEntry entry)
    {
        _used += 1 + entry.Words;
        if (_used > depth()) throw new BenchStop($"{name}: the receive FIFO of {depth()} words (GRXFSIZ) overflows with {entry.Status} of endpoint {entry.Endpoint}");
        _entries.Enqueue(entry);
    }

    public uint Peek(string register)
    {
        Require(register);
        return _entries.Peek().StatusWord;
    }

    public OtgRxEntry Pop(string register)
    {
        Require(register);
        _current = _entries.Dequeue();
        _next = 0;
        _used--;
        return _current;
    }

    public uint ReadWord()
    {
        if (Unread == 0) throw new BenchStop($"{name}: a word read from the receive FIFO, and the packet popped from GRXSTSP has none left");
        uint word = 0;
        for (int i = 0; i < 4 && _next * 4 + i < _current!.Data.Length; i++) word |= (uint)_current.Data[_next * 4 + i] << 8 * i;
        (_next, _used) = (_next + 1, _used - 1);
        return word;
    }

    public void Flush()
    {
        _entries.Clear();
        (_current, _next, _used) = (null, 0, 0);
    }

    private void Require(string register)
    {
        if (Unread > 0) throw new BenchStop($"{name}.{register} read while {Unread} words of the last packet are still in the FIFO: data would be taken for a status");
        if (!Waiting) throw new BenchStop($"{name}.{register} read while the receive FIFO is empty (GINTSTS.RXFLVL = 0)");
    }
}

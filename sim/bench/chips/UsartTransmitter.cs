using SharpProbe.Sim.Pins;

namespace SharpProbe.Sim.Chips;

/// <summary>Transmit half of a USART: data register or FIFO, shift register, and the edges on TX.</summary>
internal sealed class UsartTransmitter(TimeBase time, Signal tx)
{
    private readonly Queue<uint> _queue = [];
    private readonly List<TimeBase.Event> _edges = [];
    private bool _breakRequested, _owesCompletion;

    /// <summary>Set by the register block before <see cref="Enable"/>.</summary>
    public UsartFormat Format { get; set; }
    /// <summary>TXINV.</summary>
    public bool InvertPin { get; set; }
    /// <summary>DATAINV.</summary>
    public bool InvertData { get; set; }
    public Func<bool> ClearToSend { get; set; } = () => true;

    public bool Enabled { get; private set; }
    public bool Busy { get; private set; }
    public int Queued => _queue.Count;
    public bool BreakPending => _breakRequested;

    /// <summary>Raised when a data or shift register moved on.</summary>
    public event Action? Moved;
    /// <summary>Raised at the end of the last frame's stop bits when nothing follows.</summary>
    public event Action? Completed;
    /// <summary>Raised at the end of each data frame: the data and the time in femtoseconds.</summary>
    public event Action<uint, ulong>? Sent;

    /// <summary>Drives the line idle and sends one idle frame first (RM0431 and RM0433, USART functional description).</summary>
    public void Enable()
    {
        Enabled = true;
        if (Busy) return;       // TE was low for less than the frame under way
        Idle(time.Now);
        Occupy(time.Now + Format.FrameTime, null);
    }

    /// <summary>The frame in the shift register is finished, then the pin is let go.</summary>
    public void Disable()
    {
        Enabled = false;
        if (!Busy) tx.Set(Drive.None);
    }

    /// <summary>UE = 0: everything stops at once.</summary>
    public void Abort()
    {
        foreach (var edge in _edges) edge.Cancel();
        _edges.Clear();
        _queue.Clear();
        (Enabled, Busy, _breakRequested, _owesCompletion) = (false, false, false, false);
        tx.Set(Drive.None);
    }

    public void Write(uint data)
    {
        _queue.Enqueue(data);
        Kick(time.Now);
    }

    public void Flush() => _queue.Clear();

    public void RequestBreak()
    {
        _breakRequested = true;
        Kick(time.Now);
    }

    /// <summary>Starts the next frame if one waits and nothing is in the way. <paramref name="at"/>: its exact start.</summary>
    public void Kick(ulong at)
    {
        if (Busy || !Enabled || !ClearToSend()) return;
        if (_breakRequested) SendBreak(at);
        else if (_queue.TryDequeue(out uint data)) SendData(data, at);
    }

    private void SendData(uint data, ulong at)
    {
        uint word = Format.Encode(data);
        if (InvertData) word = ~word & (1u << Format.WordBits) - 1;
        Shift((ulong)word << 1 | 1ul << 1 + Format.WordBits, 2 + Format.WordBits, at);
        Occupy(at + Format.FrameTime, data);
        _owesCompletion = true;
        Moved?.Invoke();
    }

    /// <summary>One frame's length of lows including the stop bit's place, then a stop bit.</summary>
    private void SendBreak(ulong at)
    {
        int lows = 2 + Format.WordBits;
        Shift(1ul << lows, lows + 1, at);
        _edges.Add(time.At(at + (ulong)lows * Format.BitTime, () => _breakRequested = false));
        Occupy(at + (ulong)lows * Format.BitTime + (ulong)Format.StopHalfBits * Format.BitTime / 2, null);
    }

    /// <summary>One event for each edge.</summary>
    private void Shift(ulong levels, int count, ulong at)
    {
        bool last = true;
        for (int i = 0; i < count; i++)
        {
            bool level = (levels >> i & 1) != 0;
            ulong when = at + (ulong)i * Format.BitTime;
            if (i == 0) Put(level, at);
            else if (level != last) _edges.Add(time.At(when, () => Put(level, when)));
            last = level;
        }
    }

    private void Occupy(ulong end, uint? data)
    {
        Busy = true;
        _edges.Add(time.At(end, () => End(end, data)));
    }

    private void End(ulong at, uint? data)
    {
        _edges.Clear();
        Busy = false;
        if (data is { } sent) Sent?.Invoke(sent, at);
        Kick(at);
        if (Busy) return;
        Idle(at);
        if (!_owesCompletion || _queue.Count > 0) return;      // CTS may hold the rest back
        _owesCompletion = false;
        Completed?.Invoke();
    }

    private void Idle(ulong at)
    {
        if (!Enabled) tx.Set(Drive.None, at);
        else Put(true, at);
    }

    private void Put(bool level, ulong at) => tx.Set(level != InvertPin ? Drive.High : Drive.Low, at);
}

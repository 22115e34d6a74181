using SharpProbe.Sim.Pins;

namespace SharpProbe.Sim.Chips;


/// <summary>
/// Receive half of a USART: finds the start bit, samples each bit three times in its middle (samples 8, 9, 10 of 16, or 4, 5, 6 of 8) and takes the
/// majority (RM0431 and RM0433, USART functional description). Works on real edges, so a wrong baud rate gives what silicon gives.
/// </summary>
internal sealed class UsartReceiver
{
    private readonly TimeBase _time;
    private readonly Signal _rx;
    /// <summary>Edges since the frame began, oldest first: its bits are read from them when it ends.</summary>
    private readonly List<(ulong Time, bool Level)> _edges = [];
    private TimeBase.Event? _sample, _idle, _timeout;
    private ulong _start;
    private int _bit;
    private uint _word;
    private bool _noise;

    public UsartReceiver(TimeBase time, Signal rx)
    {
        (_time, _rx) = (time, rx);
        rx.InputChanged += Edge;
    }

    public UsartFormat Format { get; set; }
    public bool InvertPin { get; set; }
    public bool InvertData { get; set; }
    /// <summary>Bit times without a start bit after which <see cref="TimedOut"/> is raised; null: off.</summary>
    public uint? TimeoutBits { get; set; }

    public bool Enabled { get; private set; }
    /// <summary>A frame is coming in (ISR.BUSY).</summary>
    public bool Busy { get; private set; }

    /// <summary>Raised in the middle of the stop bit.</summary>
    public event Action<UsartReceived>? Received;
    /// <summary>Raised when the line stayed idle for a whole frame after the last one.</summary>
    public event Action? IdleSeen;
    public event Action? TimedOut;

    public void Enable() => Enabled = true;

    public void Disable()
    {
        Enabled = false;
        _sample?.Cancel();
        Quiet();
        Busy = false;
    }

    private void Quiet()
    {
        _idle?.Cancel();
        _timeout?.Cancel();
    }

    private void Edge(NetChange change)
    {
        bool level = change.After == Level.High != InvertPin;
        if (!Busy) _edges.Clear();
        _edges.Add((change.Time, level));
        if (!Enabled || Busy || level) return;
        Quiet();
        (Busy, _start, _bit, _word, _noise) = (true, change.Time, 0, 0, false);
        Schedule();
    }

    /// <summary>Femtoseconds from a bit's beginning to sample <paramref name="n"/>, counted from 1.</summary>
    private ulong SampleOffset(int n) => Format.BitTime * (ulong)(2 * n - 1) / (ulong)(2 * Format.Oversample);

    private int FirstSample => Format.Oversample == 16 ? 8 : 4;

    private void Schedule() => _sample = _time.At(_start + (ulong)_bit * Format.BitTime + SampleOffset(FirstSample + 2), Sample);

    private bool LevelAt(ulong time)
    {
        for (int i = _edges.Count - 1; i >= 0; i--)
            if (_edges[i].Time <= time) return _edges[i].Level;
        return true;
    }

    private bool Majority()
    {
        ulong bit = _start + (ulong)_bit * Format.BitTime;
        int highs = 0;
        for (int n = 0; n < 3; n++)
            if (LevelAt(bit + SampleOffset(FirstSample + n))) highs++;
        if (Format.OneSample) return LevelAt(bit + SampleOffset(FirstSample + 1));
        _noise |= highs is 1 or 2;
        return highs >= 2;
    }

    private void Sample()
    {
        bool level = Majority();
        if (_bit == 0 && level) Busy = false;                // too short for a start bit: back to idle
        else if (_bit == 0)
        {
            _bit = Format.StopHalfBits == 1 ? Format.WordBits : 1 + Format.WordBits;                       // half a stop bit is not sampled
            Schedule();
        }
        else
        {
            int last = _bit;
            for (_bit = 1; _bit <= Format.WordBits; _bit++)
                if (_bit == last ? level : Majority()) _word |= 1u << _bit - 1;
            Complete(framingError: last > Format.WordBits && !level);
        }
    }

    private void Complete(bool framingError)
    {
        if (InvertData) _word = ~_word & (1u << Format.WordBits) - 1;
        uint data = Format.Decode(_word, out bool parityError);
        Busy = false;
        ulong end = _start + Format.FrameTime;
        _idle = _time.At(end + Format.FrameTime, () => IdleSeen?.Invoke());
        if (TimeoutBits is { } bits) _timeout = _time.At(end + bits * Format.BitTime, () => TimedOut?.Invoke());
        Received?.Invoke(new(data, parityError, framingError, _noise));
    }
}

namespace SharpProbe.Sim;

/// <summary>
/// Simulated time. The core counts cycles; time in femtoseconds follows from them and the clock frequency, exactly, also across
/// frequency changes. Events are kept in time order; the core runs up to <see cref="Deadline"/>, then calls <see cref="RunDue"/>.
/// </summary>
public sealed class TimeBase
{
    public const ulong Second = 1_000_000_000_000_000;

    private readonly PriorityQueue<Event, (ulong Time, ulong Order)> _events = new();
    private ulong _baseTime, _baseCycles, _order;
    private ulong? _moment;

    public TimeBase(ulong hertz) => Hertz = hertz;

    /// <summary>Core cycles since power-on. The core adds to it; a stalling device may too.</summary>
    public ulong Cycles;

    /// <summary>The cycle at which the next event is due: the core stops no later than the first instruction boundary at or after it.</summary>
    public ulong Deadline { get; private set; } = ulong.MaxValue;

    /// <summary>Core clock in Hz.</summary>
    public ulong Hertz { get; private set; }

    /// <summary>Raised after <see cref="SetFrequency"/>: whoever counts core cycles moves its events.</summary>
    public event Action? FrequencyChanged;

    /// <summary>Femtoseconds since power-on.</summary>
    public ulong Now => TimeAt(Cycles);

    /// <summary>When the event that is at work was due, which may lie some cycles before <see cref="Now"/>: an instruction that takes long ends first. Outside of events: now. What works beside the core counts from here.</summary>
    public ulong Moment => _moment ?? Now;

    public ulong TimeAt(ulong cycle) => _baseTime + (ulong)((UInt128)(cycle - _baseCycles) * Second / Hertz);

    /// <summary>The first cycle that is not before <paramref name="time"/>.</summary>
    public ulong CycleAt(ulong time) => time <= _baseTime
        ? _baseCycles
        : _baseCycles + (ulong)(((UInt128)(time - _baseTime) * Hertz + Second - 1) / Second);

    /// <summary>Core clock changes now; events keep their times.</summary>
    public void SetFrequency(ulong hertz)
    {
        (_baseTime, _baseCycles, Hertz) = (Now, Cycles, hertz);
        UpdateDeadline();
        FrequencyChanged?.Invoke();
    }

    /// <summary>Runs <paramref name="action"/> at a time (femtoseconds, absolute). The returned event can be cancelled.</summary>
    public Event At(ulong time, Action action)
    {
        var e = new Event(action);
        _events.Enqueue(e, (time, _order++));
        UpdateDeadline();
        return e;
    }

    public Event After(ulong delay, Action action) => At(Now + delay, action);

    /// <summary>Runs every event that is due, in time order.</summary>
    public void RunDue()
    {
        while (_events.TryPeek(out var e, out var key) && (e.Cancelled || CycleAt(key.Time) <= Cycles))
        {
            _events.Dequeue();
            if (e.Cancelled) continue;
            _moment = Math.Min(key.Time, Now);
            e.Action();
            _moment = null;
        }
        UpdateDeadline();
    }

    private void UpdateDeadline() =>
        Deadline = _events.TryPeek(out _, out var key) ? CycleAt(key.Time) : ulong.MaxValue;

    /// <summary>One entry of the queue.</summary>
    public sealed class Event(Action action)
    {
        internal Action Action { get; } = action;
        internal bool Cancelled { get; private set; }
        public void Cancel() => Cancelled = true;
    }
}

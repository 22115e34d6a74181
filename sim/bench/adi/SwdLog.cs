namespace SharpProbe.Sim.Adi;

/// <summary>The last transfers of a port. Older ones give way when it is full.</summary>
public sealed class SwdLog
{
    private SwdTransfer[] _entries = [];
    private int _next;

    /// <summary>Entries kept; 0 records nothing. Setting it empties the log.</summary>
    public int Capacity
    {
        get => _entries.Length;
        set => (_entries, _next, Count) = (new SwdTransfer[value], 0, 0);
    }

    public int Count { get; private set; }

    /// <summary>All that were recorded, also those that gave way.</summary>
    public ulong Total { get; private set; }

    /// <summary>0 is the oldest kept.</summary>
    public SwdTransfer this[int index] => _entries[(_next - Count + index + _entries.Length) % _entries.Length];

    /// <summary>Raised for each entry, also when none is kept.</summary>
    public event Action<SwdTransfer>? Added;

    public IEnumerable<SwdTransfer> Entries => Enumerable.Range(0, Count).Select(i => this[i]);

    public void Clear() => Capacity = Capacity;

    internal bool Wanted => _entries.Length != 0 || Added is not null;

    internal void Add(in SwdTransfer entry)
    {
        Total++;
        if (_entries.Length != 0)
        {
            _entries[_next] = entry;
            _next = (_next + 1) % _entries.Length;
            if (Count < _entries.Length) Count++;
        }
        Added?.Invoke(entry);
    }
}

namespace SharpProbe.Sim.Chips;

/// <summary>A peripheral's request line to the DMA controllers: high while it wants one more item moved.</summary>
public sealed class DmaRequest(string name)
{
    public string Name { get; } = name;

    public bool Level
    {
        get;
        set
        {
            if (field == value) return;
            field = value;
            Changed?.Invoke();
        }
    }

    public event Action? Changed;

    /// <summary>Raised when a stream has moved an item for this request: a source that asks by events, not by a level, takes its request back.</summary>
    public event Action? Served;

    internal void Acknowledge() => Served?.Invoke();
}

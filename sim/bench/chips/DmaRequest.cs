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
}

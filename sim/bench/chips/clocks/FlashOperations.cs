namespace SharpProbe.Sim.Chips.Clocks;

/// <summary>All flash operations of a chip, in the order of their beginning, and when the power goes in one.</summary>
public sealed class FlashOperations
{
    /// <summary>Begun so far.</summary>
    public int Count { get; private set; }

    /// <summary>Decides which cells an interrupted operation has reached.</summary>
    public Random Random { get; set; } = new(1);

    /// <summary>Asked when an operation begins: after how many femtoseconds of it the power goes; null: not in this one.</summary>
    public Func<FlashOperation, ulong?>? Cut { get; set; }

    /// <summary>Raised when an operation begins.</summary>
    public event Action<FlashOperation>? Began;

    /// <summary>Raised when the power goes, after the cells are left as they are.</summary>
    public event Action<FlashOperation>? PowerLost;

    internal FlashOperation Begin(bool isErase, uint address, uint size, ulong duration)
    {
        var operation = new FlashOperation(Count++, isErase, address, size, duration);
        Began?.Invoke(operation);
        return operation;
    }

    internal void LosePower(FlashOperation operation) => PowerLost?.Invoke(operation);
}

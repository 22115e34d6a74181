namespace SharpProbe.Sim.Cli;

/// <summary>The user's end of the serial console.</summary>
internal interface IUartEnd : IDisposable
{
    /// <summary>A byte from the board.</summary>
    void Show(byte value);

    /// <summary>Bytes for the board that have come so far; 0 when none.</summary>
    int Take(Span<byte> buffer);
}

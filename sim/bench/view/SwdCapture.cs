using SharpProbe.Sim.Adi;
using SharpProbe.Sim.Pins;

namespace SharpProbe.Sim.View;

/// <summary>Keeps the wire's changes during the first transfer that is wanted, for a picture; then lets go of the wires.</summary>
public sealed class SwdCapture
{
    private const int Kept = 512, ClocksAfter = 4;

    private readonly SwdPort _port;
    private readonly Net _swclk, _swdio;
    private readonly Func<SwdTransfer, bool> _wanted;
    private readonly Queue<NetChange> _changes = new(Kept);
    private int _left;

    /// <param name="wanted">Asked about every transfer that was completed; null: any with data.</param>
    public SwdCapture(SwdPort port, Net swclk, Net swdio, Func<SwdTransfer, bool>? wanted = null)
    {
        (_port, _swclk, _swdio) = (port, swclk, swdio);
        _wanted = wanted ?? (transfer => transfer.HasData);
        swclk.Changed += Take;
        swdio.Changed += Take;
        port.Log.Added += Look;
    }

    /// <summary>The transfer is complete, and some clocks after it or silence until now.</summary>
    public bool Found => Transfer is not null;

    public SwdTransfer? Transfer { get; private set; }

    /// <summary>Clocks of turnaround.</summary>
    public int Turnaround { get; private set; }

    public Net Swclk => _swclk;
    public Net Swdio => _swdio;

    /// <summary>In order of time, from before the transfer to a little behind it.</summary>
    public IReadOnlyCollection<NetChange> Changes => _changes;

    private void Take(NetChange change)
    {
        if (_changes.Count == Kept) _changes.Dequeue();
        _changes.Enqueue(change);
        if (Found && change.Net == _swclk && --_left == 0) Stop();
    }

    private void Look(SwdTransfer transfer)
    {
        if (transfer.Event != SwdEvent.Transfer || !_wanted(transfer)) return;
        (Transfer, Turnaround, _left) = (transfer, _port.Dp.Turnaround, 2 * ClocksAfter);
        _port.Log.Added -= Look;
    }

    private void Stop()
    {
        _swclk.Changed -= Take;
        _swdio.Changed -= Take;
    }
}

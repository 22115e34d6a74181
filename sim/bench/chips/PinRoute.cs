using SharpProbe.Sim.Pins;

namespace SharpProbe.Sim.Chips;

/// <summary>A pin and the peripheral's signal that a port gave it to: while there is one, the port hears each change of its output.</summary>
/// <param name="pin">The pin.</param>
/// <param name="follow">Called with the time in femtoseconds when the signal's output changed.</param>
public sealed class PinRoute(Pin pin, Action<ulong?> follow)
{
    public Signal? Signal { get; private set; }

    /// <summary>What the signal drives; nothing where there is none.</summary>
    public Drive Output => Signal?.Output ?? Drive.None;

    /// <summary>Joins the pin to another signal, or to none. False: it was so already.</summary>
    public bool Connect(Signal? signal)
    {
        if (signal == Signal) return false;
        if (Signal is { } left)
        {
            left.OutputChanged -= follow;
            left.Detach(pin);
        }
        Signal = signal;
        if (signal is null) return true;
        signal.Attach(pin);
        signal.OutputChanged += follow;
        return true;
    }
}

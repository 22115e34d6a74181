namespace SharpProbe.Sim.Pins;

/// <summary>
/// A peripheral's line on the inside of the chip, by the datasheet's name ("USART1_TX"). The GPIO ports route it to pins; the peripheral
/// drives <see cref="Output"/> and reads <see cref="Input"/>.
/// </summary>
public sealed class Signal(string name, bool idle = true)
{
    private readonly List<Pin> _pins = [];

    public string Name { get; } = name;

    /// <summary>What the peripheral does to its pins; None for an input or while it is off.</summary>
    public Drive Output { get; private set; }

    /// <summary>Pins that carry the signal now.</summary>
    public IReadOnlyList<Pin> Pins => _pins;

    /// <summary>Level at the pin, or the idle level while no pin carries the signal. Of several pins the first routed is heard.</summary>
    public bool Input => _pins.Count == 0 ? idle : _pins[0].Read();

    /// <summary>Raised when a pin that carries the signal changes.</summary>
    public event Action<NetChange>? InputChanged;

    /// <summary>Raised with the exact time (null: now) when <see cref="Output"/> changed; the GPIO ports listen.</summary>
    public event Action<ulong?>? OutputChanged;

    public void Set(Drive drive, ulong? time = null)
    {
        if (drive == Output) return;
        Output = drive;
        OutputChanged?.Invoke(time);
    }

    internal void Attach(Pin pin)
    {
        _pins.Add(pin);
        pin.Changed += Forward;
    }

    internal void Detach(Pin pin)
    {
        _pins.Remove(pin);
        pin.Changed -= Forward;
    }

    private void Forward(NetChange change)
    {
        if (change.After is Level.Low or Level.High && change.Net == _pins[0].Net) InputChanged?.Invoke(change);
    }
}

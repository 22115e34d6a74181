using SharpProbe.Sim.Pins;

namespace SharpProbe.Sim.Chips;

/// <summary>What the blocks of one chip share: time, interrupts, the bus, pins, and the lines between blocks by name.</summary>
public sealed class Die(string name, TimeBase time, IInterruptLines interrupts, Bus bus, Nets nets)
{
    private readonly Dictionary<string, Pin> _pins = [];
    private readonly Dictionary<string, Signal> _signals = [];
    private readonly Dictionary<string, DmaRequest> _requests = [];

    /// <summary>Prefix of pin names on the board's wires: "F723".</summary>
    public string Name { get; } = name;
    public TimeBase Time { get; } = time;
    public IInterruptLines Interrupts { get; } = interrupts;
    public Bus Bus { get; } = bus;
    public Nets Nets { get; } = nets;
    public IReadOnlyDictionary<string, Pin> Pins => _pins;

    /// <summary>A pin by the datasheet's name, e.g. "PA9"; made on first use.</summary>
    public Pin Pin(string name) => _pins.TryGetValue(name, out var pin) ? pin : _pins[name] = new(Name, name, Nets);

    /// <summary>Called by the block that drives or reads the signal. <paramref name="idle"/>: the input's level while no pin carries it.</summary>
    public Signal AddSignal(string name, bool idle = true)
    {
        var signal = new Signal(name, idle);
        _signals.Add(name, signal);
        return signal;
    }

    /// <summary>A signal that some modelled block has, or null.</summary>
    public Signal? FindSignal(string name) => _signals.GetValueOrDefault(name);

    /// <summary>A DMA request line by the manual's name, e.g. "USART1_TX". A block that is not modelled never raises its lines.</summary>
    public DmaRequest Request(string name) => _requests.TryGetValue(name, out var request) ? request : _requests[name] = new(name);
}
